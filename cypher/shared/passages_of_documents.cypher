// Question: how many passages does the index hold of each of these documents?
// Parameters: $ids: ids of documents
// Columns: document, passages
UNWIND $ids AS id
RETURN id AS document, COUNT { MATCH (:Passage {document: id}) } AS passages
