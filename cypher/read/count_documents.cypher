// Question: how many documents taken in fit these words and filters?
// Parameters: $words: in the form of ntmgraph.store.words; $any_day, $first, $last: days of a year; $type, $issuer,
//   $province: '' for any
// Columns: total
MATCH (d:Document)
WHERE d.taken_in AND ($words = '' OR d.words CONTAINS $words)
  AND ($any_day OR (d.date >= $first AND d.date <= $last))
  AND ($type = '' OR d.type = $type) AND ($issuer = '' OR d.issuer = $issuer)
  AND ($province = '' OR d.province = $province)
RETURN count(d) AS total
