// Question: which results do the documents report, of which place and criterion?
// Parameters: $province: of the document, short name, '' for any
// Columns: result, document, number, issued, province, place, place_name, criterion, measure, value, of, unit, met,
//   as_of, rule, page, cell, quote
MATCH (x:Result)-[e:`FROM`]->(d:Document)
WHERE $province = '' OR d.province = $province
OPTIONAL MATCH (x)-[:`IN`]->(p:Place)
OPTIONAL MATCH (x)-[:`OF`]->(c:Criterion)
RETURN x.id AS result, d.id AS document, d.number AS number, d.date AS issued, d.province AS province, p.id AS place,
  p.name AS place_name, c.id AS criterion, x.measure AS measure, x.value AS value, x.`of` AS `of`, x.unit AS unit,
  x.met AS met, x.as_of AS as_of, e.rule AS rule, e.page AS page, e.cell AS cell, e.quote AS quote
ORDER BY issued, document, e.start, result
