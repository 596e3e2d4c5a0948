// Question: what stands on these nodes of one kind? Filled with a label and its properties (ntmgraph/store/kinds.py).
// Parameters: $ids: list of ids
// Columns: id and every property of the kind
UNWIND $ids AS id
MATCH (n:LABEL {id: id})
RETURN n.id AS id, PROPERTIES
