// Question: does the database hold anything at all?
// Parameters: none
// Columns: anything
MATCH (n)
RETURN true AS anything LIMIT 1
