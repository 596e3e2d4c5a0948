// Question: how many rows has tasks_of_agencies, of the documents of each day?
// Parameters: $ids: ids of agencies; $inferred: also where a heading names the agency;
//   $day: documents issued up to it (undated ones too); $alive: those not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: issued (null: undated), total
MATCH (a:Agency)<-[r:RESPONSIBLE]-(:Task)
WHERE a.id IN $ids AND (r.issued IS NULL OR r.issued <= $day) AND (r.ended IS NULL OR r.ended > $alive)
  AND ($province = '' OR r.province = $province OR r.province IS NULL)
  AND ($inferred OR r.basis <> 'inferred')
RETURN r.issued AS issued, count(*) AS total
