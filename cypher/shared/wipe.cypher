// Question: remove some nodes of one kind of which the graph is made anew.
// Parameters: $limit
// Columns: gone (how many)
MATCH (n:LABEL)
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS gone
