// Question: which tasks fall due on these days?
// Parameters: $days; $first, $last: the first and the last of them;
//   $day: of documents issued up to it and not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: task, document, issued, kind, date, recurrence, text
// Why: the embedded engine looks through the list for every deadline that is left, so the ends stand before it.
MATCH (x:Deadline)
WHERE x.tasks > 0 AND x.date >= $first AND x.date <= $last AND x.date IN $days
  AND (x.issued IS NULL OR x.issued <= $day) AND (x.ended IS NULL OR x.ended > $day)
  AND ($province = '' OR x.province = $province OR x.province IS NULL)
MATCH (x)<-[:DUE]-(t:Task)
RETURN t.id AS task, x.document AS document, x.issued AS issued, x.kind AS kind, x.date AS date,
  x.recurrence AS recurrence, x.text AS text
