// Question: in which sentences do these documents give duties to these agencies?
// Parameters: $pairs: maps with document and agencies (ids)
// Columns: agency, task, document, provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $pairs AS pair
MATCH (d:Document {id: pair.document})
OPTIONAL MATCH (d)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[e:ASSIGNS]->(t:Task)
OPTIONAL MATCH (t)-[:RESPONSIBLE]->(a:Agency)
WITH DISTINCT pair, e, t, a
WHERE a.id IN pair.agencies
RETURN a.id AS agency, t.id AS task, e.document AS document, e.provision AS provision, e.start AS start,
  e.stop AS stop, e.quote AS quote, e.rule AS rule, e.basis AS basis, e.page AS page, e.cell AS cell, e.box AS box
