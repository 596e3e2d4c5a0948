// Question: how many rows has tasks_of_criteria, of the documents of each day?
// Parameters: $ids: ids of criteria;
//   $day: documents issued up to it (undated ones too); $alive: those not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: issued (null: undated), total
MATCH (n:Criterion)<-[r:CONCERNS]-(t:Task)
WHERE n.id IN $ids AND (r.issued IS NULL OR r.issued <= $day) AND (r.ended IS NULL OR r.ended > $alive)
  AND ($province = '' OR r.province = $province OR r.province IS NULL)
RETURN r.issued AS issued, count(DISTINCT t) AS total
