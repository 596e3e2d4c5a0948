// Question: what was decided after so many decisions, in that order?
// Parameters: $number
// Columns: number, id, at, by, kind, fact, document, before, after (JSON texts), why
MATCH (d:Decision)
WHERE d.number > $number
RETURN d.number AS number, d.id AS id, d.at AS at, d.by AS by, d.kind AS kind, d.fact AS fact, d.document AS document,
  d.before AS before, d.after AS after, d.why AS why
ORDER BY d.number
