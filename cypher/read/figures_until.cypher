// Question: which figures do documents tell of these places by a day, other than of single criteria?
// Parameters: $ids: ids of places; $day: the last day told of, undated results count
// Columns: place, result, measure, value, of, unit, as_of
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH (p)<-[:`IN`]-(r:Result)
WITH p, r WHERE r.met IS NULL AND r.value IS NOT NULL AND (r.as_of IS NULL OR r.as_of <= $day)
  AND NOT EXISTS { MATCH (r)-[:`OF`]->(:Criterion) }
RETURN p.id AS place, r.id AS result, r.measure AS measure, r.value AS value, r.of AS of, r.unit AS unit, r.as_of AS as_of
