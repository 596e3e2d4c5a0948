// Question: which tasks state no deadline, the newest documents first?
// Parameters: $first, $last: the days of their documents; $undated: also of those without a day;
//   $day: of documents not replaced or abolished by then; $province: short name, '' for any (central documents always);
//   $offset, $limit
// Columns: task, document, issued, start
// Why: documents know how many such tasks they have, so that those of a page are found without looking at all tasks.
MATCH (d:Document)
WHERE d.untimed > 0 AND ((d.date >= $first AND d.date <= $last) OR (d.date IS NULL AND $undated))
  AND (d.ended IS NULL OR d.ended > $day) AND ($province = '' OR d.province = $province OR d.province IS NULL)
MATCH (d)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
OPTIONAL MATCH (t)-[:DUE]->(x:Deadline)
WITH t, x
WHERE t.id IS NOT NULL AND x.id IS NULL
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task
SKIP $offset LIMIT $limit
