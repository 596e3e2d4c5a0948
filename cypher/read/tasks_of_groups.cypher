// Question: which tasks bind these groups, and so their members, those of the newest documents first?
// Parameters: $pairs: maps with group and member (ids of agencies);
//   $day: documents issued up to it (undated ones too); $alive: those not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: task, document, issued, start, agency (the group), member, role
UNWIND $pairs AS pair
MATCH (a:Agency {id: pair.`group`})
OPTIONAL MATCH (a)<-[r:RESPONSIBLE]-(t:Task)
WITH a, pair.member AS member, r, t
WHERE t.id IS NOT NULL AND (t.issued IS NULL OR t.issued <= $day) AND (t.ended IS NULL OR t.ended > $alive)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start, a.id AS agency, member, r.role AS role
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task
