// Question: which tasks are given, by which document, on what, by when?
// Parameters: $province: short name, '' for any
// Columns: task, what, role, who_inferred, document, type, number, issued, ended, province, deadline (its words), due,
//   recurrence, criteria (ids), places (ids), basis, rule, page, quote
MATCH (d:Document)-[:HAS]->(:Provision)-[e:ASSIGNS]->(t:Task)
WHERE $province = '' OR t.province = $province
OPTIONAL MATCH (t)-[:DUE]->(x:Deadline)
RETURN t.id AS task, t.what AS what, t.role AS role, t.who_inferred AS who_inferred, d.id AS document,
  d.type AS type, d.number AS number, t.issued AS issued, t.ended AS ended, t.province AS province,
  x.text AS deadline, x.date AS due, x.recurrence AS recurrence,
  [(t)-[:CONCERNS]->(c:Criterion) | c.id] AS criteria, [(t)-[:CONCERNS]->(p:Place) | p.id] AS places,
  e.basis AS basis, e.rule AS rule, e.page AS page, e.quote AS quote
ORDER BY issued, document, t.start, task
