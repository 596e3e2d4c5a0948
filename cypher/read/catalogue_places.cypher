// Question: which units of the catalogue answer to exactly these words, named by a document or not?
// Parameters: $words: in the form of ntmgraph.store.words; $province: short name, '' for any; $limit
// Columns: id, name, kind, level, province, valid_from, valid_to (its last day; null: open), within (the district that
//   holds it), within_kind, related (it went into one that documents name, or came from one)
MATCH (p:Place)
WHERE p.catalogue AND $words <> '' AND p.words CONTAINS $words AND ($province = '' OR p.province = $province)
OPTIONAL MATCH (p)-[:PART_OF]->(u:Place) WHERE u.level <> 'province'
RETURN p.id AS id, p.name AS name, p.kind AS kind, p.level AS level, p.province AS province,
  p.valid_from AS valid_from, p.valid_to AS valid_to, u.name AS within, u.kind AS within_kind,
  EXISTS { MATCH (p)-[:MERGED_INTO]-(:Place)<-[:MENTIONS]-(:Document) } AS related
ORDER BY name, id LIMIT $limit
