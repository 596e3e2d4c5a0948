// Question: how many rows has tasks_due_before_documents?
// Parameters: $province: short name, '' for any;
//   $document: id, '' for any; $seen: ids of tasks that are left out, '' among them for none
// Columns: total
MATCH (x:Deadline)
WHERE x.tasks > 0 AND x.date < x.issued AND x.kind <> 'from' AND ($province = '' OR x.province = $province)
  AND ($document = '' OR x.document = $document)
MATCH (d:Document)-[h:HAS]->(x)
WHERE NOT EXISTS { MATCH (d)-[:HAS]->(i:Issue) WHERE i.code = 'deadline_before_document' AND i.start = h.start }
MATCH (x)<-[:DUE]-(t:Task)<-[e:ASSIGNS]-(:Provision)
WHERE NOT t.id IN $seen
RETURN count(t) AS total
