// Question: of which provinces were documents taken in?
// Parameters: none
// Columns: province
MATCH (d:Document)
WHERE d.taken_in AND d.province IS NOT NULL
RETURN DISTINCT d.province AS province
