// Question: how many tasks state no deadline?
// Parameters: $day: of documents issued up to it and not replaced or abolished by then; $province: short name, '' for
//   any (central documents always)
// Columns: total
MATCH (d:Document)
WHERE d.untimed > 0 AND (d.date IS NULL OR d.date <= $day) AND (d.ended IS NULL OR d.ended > $day)
  AND ($province = '' OR d.province = $province OR d.province IS NULL)
RETURN coalesce(sum(d.untimed), 0) AS total
