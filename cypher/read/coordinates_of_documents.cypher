// Question: which assignments of these documents say who coordinates for a criterion?
// Parameters: $ids: ids of documents
// Columns: criterion, fact (null: none), agency, province, document, from, to, start
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:MENTIONS]->(a:Agency)-[r:COORDINATES]->(c:Criterion) WHERE r.document = d.id
RETURN c.id AS criterion, r.fact AS fact, a.id AS agency, a.province AS province, r.document AS document,
  r.since AS from, r.until AS to, r.start AS start
