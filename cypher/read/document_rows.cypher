// Question: what are these documents called, and how much do they say?
// Parameters: $ids: ids of documents
// Columns: id, type, number, date, date_text, issuer, province, subject, state, taken_in, tasks, issues
// Why: hop by hop, since of a path of two hops the embedded engine reads all tasks of the graph.
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
OPTIONAL MATCH (d)-[:HAS]->(i:Issue)
RETURN d.id AS id, d.type AS type, d.number AS number, d.date AS date, d.date_text AS date_text, d.issuer AS issuer,
  d.province AS province, d.subject AS subject, d.state AS state, d.taken_in AS taken_in,
  count(DISTINCT t.id) AS tasks, count(DISTINCT i.id) AS issues
