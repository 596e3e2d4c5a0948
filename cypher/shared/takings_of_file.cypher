// Question: as what were these bytes taken in, in that order?
// Parameters: $sha256
// Columns: sha256, name, document, at, withdrawn
MATCH (t:Taking {sha256: $sha256})
RETURN t.sha256 AS sha256, t.name AS name, t.document AS document, t.at AS at, t.withdrawn AS withdrawn
ORDER BY t.number
