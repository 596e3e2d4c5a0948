// Question: when was each criterion last told as met, and when as not met, by a day?
// Parameters: $ids: ids of places; $day: the last day told of; $first: the day that undated results count for
// Columns: place, criterion, set, number, name, met_on (null: never), unmet_on (null: never)
// Why: one row a criterion instead of one a report: a province has thousands of results for each report, and making rows
//   of them takes longer than finding them. Which result it is, is asked when somebody looks at one place.
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH (p)<-[:`IN`]-(r:Result)
WITH p, r WHERE r.met IS NOT NULL AND (r.as_of IS NULL OR r.as_of <= $day)
OPTIONAL MATCH (r)-[:`OF`]->(c:Criterion)
RETURN p.id AS place, c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS name,
  max(CASE WHEN r.met THEN coalesce(r.as_of, $first) END) AS met_on,
  max(CASE WHEN r.met THEN NULL ELSE coalesce(r.as_of, $first) END) AS unmet_on
