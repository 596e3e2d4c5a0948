// Question: on which tasks do others report to these agencies, or through them, those of the newest documents first?
// Parameters: $ids: ids of agencies;
//   $first, $last: documents issued from the one day to the other; $undated: also those without a day;
//   $alive: those not replaced or abolished by then; $province: short name, '' for any (central documents always);
//   $offset, $limit
// Columns: task, document, issued, start
// Why: the conditions stand beside MATCH and on the edge, so that of a thing of many tasks only those asked for are read.
MATCH (a:Agency)<-[r:REPORTS_TO]-(t:Task)
WHERE a.id IN $ids AND ((r.issued >= $first AND r.issued <= $last) OR ($undated AND r.issued IS NULL))
  AND (r.ended IS NULL OR r.ended > $alive)
  AND ($province = '' OR r.province = $province OR r.province IS NULL)
WITH DISTINCT t
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task
SKIP $offset LIMIT $limit
