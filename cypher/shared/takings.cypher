// Question: what was taken in, in that order?
// Parameters: none
// Columns: sha256, name, document, at, withdrawn
MATCH (t:Taking)
WHERE t.number > 0
RETURN t.sha256 AS sha256, t.name AS name, t.document AS document, t.at AS at, t.withdrawn AS withdrawn
ORDER BY t.number
