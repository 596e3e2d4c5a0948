// Question: which documents replace or abolish these as a whole? A draft does not yet, and one of a part does not.
// Parameters: $ids: ids of documents
// Columns: id, ended_by (null: none), relation, date, number, issuer, type, subject
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)<-[r:CITES]-(by:Document) WHERE r.relation IN ['thay thế', 'bãi bỏ'] AND r.rule <> 'reference.part'
  AND by.state <> 'draft'
RETURN d.id AS id, by.id AS ended_by, r.relation AS relation, by.date AS date, by.number AS number,
  by.issuer AS issuer, by.type AS type, by.subject AS subject
