// Question: which edges of one type go out from (NEAR: a) or come in at (NEAR: b) these nodes, and what stands on them?
//   Filled with a type, its ends and properties.
// Parameters: $ids: ids of nodes that one document has for itself
// Columns: from_id (null: none), to_id (null: none) and every property of the type
UNWIND $ids AS id
MATCH (NEAR:NEAR_LABEL {id: id})
OPTIONAL MATCH (a:FROM_LABEL)-[r:EDGE]->(b:TO_LABEL)
RETURN a.id AS from_id, b.id AS to_id, PROPERTIES
