// Question: which of these nodes are there, and which of them were described and not only named?
// Parameters: $ids: list of ids
// Columns: id, described
UNWIND $ids AS id
MATCH (n:LABEL {id: id})
RETURN n.id AS id, n.DETAIL IS NOT NULL AS described
