// Question: how many tasks, issues and agencies named in documents are there?
// Parameters: none
// Columns: tasks, issues, agencies
RETURN COUNT { MATCH (:Task) } AS tasks, COUNT { MATCH (:Issue) } AS issues,
  COUNT { MATCH (a:Agency) WHERE EXISTS { MATCH (:Document)-[:MENTIONS]->(a) } } AS agencies
