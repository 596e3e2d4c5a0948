// Question: how many rows has cited_by, of the documents of each day?
// Parameters: $id: id of the document
// Columns: issued (null: undated), total
MATCH (:Document {id: $id})<-[r:CITES]-(:Document)
RETURN r.issued AS issued, count(*) AS total
