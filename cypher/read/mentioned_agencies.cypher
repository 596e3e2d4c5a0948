// Question: which agencies does a document name?
// Parameters: $id: id of the document
// Columns: id
MATCH (:Document {id: $id})-[:MENTIONS]->(n:Agency)
RETURN n.id AS id
