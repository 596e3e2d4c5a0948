// Question: of which types, issuers and years are the documents taken in?
// Parameters: none
// Columns: type, issuer, year
MATCH (d:Document)
WHERE d.taken_in
RETURN DISTINCT d.type AS type, d.issuer AS issuer, d.year AS year
