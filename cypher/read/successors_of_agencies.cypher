// Question: who took over from these bodies of the catalogue, step by step, down to who does the work today?
// Parameters: $ids: ids in the catalogue ("t.stnmt", without a place)
// Columns: agency, depth (of the step, from 1; null: nobody took over), old, old_name, new, new_name, date, resolution,
//   extent, status
// Why: a row is a step, because what stands on the edges of a chain cannot be had on every engine.
UNWIND $ids AS id
MATCH (a:Agency {id: id})
OPTIONAL MATCH way = (a)-[:SUCCEEDED_BY*0..3]->(old:Agency)-[s:SUCCEEDED_BY]->(new:Agency)
RETURN a.id AS agency, min(length(way)) AS depth, old.id AS old, old.name AS old_name, new.id AS new,
  new.name AS new_name, s.date AS date, s.resolution AS resolution, s.extent AS extent, s.status AS status
ORDER BY agency, depth, old, new
