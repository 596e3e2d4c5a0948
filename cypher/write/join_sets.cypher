// Question: put criteria that a document named first (sub-criteria: "17.8") into their set.
// Parameters: $rows: list of maps with from_id (criterion), to_id (set)
// Columns: none
UNWIND $rows AS row
MATCH (c:Criterion {id: row.from_id})
MATCH (s:CriteriaSet {id: row.to_id})
WHERE NOT EXISTS { MATCH (c)-[:IN_SET]->(:CriteriaSet) }
CREATE (c)-[:IN_SET]->(s)
