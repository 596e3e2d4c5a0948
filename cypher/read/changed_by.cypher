// Question: what amends, replaces or abolishes a document, the newest first?
// Parameters: $id: id of the document
// Columns: relation, id, number, date, issuer, type, subject, taken_in, provision, start, stop, quote, rule, basis,
//   page, cell, box
MATCH (:Document {id: $id})<-[r:CITES]-(o:Document)
WHERE r.relation IN ['sửa đổi', 'thay thế', 'bãi bỏ']
RETURN r.relation AS relation, o.id AS id, o.number AS number, o.date AS date, o.issuer AS issuer, o.type AS type,
  o.subject AS subject, o.taken_in AS taken_in, r.provision AS provision, r.start AS start, r.stop AS stop,
  r.quote AS quote, r.rule AS rule, r.basis AS basis, r.page AS page, r.cell AS cell, r.box AS box
ORDER BY CASE WHEN date IS NULL THEN 1 ELSE 0 END, date DESC, id, start
