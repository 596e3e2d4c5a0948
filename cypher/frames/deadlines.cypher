// Question: which deadlines do the documents set, and how many tasks are due then?
// Parameters: $province: short name, '' for any
// Columns: deadline, document, number, issued, ended, province, text, kind, date, recurrence, scope, tasks, page, quote
MATCH (d:Document)-[h:HAS]->(x:Deadline)
WHERE $province = '' OR x.province = $province
RETURN x.id AS deadline, d.id AS document, d.number AS number, x.issued AS issued, x.ended AS ended,
  x.province AS province, x.text AS text, x.kind AS kind, x.date AS date, x.recurrence AS recurrence, x.scope AS scope,
  x.tasks AS tasks, h.page AS page, h.quote AS quote
ORDER BY date, document, h.start, deadline
