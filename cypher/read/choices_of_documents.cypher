// Question: which types and issuers do the documents taken in have, and from when to when?
// Parameters: none
// Columns: type, issuer, first, last (dates; null where no document has one)
MATCH (d:Document)
WHERE d.taken_in
RETURN d.type AS type, d.issuer AS issuer, min(d.date) AS first, max(d.date) AS last
