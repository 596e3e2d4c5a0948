// Question: which documents tell results of these places, how many, and how many criteria met?
// Parameters: $ids: ids of places
// Columns: place, name, level, province, document (null: none), results, met, start (of the first of them)
UNWIND $ids AS id
MATCH (p:Place {id: id})
OPTIONAL MATCH (p)<-[e:`IN`]-(r:Result)
RETURN p.id AS place, p.name AS name, p.level AS level, p.province AS province, e.document AS document,
  count(r) AS results, sum(CASE WHEN r.met THEN 1 ELSE 0 END) AS met, min(e.start) AS start
