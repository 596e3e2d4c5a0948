// Question: what are these agencies called?
// Parameters: $ids: ids of agencies
// Columns: id, name, kind, province, words
UNWIND $ids AS id
MATCH (a:Agency {id: id})
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.province AS province, a.words AS words
