// Question: make the node on which writers take turns.
// Parameters: none
// Columns: none
MERGE (t:Turn {id: 'turn'})
