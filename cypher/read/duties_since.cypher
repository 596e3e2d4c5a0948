// Question: to whom do the documents of one province that were issued from a day on give how many duties?
// Parameters: $since: a day; $province: short name, '' for central documents
// Columns: document, issued, agency, name, kind, province (of the agency), tasks
MATCH (d:Document)
WHERE d.date >= $since AND coalesce(d.province, '') = $province
MATCH (d)-[:HAS]->(:Provision)-[:ASSIGNS]->(t:Task)-[:RESPONSIBLE]->(a:Agency)
RETURN d.id AS document, d.date AS issued, a.id AS agency, a.name AS name, a.kind AS kind, a.province AS province,
  count(DISTINCT t.id) AS tasks
