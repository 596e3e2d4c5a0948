// Question: which files were taken in as these documents, in that order?
// Parameters: $ids: ids of documents
// Columns: sha256, name, document, at, withdrawn
UNWIND $ids AS id
MATCH (t:Taking {document: id})
RETURN t.sha256 AS sha256, t.name AS name, t.document AS document, t.at AS at, t.withdrawn AS withdrawn
ORDER BY t.number
