// Question: which of these documents are there, were they taken in or only cited, and from which file?
// Parameters: $ids: ids of documents
// Columns: id, taken_in, sha256 (of the file; null for one only cited)
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN d.id AS id, d.taken_in AS taken_in, d.sha256 AS sha256
