// Question: note that documents were written, so that what was worked out before is not told again.
// Parameters: none
// Columns: none
MATCH (t:Turn {id: 'turn'})
SET t.writes = coalesce(t.writes, 0) + 1
