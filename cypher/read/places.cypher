// Question: what are these places called?
// Parameters: $ids: ids of places
// Columns: id, name, level, province, within (the district or commune that holds it), words
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH (p)-[:PART_OF]->(u:Place) WHERE u.level <> 'province'
RETURN p.id AS id, p.name AS name, p.level AS level, p.province AS province, u.name AS within, p.words AS words
