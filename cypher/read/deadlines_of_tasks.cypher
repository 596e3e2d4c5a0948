// Question: by when are these tasks due?
// Parameters: $ids: ids of tasks
// Columns: task, text (null: no deadline), kind, date, recurrence, document, issued, ended, province
UNWIND $ids AS id
MATCH (t:Task {id: id})
OPTIONAL MATCH (t)-[:DUE]->(x:Deadline)
RETURN t.id AS task, x.text AS text, x.kind AS kind, x.date AS date, x.recurrence AS recurrence,
  x.document AS document, x.issued AS issued, x.ended AS ended, x.province AS province
