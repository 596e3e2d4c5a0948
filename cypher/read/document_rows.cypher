// Question: what are these documents called, and how much do they say?
// Parameters: $ids: ids of documents
// Columns: id, type, number, date, date_text, issuer, province, subject, state, taken_in, tasks, issues
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN d.id AS id, d.type AS type, d.number AS number, d.date AS date, d.date_text AS date_text, d.issuer AS issuer,
  d.province AS province, d.subject AS subject, d.state AS state, d.taken_in AS taken_in,
  COUNT { MATCH (d)-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task) } AS tasks,
  COUNT { MATCH (d)-[:HAS]->(:Issue) } AS issues
