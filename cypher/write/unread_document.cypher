// Question: make a document one that is only known by being cited.
// Parameters: $id: id of the document
// Columns: none
MATCH (n:Document {id: $id})
SET n.taken_in = false, n.state = null, n.sha256 = null, n.signer = null, n.signer_title = null, n.place = null,
  n.issuer_id = null, n.year = null, n.schedule = null, n.untimed = null
