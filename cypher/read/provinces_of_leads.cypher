// Question: the bodies of which provinces lead criteria?
// Parameters: none
// Columns: province
MATCH (a:Agency)-[:LEADS]->(:Criterion)
WHERE a.province IS NOT NULL
RETURN DISTINCT a.province AS province
