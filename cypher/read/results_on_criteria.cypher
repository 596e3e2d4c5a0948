// Question: what do documents say that the places of a province reached of the criteria of a set?
// Parameters: $province: short name; $set: id of the set
// Columns: criterion, place, level, met, value, of, unit, as_of, document, start
// Why: from the places of the province: a criterion has results of all provinces.
MATCH (p:Place {province: $province})<-[e:`IN`]-(r:Result)-[:`OF`]->(c:Criterion)
WHERE c.`set` = $set
RETURN c.id AS criterion, p.id AS place, p.level AS level, r.met AS met, r.value AS value, r.of AS of, r.unit AS unit,
  r.as_of AS as_of, e.document AS document, e.start AS start
