// Question: how many things of each kind do these documents say?
// Parameters: $ids: ids of documents
// Columns: document, sha256 (of the file), provisions, tasks, deadlines, targets, issues, results, references
// Why: what is inferred beside a citation is no reference of the document. Why hop by hop: of a path of two the embedded
//   engine reads all tasks of the graph.
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)-[:HAS]->(p:Provision)
OPTIONAL MATCH (p)-[:ASSIGNS]->(t:Task)
RETURN d.id AS document, d.sha256 AS sha256, count(DISTINCT p.id) AS provisions, count(t.id) AS tasks,
  COUNT { MATCH (d)-[:HAS]->(:Deadline) } AS deadlines,
  COUNT { MATCH (d)-[:HAS]->(:Target) } AS targets,
  COUNT { MATCH (d)-[:HAS]->(:Issue) } AS issues,
  COUNT { MATCH (d)<-[:`FROM`]-(:Result) } AS results,
  COUNT { MATCH (d)-[c:CITES]->(:Document) WHERE c.rule <> 'reference.sole' } AS references
