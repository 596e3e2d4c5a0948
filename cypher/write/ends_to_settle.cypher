// Question: since when are these documents replaced or abolished, and since when do they say so themselves?
// Parameters: $ids: ids of documents
// Columns: id, noted, ended (null: in force, as far as is known)
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)<-[r:CITES]-(by:Document) WHERE r.relation IN ['thay thế', 'bãi bỏ'] AND r.rule <> 'reference.part'
  AND by.state <> 'draft'
RETURN d.id AS id, d.ended AS noted, min(by.date) AS ended
