// Question: which of these pieces of files are there?
// Parameters: $ids
// Columns: id
UNWIND $ids AS id
MATCH (c:Chunk {id: id})
RETURN c.id AS id
