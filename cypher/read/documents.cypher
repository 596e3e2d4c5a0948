// Question: what are these documents called?
// Parameters: $ids: ids of documents
// Columns: id, number, date, issuer, type, subject, state, province, ended
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN d.id AS id, d.number AS number, d.date AS date, d.issuer AS issuer, d.type AS type, d.subject AS subject,
  d.state AS state, d.province AS province, d.ended AS ended
