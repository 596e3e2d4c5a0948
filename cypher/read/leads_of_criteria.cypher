// Question: which assignments say who leads these criteria?
// Parameters: $ids: ids of criteria
// Columns: criterion, fact (null: none), agency, province, document, from, to, start
UNWIND $ids AS id
MATCH (c:Criterion {id: id})
OPTIONAL MATCH (c)<-[r:LEADS]-(a:Agency)
RETURN c.id AS criterion, r.fact AS fact, a.id AS agency, a.province AS province, r.document AS document,
  r.since AS from, r.until AS to, r.start AS start
