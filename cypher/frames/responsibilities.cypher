// Question: which agency has which task, and as what?
// Parameters: $province: of the task, short name, '' for any
// Columns: task, role, agency, name, kind, province (of the agency), document, issued, ended, basis, rule, page,
//   quote (the sentence that gives the task)
MATCH (:Provision)-[e:ASSIGNS]->(t:Task)-[r:RESPONSIBLE]->(a:Agency)
WHERE $province = '' OR t.province = $province
RETURN t.id AS task, r.role AS role, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province,
  t.document AS document, t.issued AS issued, t.ended AS ended, r.basis AS basis, r.rule AS rule, r.page AS page,
  e.quote AS quote
ORDER BY issued, document, t.start, task, r.start, agency
