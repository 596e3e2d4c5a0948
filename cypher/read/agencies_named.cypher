// Question: which agencies that occur in documents answer to these words?
// Parameters: $words: in the form of ntmgraph.store.words; $province: short name, '' for any (central ones always); $limit
// Columns: id, name, kind, province, words
MATCH (a:Agency)
WHERE $words <> '' AND a.words CONTAINS $words AND ($province = '' OR a.province = $province OR a.province IS NULL)
  AND EXISTS { MATCH (:Document)-[:MENTIONS]->(a) }
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.province AS province, a.words AS words
ORDER BY name, id LIMIT $limit
