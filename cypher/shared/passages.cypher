// Question: which passages fit a query best?
// Parameters: $query: of Lucene, made of words only; $offset, $limit
// Columns: document, provision, path, start, text, number, date, issuer, type, subject, score
// Why: the index itself orders passages of one score otherwise for each limit, so that a second page would show some of
//   the first again and leave out others. Sorted here, all pages are cut from one order.
CALL db.index.fulltext.queryNodes('passages', $query) YIELD node AS p, score
WITH p, score
ORDER BY score DESC, elementId(p)
SKIP $offset LIMIT $limit
RETURN p.document AS document, p.provision AS provision, p.path AS path, p.start AS start, p.text AS text,
  p.number AS number, p.date AS date, p.issuer AS issuer, p.type AS type, p.subject AS subject, score
ORDER BY score DESC, elementId(p)
