// Question: which citations do not tell for sure what they cite: those of these documents, and those that may mean
//   documents of these numbers and days? Statements run in order.
// Parameters: $ids: ids of documents; $numbers; $days
// Columns: document, cited_on, province, cited, number, type, date, issuer, relation, provision, start, stop, quote,
//   page, cell, box
UNWIND $ids AS id
MATCH (c:Document {id: id})
OPTIONAL MATCH (c)-[r:CITES]->(s:Document)
WITH c, r, s WHERE NOT s.taken_in AND s.id CONTAINS '/document-'
RETURN c.id AS document, c.date AS cited_on, c.province AS province, s.id AS cited, s.number AS number,
  s.type AS type, s.date AS date, s.issuer AS issuer, r.relation AS relation, r.provision AS provision,
  r.start AS start, r.stop AS stop, r.quote AS quote, r.page AS page, r.cell AS cell, r.box AS box;
MATCH (s:Document)
WHERE NOT s.taken_in AND s.id CONTAINS '/document-' AND (s.number IN $numbers OR (s.number IS NULL AND s.date IN $days))
WITH s
MATCH (c:Document)-[r:CITES]->(s)
RETURN c.id AS document, c.date AS cited_on, c.province AS province, s.id AS cited, s.number AS number,
  s.type AS type, s.date AS date, s.issuer AS issuer, r.relation AS relation, r.provision AS provision,
  r.start AS start, r.stop AS stop, r.quote AS quote, r.page AS page, r.cell AS cell, r.box AS box;
