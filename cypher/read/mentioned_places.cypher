// Question: which places does a document name?
// Parameters: $id: id of the document
// Columns: id
MATCH (:Document {id: $id})-[:MENTIONS]->(n:Place)
RETURN n.id AS id
