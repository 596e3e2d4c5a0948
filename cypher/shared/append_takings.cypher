// Question: write takings in at the end of their log.
// Parameters: $rows: maps with id, number (counted on from the last one), sha256, name, document, at, withdrawn; $takings:
//   how many there are then
// Columns: none
MATCH (t:Turn {id: 'turn'})
SET t.takings = $takings
WITH t
UNWIND $rows AS row
CREATE (:Taking {id: row.id, number: row.number, sha256: row.sha256, name: row.name, document: row.document, at: row.at,
  withdrawn: row.withdrawn})
