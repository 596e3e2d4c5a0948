// Question: when do tasks fall due, document by document?
// Parameters: $day: of documents issued up to it and not replaced or abolished by then; $province: short name, '' for
//   any (central documents always)
// Columns: issued, schedule (in the form of ntmgraph.store.schedule)
MATCH (d:Document)
WHERE d.schedule IS NOT NULL AND (d.date IS NULL OR d.date <= $day) AND (d.ended IS NULL OR d.ended > $day)
  AND ($province = '' OR d.province = $province OR d.province IS NULL)
RETURN d.date AS issued, d.schedule AS schedule
