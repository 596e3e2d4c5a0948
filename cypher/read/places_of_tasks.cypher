// Question: which places do these tasks concern?
// Parameters: $ids: ids of tasks
// Columns: task, place (null: none), name, level, province, start
UNWIND $ids AS id
MATCH (t:Task {id: id})
OPTIONAL MATCH (t)-[r:CONCERNS]->(p:Place)
RETURN t.id AS task, p.id AS place, p.name AS name, p.level AS level, p.province AS province, r.start AS start
