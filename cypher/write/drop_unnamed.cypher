// Question: remove the shared nodes of one kind that no document names any more; those of the catalogue stay.
// Parameters: $ids: ids to look at
// Columns: none
UNWIND $ids AS id
MATCH (n:LABEL {id: id})
WHERE NOT n.catalogue AND NOT EXISTS { MATCH (:Document)-[:MENTIONS]->(n) }
DETACH DELETE n
