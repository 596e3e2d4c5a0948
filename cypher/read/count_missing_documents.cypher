// Question: how many rows has missing_documents?
// Parameters: $province: short name of those that cite, '' for any;
//   $document: id, '' for any; $seen: ids of documents that are left out, '' among them for none
// Columns: total
MATCH (n:Document)
WHERE NOT n.taken_in AND NOT n.id IN $seen
  AND ($document = '' OR EXISTS { MATCH (n)<-[:CITES]-(o:Document) WHERE o.id = $document })
  AND EXISTS { MATCH (n)<-[r:CITES]-(d:Document) WHERE ($province = '' OR d.province = $province)
    AND (NOT n.id CONTAINS '/document-'
      OR NOT EXISTS { MATCH (d)-[s:CITES]->(:Document) WHERE s.rule = 'reference.sole' AND s.start = r.start }) }
RETURN count(n) AS total
