// Question: which tasks bind these agencies, and as what, those of the newest documents first?
// Parameters: $ids: ids of agencies; $inferred: also where a heading names the agency;
//   $day: documents issued up to it (undated ones too); $alive: those not replaced or abolished by then;
//   $province: short name, '' for any (central documents always); $offset, $limit
// Columns: task, document, issued, start, agency, role
// Why: the condition stands after WITH, because beside MATCH, the embedded engine would read every task for it.
UNWIND $ids AS id
MATCH (a:Agency {id: id})
OPTIONAL MATCH (a)<-[r:RESPONSIBLE]-(t:Task)
WITH a, r, t
WHERE t.id IS NOT NULL AND (t.issued IS NULL OR t.issued <= $day) AND (t.ended IS NULL OR t.ended > $alive)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
  AND ($inferred OR r.basis <> 'inferred')
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start, a.id AS agency, r.role AS role
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task, agency, role
SKIP $offset LIMIT $limit
