// Question: which agency leads which criterion or coordinates for it, in which period, by which document?
// Parameters: $province: of the document, short name, '' for any
// Columns: fact (joins the rows of one assignment), role, agency, name, province, criterion, criterion_name, since,
//   until, document, number, issued, ended, basis, rule, page, quote
MATCH (a:Agency)-[r:LEADS|COORDINATES]->(c:Criterion)
MATCH (d:Document {id: r.document})
WHERE $province = '' OR d.province = $province
RETURN r.fact AS fact, CASE type(r) WHEN 'LEADS' THEN 'lead' ELSE 'coordinate' END AS role, a.id AS agency,
  a.name AS name, a.province AS province, c.id AS criterion, c.name AS criterion_name, r.since AS since,
  r.until AS until, d.id AS document, d.number AS number, d.date AS issued, d.ended AS ended, r.basis AS basis,
  r.rule AS rule, r.page AS page, r.quote AS quote
ORDER BY issued, document, r.start, role DESC, agency, criterion
