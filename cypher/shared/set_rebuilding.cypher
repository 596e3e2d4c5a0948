// Question: note who makes this graph anew.
// Parameters: $who (in words) and $token: '' for nobody
// Columns: none
MATCH (t:Turn {id: 'turn'})
SET t.rebuilding = CASE WHEN $who = '' THEN null ELSE $who END, t.rebuilder = $token
