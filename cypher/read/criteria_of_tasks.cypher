// Question: which criteria do these tasks concern?
// Parameters: $ids: ids of tasks
// Columns: task, criterion (null: none), set, number, name, start
UNWIND $ids AS id
MATCH (t:Task {id: id})
OPTIONAL MATCH (t)-[r:CONCERNS]->(c:Criterion)
RETURN t.id AS task, c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS name, r.start AS start
