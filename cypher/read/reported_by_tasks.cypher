// Question: to whom is reported on these tasks, and through whom?
// Parameters: $ids: ids of tasks
// Columns: task, agency (null: to nobody), name, kind, province, via, start
UNWIND $ids AS id
MATCH (t:Task {id: id})
OPTIONAL MATCH (t)-[r:REPORTS_TO]->(a:Agency)
RETURN t.id AS task, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province, r.via AS via,
  r.start AS start
