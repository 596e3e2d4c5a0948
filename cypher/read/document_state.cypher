// Question: is a document there, and was it taken in or only cited?
// Parameters: $id: id of the document
// Columns: id, taken_in
MATCH (d:Document {id: $id})
RETURN d.id AS id, d.taken_in AS taken_in
