// Question: which documents were taken in?
// Parameters: none
// Columns: id
MATCH (d:Document)
WHERE d.taken_in
RETURN d.id AS id
