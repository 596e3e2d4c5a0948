// Question: who helps which place by these documents?
// Parameters: $ids: ids of documents
// Columns: fact (null: none), person, agency, name, kind, province, place, place_name, level,
//   place_province, document, provision, start, stop, quote, rule, basis, page, cell, box
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:MENTIONS]->(a:Agency)-[h:HELPS]->(p:Place) WHERE h.document = d.id
RETURN h.fact AS fact, h.person AS person, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province,
  p.id AS place, p.name AS place_name, p.level AS level, p.province AS place_province,
  h.document AS document, h.provision AS provision, h.start AS start, h.stop AS stop, h.quote AS quote, h.rule AS rule,
  h.basis AS basis, h.page AS page, h.cell AS cell, h.box AS box
