// Question: did this transaction come through?
// Parameters: $token
// Columns: id
MATCH (w:Written {id: $token})
RETURN w.id AS id
