// Question: which documents are taken in, and how many tasks do they give?
// Parameters: $province: short name, '' for any
// Columns: document, type, number, date, ended, issuer, issuer_id, province, place, subject, signer, signer_title,
//   state, tasks
MATCH (d:Document)
WHERE d.taken_in AND ($province = '' OR d.province = $province)
RETURN d.id AS document, d.type AS type, d.number AS number, d.date AS date, d.ended AS ended, d.issuer AS issuer,
  d.issuer_id AS issuer_id, d.province AS province, d.place AS place, d.subject AS subject, d.signer AS signer,
  d.signer_title AS signer_title, d.state AS state, COUNT { (d)-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task) } AS tasks
ORDER BY date, document
