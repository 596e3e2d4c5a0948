// Question: which values do the passages that fit a query have, and how many of them each?
// Parameters: $query: of Lucene; $limit: of the passages that fit best
// Columns: facet, count
CALL db.index.fulltext.queryNodes('passages', $query, {limit: $limit}) YIELD node AS p
UNWIND p.facets AS facet
RETURN facet, count(*) AS count
