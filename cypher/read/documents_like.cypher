// Question: which documents taken in have one of these numbers or days?
// Parameters: $numbers; $days
// Columns: id, number, type, date, issuer, province, subject
MATCH (d:Document)
WHERE d.taken_in AND (d.number IN $numbers OR d.date IN $days)
RETURN d.id AS id, d.number AS number, d.type AS type, d.date AS date, d.issuer AS issuer, d.province AS province,
  d.subject AS subject
