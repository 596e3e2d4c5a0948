// Question: what are the bytes of a piece of a file?
// Parameters: $id
// Columns: data
MATCH (c:Chunk {id: $id})
RETURN c.data AS data
