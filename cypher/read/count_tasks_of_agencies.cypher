// Question: how many rows has tasks_of_agencies?
// Parameters: $ids: ids of agencies; $inferred: also where a heading names the agency;
//   $day: documents issued up to it (undated ones too); $alive: those not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: total
UNWIND $ids AS id
MATCH (a:Agency {id: id})
OPTIONAL MATCH (a)<-[r:RESPONSIBLE]-(t:Task)
WITH a, r, t
WHERE t.id IS NOT NULL AND (t.issued IS NULL OR t.issued <= $day) AND (t.ended IS NULL OR t.ended > $alive)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
  AND ($inferred OR r.basis <> 'inferred')
RETURN count(t) AS total
