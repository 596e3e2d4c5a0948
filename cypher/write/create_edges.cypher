// Question: write edges of one type between two kinds of nodes that are there.
// Parameters: $rows: list of maps with from_id, to_id and every property of the type; the first row, a sample of
//   types, joins the id '' with itself and so writes nothing
// Columns: none
UNWIND $rows AS row
MATCH (a:FROM_LABEL {id: row.from_id})
MATCH (b:TO_LABEL {id: row.to_id})
CREATE (a)-[:EDGE {PROPERTIES}]->(b)
