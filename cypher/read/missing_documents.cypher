// Question: which documents are cited and were not taken in, the most cited first?
// Parameters: $province: short name of those that cite, '' for any; $offset, $limit;
//   $document: id, '' for any; $seen: ids of documents that are left out, '' among them for none
// Columns: id, number, date, issuer, type, subject, documents (how many cite it), newest (day of the last of them)
// Why: a citation that only one document taken in can mean has a second edge to that one (`reference.sole`);
//   only one whose id holds '/document-' can be meant so.
MATCH (n:Document)<-[r:CITES]-(d:Document)
WHERE NOT n.taken_in AND ($province = '' OR d.province = $province)
  AND NOT n.id IN $seen
  AND ($document = '' OR EXISTS { MATCH (n)<-[:CITES]-(o:Document) WHERE o.id = $document })
  AND (NOT n.id CONTAINS '/document-'
    OR NOT EXISTS { MATCH (d)-[s:CITES]->(:Document) WHERE s.rule = 'reference.sole' AND s.start = r.start })
WITH n, count(DISTINCT d) AS documents, max(r.issued) AS newest
RETURN n.id AS id, n.number AS number, n.date AS date, n.issuer AS issuer, n.type AS type, n.subject AS subject,
  documents, newest
ORDER BY documents DESC, id
SKIP $offset LIMIT $limit
