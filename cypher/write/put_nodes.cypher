// Question: describe nodes that are there (a document that was only cited, and is now taken in); their edges stay.
// Parameters: $rows: list of maps with id and every property of the kind; the first row, a
//   sample of types, has the id '' and meets no node
// Columns: none
UNWIND $rows AS row
MATCH (n:LABEL {id: row.id})
SET ASSIGNMENTS
