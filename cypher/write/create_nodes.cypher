// Question: write nodes of one kind that are not there yet. Filled with a label and its properties
//   (ntmgraph/store/kinds.py).
// Parameters: $rows: list of maps with id and every property of the kind
// Columns: none
// Why: the first row has the id '' and a value of each type, so that an engine that infers types sees one of each.
UNWIND $rows AS row
WITH row WHERE row.id <> ''
CREATE (n:LABEL {PROPERTIES})
