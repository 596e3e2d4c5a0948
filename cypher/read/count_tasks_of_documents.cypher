// Question: how many rows has tasks_of_documents, of the documents of each day?
// Parameters: $ids: ids of documents;
//   $day: documents issued up to it (undated ones too); $alive: those not replaced or abolished by then;
//   $province: short name, '' for any (central documents always)
// Columns: issued (null: undated), total
// Why: the condition stands after WITH, because beside MATCH, the embedded engine would read every task for it.
UNWIND $ids AS id
MATCH (n:Document {id: id})
OPTIONAL MATCH (n)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
WITH DISTINCT t
WHERE t.id IS NOT NULL
  AND (t.issued IS NULL OR t.issued <= $day) AND (t.ended IS NULL OR t.ended > $alive)
  AND ($province = '' OR t.province = $province OR t.province IS NULL)
RETURN t.issued AS issued, count(t) AS total
