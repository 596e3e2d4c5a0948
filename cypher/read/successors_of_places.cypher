// Question: what became of these places, step by step, down to what stands today?
// Parameters: $ids: ids of places
// Columns: place, depth (of the step, from 1; null: nothing became of it), old, old_name, old_level, old_province, new,
//   new_name, new_level, new_province, since, stands (the new one is there today), extent, resolution, clause
// Why: a row is a step, because what stands on the edges of a chain cannot be had on every engine.
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH way = (p)-[:MERGED_INTO*0..3]->(old:Place)-[m:MERGED_INTO]->(new:Place)
RETURN p.id AS place, min(length(way)) AS depth, old.id AS old, old.name AS old_name, old.level AS old_level,
  old.province AS old_province, new.id AS new, new.name AS new_name, new.level AS new_level,
  new.province AS new_province, new.valid_from AS since, new.valid_to IS NULL AS stands, m.extent AS extent,
  m.resolution AS resolution, m.clause AS clause
ORDER BY place, depth, old, new
