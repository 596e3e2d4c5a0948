// Question: who advises or supervises on criteria by the tasks of these documents?
// Parameters: $ids: ids of documents
// Columns: task, document, criterion, set, number, criterion_name, agency, name, kind, province, role, provision,
//   start, stop, quote, rule, basis (of the role: a heading above may name the body), page, cell, box
// Why: one OPTIONAL MATCH a hop, or whole tables are joined; the roles stand on the shortest list, that of the bodies.
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[s:ASSIGNS]->(t:Task)
OPTIONAL MATCH (t)-[b:RESPONSIBLE]->(a:Agency)
WITH d, s, t, b, a
WHERE b.role IN ['advise', 'supervise']
OPTIONAL MATCH (t)-[:CONCERNS]->(c:Criterion)
WITH d, s, t, b, a, c
WHERE c.id IS NOT NULL
RETURN t.id AS task, d.id AS document, c.id AS criterion, c.`set` AS `set`, c.number AS number,
  c.name AS criterion_name, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province, b.role AS role,
  s.provision AS provision, s.start AS start, s.stop AS stop, s.quote AS quote, b.rule AS rule, b.basis AS basis,
  s.page AS page, s.cell AS cell, s.box AS box
