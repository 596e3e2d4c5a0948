// Question: which documents taken in fit these words and filters, the newest first?
// Parameters: $words: in the form of ntmgraph.store.words; $any_day, $first, $last: days of a year; $type, $issuer,
//   $province: '' for any; $offset, $limit
// Columns: id, date
MATCH (d:Document)
WHERE d.taken_in AND ($words = '' OR d.words CONTAINS $words)
  AND ($any_day OR (d.date >= $first AND d.date <= $last))
  AND ($type = '' OR d.type = $type) AND ($issuer = '' OR d.issuer = $issuer)
  AND ($province = '' OR d.province = $province)
RETURN d.id AS id, d.date AS date
ORDER BY CASE WHEN date IS NULL THEN 1 ELSE 0 END, date DESC, id
SKIP $offset LIMIT $limit
