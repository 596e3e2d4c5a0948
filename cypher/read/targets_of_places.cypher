// Question: which figures are these places to reach, by documents issued by a day and in force on it?
// Parameters: $ids: ids of places; $day: the day
// Columns: target, place, measure, value, of, unit, by, criterion (null: none), set, number, criterion_name, document,
//   provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH (p)<-[:CONCERNS]-(t:Target)
WITH p, t WHERE t.id IS NOT NULL
OPTIONAL MATCH (t)<-[e:HAS]-(d:Document)
WITH p, t, e, d WHERE (d.date IS NULL OR d.date <= $day) AND (d.ended IS NULL OR d.ended > $day)
OPTIONAL MATCH (t)-[:CONCERNS]->(c:Criterion)
RETURN t.id AS target, p.id AS place, t.measure AS measure, t.value AS value, t.of AS of, t.unit AS unit, t.`by` AS `by`,
  c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS criterion_name, d.id AS document,
  e.provision AS provision, e.start AS start, e.stop AS stop, e.quote AS quote, e.rule AS rule, e.basis AS basis,
  e.page AS page, e.cell AS cell, e.box AS box
