// Question: which documents amend, replace or abolish these, as a whole or in part?
// Parameters: $ids: ids of documents
// Columns: id, by (null: none)
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)<-[r:CITES]-(o:Document) WHERE r.relation IN ['sửa đổi', 'thay thế', 'bãi bỏ']
RETURN DISTINCT d.id AS id, o.id AS by
