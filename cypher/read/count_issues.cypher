// Question: how many doubts of each code did the reading of documents leave?
// Parameters: $code: of the doubt, $province: short name; '' for any
// Columns: code, total
MATCH (d:Document)-[:HAS]->(i:Issue)
WHERE ($code = '' OR i.code = $code) AND ($province = '' OR d.province = $province)
RETURN i.code AS code, count(i) AS total
