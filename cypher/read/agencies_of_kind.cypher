// Question: which agencies that occur in documents are the catalogue's body of this kind in some place?
// Parameters: $base: id in the catalogue ("t.stc"); $province: short name, '' for any; $limit
// Columns: id, name, kind, province, words
MATCH (a:Agency)
WHERE a.base = $base AND ($province = '' OR a.province = $province OR a.province IS NULL)
  AND EXISTS { MATCH (:Document)-[:MENTIONS]->(a) }
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.province AS province, a.words AS words
ORDER BY name, id LIMIT $limit
