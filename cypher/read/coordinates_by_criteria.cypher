// Question: who coordinates for these criteria by these assignments?
// Parameters: $ids: ids of criteria; $facts: ids of assignments
// Columns: fact, agency, name, kind, province, criterion, set, number, criterion_name, from, to,
//   document, provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $ids AS id
MATCH (c:Criterion {id: id})
OPTIONAL MATCH (c)<-[r:COORDINATES]-(a:Agency)
WITH c, r, a
WHERE r.fact IN $facts
RETURN r.fact AS fact, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province,
  c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS criterion_name, r.since AS from, r.until AS to,
  r.document AS document, r.provision AS provision, r.start AS start, r.stop AS stop, r.quote AS quote, r.rule AS rule,
  r.basis AS basis, r.page AS page, r.cell AS cell, r.box AS box
