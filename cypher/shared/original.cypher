// Question: of how many pieces is a kept file?
// Parameters: $sha256
// Columns: chunks, size (bytes)
MATCH (o:Original {id: $sha256})
RETURN o.chunks AS chunks, o.size AS size
