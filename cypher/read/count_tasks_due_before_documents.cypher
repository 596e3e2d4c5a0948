// Question: how many rows has tasks_due_before_documents?
// Parameters: $province: short name, '' for any;
//   $document: id, '' for any; $seen: ids of tasks that are left out, '' among them for none
// Columns: total
MATCH (x:Deadline)
WHERE x.apart = 'early' AND ($province = '' OR x.province = $province) AND ($document = '' OR x.document = $document)
MATCH (x)<-[:DUE]-(t:Task)<-[e:ASSIGNS]-(:Provision)
WHERE NOT t.id IN $seen
RETURN count(t) AS total
