// Question: wait until no other transaction writes this graph.
// Parameters: none
// Columns: id
// Why: setting a property locks the node until the transaction ends; what is read after that no other one changes.
MATCH (t:Turn {id: 'turn'})
SET t.taken = true
RETURN t.id AS id
