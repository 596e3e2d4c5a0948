// Question: which types and issuers do the documents taken in have, and of which days are they?
// Parameters: none
// Columns: type, issuer, dates (a list of no order; empty where no document has one)
MATCH (d:Document)
WHERE d.taken_in
RETURN d.type AS type, d.issuer AS issuer, collect(DISTINCT d.date) AS dates
