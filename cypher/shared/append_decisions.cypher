// Question: write decisions at the end of their log.
// Parameters: $rows: maps with id, number (counted on from the last one), at, by, kind, fact, document, before and after
//   (JSON texts), why; $decisions: how many there are then
// Columns: none
MATCH (t:Turn {id: 'turn'})
SET t.decisions = $decisions
WITH t
UNWIND $rows AS row
CREATE (:Decision {id: row.id, number: row.number, at: row.at, by: row.by, kind: row.kind, fact: row.fact,
  document: row.document, before: row.before, after: row.after, why: row.why})
