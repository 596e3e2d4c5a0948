// Question: how many tasks are there, and of which day is the newest document that gives one?
// Parameters: $day: of documents issued up to it and not replaced or abolished by then; $province: short name, '' for
//   any (central documents always)
// Columns: total, newest (null: no document has a day)
MATCH (t:Task)
WHERE (t.issued IS NULL OR t.issued <= $day) AND (t.ended IS NULL OR t.ended > $day)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
RETURN count(*) AS total, max(t.issued) AS newest
