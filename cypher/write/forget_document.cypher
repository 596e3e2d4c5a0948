// Question: remove all that one document says; the document itself and what cites it stay. Statements run in order.
// Parameters: $id: id of the document
// Columns: none
// Why OPTIONAL: see note_end.
MATCH (:Document {id: $id})-[:MENTIONS]->(:Agency)-[r:LEADS]->(:Criterion) WHERE r.document = $id DELETE r;
MATCH (:Document {id: $id})-[:MENTIONS]->(:Agency)-[r:COORDINATES]->(:Criterion) WHERE r.document = $id DELETE r;
MATCH (:Document {id: $id})-[:MENTIONS]->(:Agency)-[r:HELPS]->(:Place) WHERE r.document = $id DELETE r;
MATCH (:Document {id: $id})-[:MENTIONS]->(:Agency)-[r:PART_OF]->(:Agency) WHERE r.document = $id DELETE r;
MATCH (:Document {id: $id})-[:HAS]->(p:Provision) OPTIONAL MATCH (p)-[:ASSIGNS]->(n:Task) DETACH DELETE n;
MATCH (:Document {id: $id})-[:HAS]->(n) DETACH DELETE n;
MATCH (:Document {id: $id})<-[:`FROM`]-(n:Result) DETACH DELETE n;
MATCH (:Document {id: $id})-[r:CITES]->(:Document) DELETE r;
MATCH (:Document {id: $id})-[r:ISSUED_BY|ADDRESSED_TO|SENT_TO|MENTIONS]->() DELETE r;
