// Question: by which day must who do what on a criterion, by the issued documents of one province that are in force?
// Parameters: $province: short name, '' for central documents
// Columns: task, what, agency, name, criterion, set, number, criterion_name, text (of the deadline), date, document,
//   issued, start
MATCH (d:Document)
WHERE d.state = 'issued' AND d.ended IS NULL AND coalesce(d.province, '') = $province
MATCH (d)-[:HAS]->(x:Deadline)
WHERE x.tasks > 0 AND x.date IS NOT NULL AND x.kind <> 'from'
MATCH (x)<-[:DUE]-(t:Task)-[:CONCERNS]->(c:Criterion)
MATCH (t)-[r:RESPONSIBLE]->(a:Agency)
WHERE r.role = t.role
RETURN DISTINCT t.id AS task, t.what AS what, a.id AS agency, a.name AS name, c.id AS criterion, c.`set` AS `set`,
  c.number AS number, c.name AS criterion_name, x.text AS text, x.date AS date, t.document AS document,
  t.issued AS issued, t.start AS start
