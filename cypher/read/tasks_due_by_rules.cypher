// Question: which tasks fall due again and again by one of these rules?
// Parameters: $recurrences: RFC 5545;
//   $day: of documents issued up to it and not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: task, document, issued, kind, date, recurrence, text
MATCH (x:Deadline)
WHERE x.recurrence IN $recurrences AND x.date IS NULL AND x.tasks > 0
  AND (x.issued IS NULL OR x.issued <= $day) AND (x.ended IS NULL OR x.ended > $day)
  AND ($province = '' OR x.province = $province OR x.province IS NULL)
MATCH (x)<-[:DUE]-(t:Task)
RETURN t.id AS task, x.document AS document, x.issued AS issued, x.kind AS kind, x.date AS date,
  x.recurrence AS recurrence, x.text AS text
