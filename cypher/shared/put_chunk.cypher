// Question: write one piece of a file, once.
// Parameters: $id: hash of the file and number of the piece; $data: at most 1 MB
// Columns: none
MERGE (c:Chunk {id: $id})
SET c.data = $data
