// Question: who coordinates for which criterion by the issued documents of one province, and while what holds?
// Parameters: $province: short name, '' for central documents
// Columns: fact, criterion, set, number, criterion_name, agency, name, kind, agency_province, since, until, document,
//   issued, ended, issuer_id, provision, start, stop, quote, rule, basis, page, cell, box
// Why: from the agencies of the province, as leads_of_province.
MATCH (a:Agency)-[r:COORDINATES]->(c:Criterion)
WHERE a.province IS NULL OR a.province = $province
MATCH (d:Document {id: r.document})
WHERE coalesce(d.province, '') = $province AND d.state = 'issued'
RETURN r.fact AS fact, c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS criterion_name,
  a.id AS agency, a.name AS name, a.kind AS kind, a.province AS agency_province, r.since AS since, r.until AS until,
  d.id AS document, d.date AS issued, d.ended AS ended, d.issuer_id AS issuer_id,
  r.provision AS provision, r.start AS start, r.stop AS stop, r.quote AS quote, r.rule AS rule, r.basis AS basis,
  r.page AS page, r.cell AS cell, r.box AS box
