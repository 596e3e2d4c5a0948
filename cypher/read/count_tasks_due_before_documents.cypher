// Question: how many rows has tasks_due_before_documents?
// Parameters: $province: short name, '' for any
// Columns: total
MATCH (x:Deadline)
WHERE x.tasks > 0 AND x.date < x.issued AND x.kind <> 'from' AND ($province = '' OR x.province = $province)
MATCH (d:Document)-[h:HAS]->(x)
WHERE NOT EXISTS { MATCH (d)-[:HAS]->(i:Issue) WHERE i.code = 'deadline_before_document' AND i.start = h.start }
MATCH (x)<-[:DUE]-(t:Task)<-[e:ASSIGNS]-(:Provision)
RETURN count(t) AS total
