// Question: what did the reading of documents leave in doubt, the newest documents first?
// Parameters: $code: of the doubt, $province: short name; '' for any; $offset, $limit;
//   $document: id, '' for any; $seen: ids of doubts that are left out, '' among them for none
// Columns: code, message, issue, document, provision, start, stop, quote, rule, basis, page, cell, box
MATCH (d:Document)-[h:HAS]->(i:Issue)
WHERE ($code = '' OR i.code = $code) AND ($province = '' OR d.province = $province)
  AND ($document = '' OR d.id = $document) AND NOT i.id IN $seen
RETURN i.code AS code, i.message AS message, i.id AS issue, d.id AS document, h.provision AS provision,
  h.start AS start, h.stop AS stop, h.quote AS quote, h.rule AS rule, h.basis AS basis, h.page AS page, h.cell AS cell,
  h.box AS box
ORDER BY CASE WHEN d.date IS NULL THEN 1 ELSE 0 END, d.date DESC, document, start, issue
SKIP $offset LIMIT $limit
