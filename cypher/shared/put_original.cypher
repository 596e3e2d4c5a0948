// Question: note that all pieces of a file are there.
// Parameters: $sha256; $size: bytes; $chunks: how many pieces
// Columns: none
MERGE (o:Original {id: $sha256})
SET o.size = $size, o.chunks = $chunks
