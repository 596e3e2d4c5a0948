// Question: which edges of one type between nodes that documents share do these documents state? Filled with a type, its
//   ends and properties.
// Parameters: $ids: ids of documents
// Columns: from_id, to_id (null: none) and every property of the type
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:MENTIONS]->(a:FROM_LABEL)-[r:EDGE]->(b:TO_LABEL) WHERE r.document = d.id
RETURN a.id AS from_id, b.id AS to_id, PROPERTIES
