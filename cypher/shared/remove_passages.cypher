// Question: remove what the full-text index holds of documents.
// Parameters: $ids: ids of documents
// Columns: none
UNWIND $ids AS id
MATCH (p:Passage {document: id})
DELETE p
