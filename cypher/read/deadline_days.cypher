// Question: on which days do how many tasks fall due?
// Parameters: $day: of documents issued up to it and not replaced or abolished by then; $province: short name, '' for
//   any (central documents always); $since: day from which on a recurring deadline may not hold yet
// Columns: kind, date, recurrence, issued (of the document; of a recurring deadline that counts from it, or whose
//   document was issued after $since; else null), tasks
MATCH (x:Deadline)
WHERE x.tasks > 0 AND (x.issued IS NULL OR x.issued <= $day) AND (x.ended IS NULL OR x.ended > $day)
  AND ($province = '' OR x.province = $province OR x.province IS NULL)
RETURN x.kind AS kind, x.date AS date, x.recurrence AS recurrence,
  CASE WHEN x.recurrence IS NOT NULL AND x.issued > $since THEN x.issued WHEN x.recurrence CONTAINS 'INTERVAL' OR x.recurrence CONTAINS 'COUNT' OR NOT x.recurrence CONTAINS 'BY'
    THEN x.issued ELSE null END AS issued, sum(x.tasks) AS tasks
