// Question: remove the inferred edge of a citation to the document that was the only one to fit.
// Parameters: $document: id of the paper that cites; $start: of its words; $relation
// Columns: none
MATCH (:Document {id: $document})-[r:CITES]->(:Document)
WHERE r.rule = 'reference.sole' AND r.start = $start AND r.relation = $relation
DELETE r
