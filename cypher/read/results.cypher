// Question: what do these results say, and in which sentence?
// Parameters: $ids: ids of results
// Columns: result, place (null: none), criterion (null: none), set, number, criterion_name, measure, value, of, unit, met,
//   as_of, document, provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $ids AS id
MATCH (r:Result {id: id})
OPTIONAL MATCH (r)-[e:`FROM`]->(d:Document)
OPTIONAL MATCH (r)-[:`IN`]->(p:Place)
OPTIONAL MATCH (r)-[:`OF`]->(c:Criterion)
RETURN r.id AS result, p.id AS place, c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS criterion_name,
  r.measure AS measure, r.value AS value, r.of AS of, r.unit AS unit, r.met AS met, r.as_of AS as_of,
  d.id AS document, e.provision AS provision, e.start AS start, e.stop AS stop, e.quote AS quote, e.rule AS rule,
  e.basis AS basis, e.page AS page, e.cell AS cell, e.box AS box
