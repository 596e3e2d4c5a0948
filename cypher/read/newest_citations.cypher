// Question: in which words do the documents of a day cite each of these?
// Parameters: $cited: maps with id and newest (a day); $province: short name of those that cite, '' for any; $undated: a
//   day that stands for none
// Columns: cited, relation, document, provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $cited AS each
MATCH (n:Document {id: each.id})
OPTIONAL MATCH (n)<-[r:CITES]-(d:Document) WHERE coalesce(r.issued, $undated) = each.newest
WITH n, r, d
WHERE r.document IS NOT NULL AND ($province = '' OR d.province = $province)
RETURN n.id AS cited, r.relation AS relation, r.document AS document, r.provision AS provision, r.start AS start,
  r.stop AS stop, r.quote AS quote, r.rule AS rule, r.basis AS basis, r.page AS page, r.cell AS cell, r.box AS box
