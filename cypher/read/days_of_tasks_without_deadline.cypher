// Question: how many tasks without a deadline are of documents of which day, the newest first?
// Parameters: $day: of documents issued up to it and not replaced or abolished by then; $province: short name, '' for
//   any (central documents always); $limit: how many days
// Columns: issued, total
MATCH (d:Document)
WHERE d.untimed > 0 AND (d.date IS NULL OR d.date <= $day) AND (d.ended IS NULL OR d.ended > $day)
  AND ($province = '' OR d.province = $province OR d.province IS NULL)
RETURN d.date AS issued, sum(d.untimed) AS total
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC
LIMIT $limit
