// Question: which tasks do these documents give, those of the newest documents first?
// Parameters: $ids: ids of documents;
//   $first, $last: documents issued from the one day to the other; $undated: also those without a day;
//   $alive: those not replaced or abolished by then; $province: short name, '' for any (central documents always);
//   $offset, $limit
// Columns: task, document, issued, start
// Why: the condition stands after WITH, because beside MATCH, the embedded engine would read every task for it.
UNWIND $ids AS id
MATCH (n:Document {id: id})
OPTIONAL MATCH (n)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
WITH DISTINCT t
WHERE t.id IS NOT NULL
  AND ((t.issued >= $first AND t.issued <= $last) OR ($undated AND t.issued IS NULL))
  AND (t.ended IS NULL OR t.ended > $alive)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task
SKIP $offset LIMIT $limit
