// Question: how many passages fit a query?
// Parameters: $query: of Lucene
// Columns: total
CALL db.index.fulltext.queryNodes('passages', $query) YIELD node
RETURN count(*) AS total
