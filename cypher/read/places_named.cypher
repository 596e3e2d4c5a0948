// Question: which places that occur in documents answer to these words?
// Parameters: $words: in the form of ntmgraph.store.words; $province: short name, '' for any; $limit
// Columns: id, name, level, province, within (the district or commune that holds it), words
MATCH (p:Place)
WHERE $words <> '' AND p.words CONTAINS $words AND ($province = '' OR p.province = $province)
  AND EXISTS { MATCH (:Document)-[:MENTIONS]->(p) }
OPTIONAL MATCH (p)-[:PART_OF]->(u:Place) WHERE u.level <> 'province'
RETURN p.id AS id, p.name AS name, p.level AS level, p.province AS province, u.name AS within, p.words AS words
ORDER BY name, id LIMIT $limit
