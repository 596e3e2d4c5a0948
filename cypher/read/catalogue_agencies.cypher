// Question: which bodies of the catalogue answer to these words (names and aliases)?
// Parameters: $words: in the form of ntmgraph.store.words
// Columns: id, name, kind, level, words
MATCH (a:Agency)
WHERE a.catalogue AND $words <> '' AND a.words CONTAINS $words
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.level AS level, a.words AS words
ORDER BY id
