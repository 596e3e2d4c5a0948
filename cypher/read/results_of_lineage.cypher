// Question: what did these places reach, and those that went into them?
// Parameters: $ids: ids of places
// Columns: asked, depth (0: it is the place asked about), place, name, level, province, into (what that place went
//   into on the way; null: none), extent, resolution, clause, result, measure, value, of, unit, met, as_of, criterion
//   (null: none), set, number, criterion_name, document, provision, start, stop, quote, rule, basis, page, cell, box
// Why: the way stands before the results, because the embedded engine does not follow a chain after WITH. Neither order
//   nor pages: one place has few results, and sorting such wide rows takes it longer than finding them.
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH way = (p)<-[:MERGED_INTO*0..4]-(q:Place)
OPTIONAL MATCH (q)-[m:MERGED_INTO]->(n:Place) WHERE EXISTS { MATCH (n)-[:MERGED_INTO*0..3]->(p) }
OPTIONAL MATCH (q)<-[e:`IN`]-(r:Result)
WITH p, q, m, n, e, r, min(length(way)) AS depth
WHERE r.id IS NOT NULL
OPTIONAL MATCH (r)-[:`OF`]->(c:Criterion)
RETURN p.id AS asked, depth, q.id AS place, q.name AS name, q.level AS level, q.province AS province,
  n.id AS into, m.extent AS extent, m.resolution AS resolution, m.clause AS clause, r.id AS result,
  r.measure AS measure, r.value AS value, r.of AS of, r.unit AS unit, r.met AS met, r.as_of AS as_of,
  c.id AS criterion, c.`set` AS `set`, c.number AS number, c.name AS criterion_name, e.document AS document,
  e.provision AS provision, e.start AS start, e.stop AS stop, e.quote AS quote, e.rule AS rule, e.basis AS basis,
  e.page AS page, e.cell AS cell, e.box AS box
