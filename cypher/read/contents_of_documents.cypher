// Question: how many things of each kind do these documents say?
// Parameters: $ids: ids of documents
// Columns: document, sha256 (of the file), provisions, tasks, deadlines, targets, issues, results, references
// Why: what is inferred beside a citation is no reference of the document.
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN d.id AS document, d.sha256 AS sha256,
  COUNT { MATCH (d)-[:HAS]->(:Provision) } AS provisions,
  COUNT { MATCH (d)-[:HAS]->(:Provision)-[:ASSIGNS]->(:Task) } AS tasks,
  COUNT { MATCH (d)-[:HAS]->(:Deadline) } AS deadlines,
  COUNT { MATCH (d)-[:HAS]->(:Target) } AS targets,
  COUNT { MATCH (d)-[:HAS]->(:Issue) } AS issues,
  COUNT { MATCH (d)<-[:`FROM`]-(:Result) } AS results,
  COUNT { MATCH (d)-[c:CITES]->(:Document) WHERE c.rule <> 'reference.sole' } AS references
