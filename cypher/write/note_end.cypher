// Question: note the day on which a document ended on it, its tasks, their edges and its deadlines. Statements run in
//   order.
// Parameters: $id: id of the document; $ended: a day, or null
// Columns: none
// Why OPTIONAL: hop by hop the embedded engine follows edges; of a path of two hops it reads all tasks of the graph.
MATCH (d:Document {id: $id}) SET d.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(p:Provision) OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task) SET t.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(p:Provision) OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
  OPTIONAL MATCH (t)-[r:RESPONSIBLE]->(:Agency) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(p:Provision) OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
  OPTIONAL MATCH (t)-[r:REPORTS_TO]->(:Agency) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(p:Provision) OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
  OPTIONAL MATCH (t)-[r:CONCERNS]->(:Criterion) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(p:Provision) OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
  OPTIONAL MATCH (t)-[r:CONCERNS]->(:Place) SET r.ended = $ended;
MATCH (:Document {id: $id})-[:HAS]->(x:Deadline) SET x.ended = $ended;
