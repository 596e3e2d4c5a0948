// Question: which tasks fall due before the day of the document that gives them, the newest documents first?
// Parameters: $province: short name, '' for any; $offset, $limit;
//   $document: id, '' for any; $seen: ids of tasks that are left out, '' among them for none
// Columns: task, text (of the deadline), date, issued, document, provision, start, stop, quote, rule, basis, page, cell, box
// Why: `apart` is noted when a document is written; what reading it doubted already is not.
MATCH (x:Deadline)
WHERE x.apart = 'early' AND ($province = '' OR x.province = $province) AND ($document = '' OR x.document = $document)
MATCH (x)<-[:DUE]-(t:Task)<-[e:ASSIGNS]-(:Provision)
WHERE NOT t.id IN $seen
RETURN t.id AS task, x.text AS text, x.date AS date, x.issued AS issued, e.document AS document,
  e.provision AS provision, e.start AS start, e.stop AS stop, e.quote AS quote, e.rule AS rule, e.basis AS basis,
  e.page AS page, e.cell AS cell, e.box AS box
ORDER BY issued DESC, document, start, task
SKIP $offset LIMIT $limit
