// Question: how many doubts of each code did the reading of documents leave?
// Parameters: $code: of the doubt, $province: short name; '' for any;
//   $document: id, '' for any; $seen: ids of doubts that are left out, '' among them for none
// Columns: code, total
MATCH (d:Document)-[:HAS]->(i:Issue)
WHERE ($code = '' OR i.code = $code) AND ($province = '' OR d.province = $province)
  AND ($document = '' OR d.id = $document) AND NOT i.id IN $seen
RETURN i.code AS code, count(i) AS total
