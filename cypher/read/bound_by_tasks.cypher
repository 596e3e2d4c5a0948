// Question: whom do these tasks bind, and as what?
// Parameters: $ids: ids of tasks
// Columns: task, agency (null: nobody is named), name, kind, province, role, basis, rule, start
UNWIND $ids AS id
MATCH (t:Task {id: id})
OPTIONAL MATCH (t)-[r:RESPONSIBLE]->(a:Agency)
RETURN t.id AS task, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province, r.role AS role,
  r.basis AS basis, r.rule AS rule, r.start AS start
