// Question: which documents can be found by their words?
// Parameters: none
// Columns: document
MATCH (p:Passage)
WHERE p.first
RETURN p.document AS document
