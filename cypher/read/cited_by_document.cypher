// Question: which documents does a document cite?
// Parameters: $id: id of the document
// Columns: id
MATCH (:Document {id: $id})-[:CITES]->(n:Document)
RETURN DISTINCT n.id AS id
