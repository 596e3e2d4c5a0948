// Question: who leads these criteria by these documents?
// Parameters: $pairs: maps with document and criteria (ids)
// Columns: fact, agency, name, kind, province, criterion, set, number, criterion_name, from, to,
//   document, provision, start, stop, quote, rule, basis, page, cell, box
// Why: from the agencies that a document names, because those of one province hold few edges and a criterion holds many.
UNWIND $pairs AS pair
MATCH (d:Document {id: pair.document})
OPTIONAL MATCH (d)-[:MENTIONS]->(a:Agency)
OPTIONAL MATCH (a)-[r:LEADS]->(c:Criterion) WHERE r.document = pair.document AND c.id IN pair.criteria
WITH a, r, c
WHERE r.fact IS NOT NULL
RETURN r.fact AS fact, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province,
  c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS criterion_name, r.since AS from, r.until AS to,
  r.document AS document, r.provision AS provision, r.start AS start, r.stop AS stop, r.quote AS quote, r.rule AS rule,
  r.basis AS basis, r.page AS page, r.cell AS cell, r.box AS box
