// Question: what do these tasks say, and where?
// Parameters: $ids: ids of tasks
// Columns: task, what, role, document, provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $ids AS id
MATCH (t:Task {id: id})
OPTIONAL MATCH (:Provision)-[e:ASSIGNS]->(t)
RETURN t.id AS task, t.what AS what, t.role AS role,
  e.document AS document, e.provision AS provision, e.start AS start, e.stop AS stop, e.quote AS quote, e.rule AS rule,
  e.basis AS basis, e.page AS page, e.cell AS cell, e.box AS box
