// Question: which tasks bind these groups, and so those of their members that they do not name beside them, those of
//   the newest documents first?
// Parameters: $pairs: maps with rank, group and member (ids of agencies), named (ids of the member and of bodies
//   before it), since and until (only documents issued from the one and before the other), whole (tasks on whatever),
//   bare (tasks on no criterion) and criteria (tasks on these); $inferred: also where a heading names the group;
//   $day: documents issued up to it (undated ones too);
//   $alive: those not replaced or abolished by then; $province: short name, '' for any (central documents always)
// Columns: task, document, issued, start, member, rank (of the first pair that fits)
// Why: a member that only the heading names is named all the same: what it leads, it does not support as a member.
//   Grouped by short values: of a whole pair the embedded engine would keep a copy for each task.
UNWIND $pairs AS pair
MATCH (a:Agency {id: pair.`group`})
OPTIONAL MATCH (a)<-[r:RESPONSIBLE]-(t:Task)
  WHERE (r.issued IS NULL OR r.issued <= $day) AND (r.ended IS NULL OR r.ended > $alive)
  AND ($province = '' OR r.province = $province OR r.province IS NULL) AND ($inferred OR r.basis <> 'inferred')
  AND (r.issued IS NULL OR (r.issued >= pair.since AND r.issued < pair.until))
OPTIONAL MATCH (t)-[:RESPONSIBLE]->(b:Agency) WHERE b.id IN pair.named
WITH pair, t, b
WHERE t.id IS NOT NULL AND b.id IS NULL
OPTIONAL MATCH (t)-[:CONCERNS]->(c:Criterion)
WITH t, pair.member AS member, pair.rank AS rank, pair.whole AS whole, pair.bare AS bare, count(c) AS concerned,
  sum(CASE WHEN c.id IN pair.criteria THEN 1 ELSE 0 END) AS fitting
WHERE whole OR fitting > 0 OR (bare AND concerned = 0)
WITH t, member, min(rank) AS rank
RETURN t.id AS task, t.document AS document, t.issued AS issued, t.start AS start, member, rank
ORDER BY CASE WHEN issued IS NULL THEN 1 ELSE 0 END, issued DESC, document, start, task, member
