// Question: which documents taken in name these agencies?
// Parameters: $ids: ids of agencies
// Columns: agency, document (null: none)
UNWIND $ids AS id
MATCH (a:Agency {id: id})
OPTIONAL MATCH (a)<-[:MENTIONS]-(d:Document)
RETURN a.id AS agency, d.id AS document
