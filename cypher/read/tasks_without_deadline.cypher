// Question: which tasks state no deadline, those of the newest documents first?
// Parameters: $since: of documents issued from this day on; $undated: also of those without a day;
//   $day: of documents issued up to it and not replaced or abolished by then;
//   $province: short name, '' for any (central documents always); $offset, $limit
// Columns: task, document, issued, start
// Why: $since keeps a first page from joining every task with its deadline.
MATCH (t:Task)
WHERE (t.issued >= $since OR (t.issued IS NULL AND $undated))
  AND (t.issued IS NULL OR t.issued <= $day) AND (t.ended IS NULL OR t.ended > $day)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
OPTIONAL MATCH (t)-[:DUE]->(x:Deadline)
WITH t, x
WHERE x.id IS NULL
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task
SKIP $offset LIMIT $limit
