// Question: remove the documents that were only known by being cited and that nothing cites any more.
// Parameters: $ids: ids to look at
// Columns: none
UNWIND $ids AS id
MATCH (n:Document {id: id})
WHERE NOT n.taken_in AND NOT EXISTS { MATCH (:Document)-[:CITES]->(n) }
DETACH DELETE n
