// Question: which assignments make these agencies lead a criterion?
// Parameters: $ids: ids of agencies
// Columns: criterion, fact (null: none), agency, province, document, from, to, start
UNWIND $ids AS id
MATCH (a:Agency {id: id})
OPTIONAL MATCH (a)-[r:LEADS]->(c:Criterion)
RETURN c.id AS criterion, r.fact AS fact, a.id AS agency, a.province AS province, r.document AS document,
  r.since AS from, r.until AS to, r.start AS start
