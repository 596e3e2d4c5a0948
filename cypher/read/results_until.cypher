// Question: what do documents tell that these places had reached by a day?
// Parameters: $ids: ids of places; $day: the last day told of, undated results count
// Columns: place, document, result, criterion (null: none), set, number, criterion_name, measure, value, of, unit, met,
//   as_of
// Why: no sentence: a province has thousands of results, and only those chosen are read whole (`results`).
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH (p)<-[e:`IN`]-(r:Result)
WITH p, e, r WHERE r.id IS NOT NULL AND (r.as_of IS NULL OR r.as_of <= $day)
OPTIONAL MATCH (r)-[:`OF`]->(c:Criterion)
RETURN p.id AS place, e.document AS document, r.id AS result, c.id AS criterion, c.`set` AS `set`, c.number AS number,
  c.name AS criterion_name, r.measure AS measure, r.value AS value, r.of AS of, r.unit AS unit, r.met AS met,
  r.as_of AS as_of
