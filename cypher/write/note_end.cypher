// Question: note the day on which a document ended on it, its tasks, their edges and its deadlines. Statements run in
//   order.
// Parameters: $id: id of the document; $ended: a day, or null
// Columns: none
MATCH (d:Document {id: $id}) SET d.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(:Provision)-[:ASSIGNS]->(t:Task) SET t.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task)-[r:RESPONSIBLE]->(:Agency) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task)-[r:REPORTS_TO]->(:Agency) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task)-[r:CONCERNS]->(:Criterion) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task)-[r:CONCERNS]->(:Place) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(x:Deadline) SET x.ended = $ended;
