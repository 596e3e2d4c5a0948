// Question: what was decided after so many decisions, in that order, and how many are there in all?
// Parameters: $number
// Columns: logged (how many there are), number (null: none came after), id, at, by, kind, fact, document, before, after
//   (JSON texts), why
MATCH (t:Turn {id: 'turn'})
OPTIONAL MATCH (d:Decision) WHERE d.number > $number
RETURN coalesce(t.decisions, 0) AS logged, d.number AS number, d.id AS id, d.at AS at, d.by AS by, d.kind AS kind,
  d.fact AS fact, d.document AS document, d.before AS before, d.after AS after, d.why AS why
ORDER BY d.number
