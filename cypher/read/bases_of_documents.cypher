// Question: which documents do these rest on?
// Parameters: $ids: ids of documents
// Columns: id, relation (null: none), basis, number, date, issuer, type, subject
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[r:CITES]->(b:Document) WHERE r.relation IN ['căn cứ', 'thực hiện', 'xét', 'theo đề nghị']
RETURN d.id AS id, r.relation AS relation, b.id AS basis, b.number AS number, b.date AS date, b.issuer AS issuer,
  b.type AS type, b.subject AS subject
