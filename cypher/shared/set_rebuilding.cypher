// Question: note who makes this graph anew.
// Parameters: $who (in words) and $token: '' for nobody
// Columns: none
// Why: what was worked out before it began, and while it was made, is not told again (`writes`).
MATCH (t:Turn {id: 'turn'})
SET t.rebuilding = CASE WHEN $who = '' THEN null ELSE $who END, t.rebuilder = $token,
  t.writes = coalesce(t.writes, 0) + 1
