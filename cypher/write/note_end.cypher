// Question: note the day on which a document ended on it, its tasks and its deadlines. Statements run in order.
// Parameters: $id: id of the document; $ended: a day, or null
// Columns: none
MATCH (d:Document {id: $id}) SET d.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(:Provision)-[:ASSIGNS]->(t:Task) SET t.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(x:Deadline) SET x.ended = $ended;
