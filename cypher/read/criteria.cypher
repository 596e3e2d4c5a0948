// Question: which criteria are there, of which set and period, and do documents name them?
// Parameters: none
// Columns: id, set, number, name, words, level, from_year, to_year, province (of the set), named
MATCH (c:Criterion)
OPTIONAL MATCH (c)-[:IN_SET]->(s:CriteriaSet)
RETURN c.id AS id, c.`set` AS `set`, c.number AS number, c.name AS name, c.words AS words, s.level AS level,
  s.from_year AS from_year, s.to_year AS to_year, s.province AS province,
  EXISTS { MATCH (:Document)-[:MENTIONS]->(c) } AS named
