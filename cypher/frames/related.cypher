// Question: what is related to a thing in one way, and what does each edge say?
// Parameters: $id: id of the thing
// Columns: other, edge (a map)
// Why: properties(edge), because py2neo fetches both nodes of an edge again.
// LABEL, PATH and OTHER are filled from what ntmgraph/store/py2neo.py declares, and with nothing else.
MATCH (thing:LABEL {id: $id})
MATCH (thing)PATH(other:OTHER)
RETURN other, properties(edge) AS edge
ORDER BY edge.document, edge.start, other.id
