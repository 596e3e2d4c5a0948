// Question: which criteria does a document name?
// Parameters: $id: id of the document
// Columns: id
MATCH (:Document {id: $id})-[:MENTIONS]->(n:Criterion)
RETURN n.id AS id
