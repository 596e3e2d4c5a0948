// Question: write what the full-text index holds of documents.
// Parameters: $rows: maps with id, document, provision, path, start, text, number, date, issuer, type, subject (as shown),
//   folded, exact (words between spaces), marks (what narrows a search, between spaces), facets (values with labels),
//   first (of its document)
// Columns: none
UNWIND $rows AS row
CREATE (:Passage {id: row.id, document: row.document, provision: row.provision, path: row.path, start: row.start,
  text: row.text, number: row.number, date: row.date, issuer: row.issuer, type: row.type, subject: row.subject,
  folded: row.folded, exact: row.exact, marks: row.marks, facets: row.facets, first: row.first})
