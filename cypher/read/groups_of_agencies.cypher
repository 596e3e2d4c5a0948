// Question: to which groups of bodies do these agencies belong?
// Parameters: $ids: ids of agencies
// Columns: id, within (id of the group; null: none)
UNWIND $ids AS id
MATCH (a:Agency {id: id})
OPTIONAL MATCH (a)-[:PART_OF]->(g:Agency) WHERE g.kind = 'group'
RETURN DISTINCT a.id AS id, g.id AS within
