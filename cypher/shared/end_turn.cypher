// Question: leave a sign that this transaction came through, and remove those of two days ago.
// Parameters: $token
// Columns: none
// Why: a machine that was put to sleep in the middle of a commit asks for it the next morning.
CREATE (:Written {id: $token, at: datetime()})
WITH datetime() - duration('P2D') AS old
MATCH (w:Written)
WHERE w.at < old
WITH w LIMIT 1000
DELETE w
