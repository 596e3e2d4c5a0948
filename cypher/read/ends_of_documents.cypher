// Question: which documents replace or abolish these?
// Parameters: $ids: ids of documents
// Columns: id, ended_by (null: none), relation, date, number, issuer, type, subject
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)<-[r:CITES]-(by:Document) WHERE r.relation = 'thay thế' OR r.relation = 'bãi bỏ'
RETURN d.id AS id, by.id AS ended_by, r.relation AS relation, by.date AS date, by.number AS number,
  by.issuer AS issuer, by.type AS type, by.subject AS subject
