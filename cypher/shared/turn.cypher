// Question: how far do the logs of this graph go, of which version is it, and who makes it anew?
// Parameters: none
// Columns: takings (how many there were), decisions, writes (how often documents were written), rebuilding (null:
//   nobody), rebuilder (token of who does), version and catalogue_version (null: while it is made anew)
MATCH (t:Turn {id: 'turn'})
OPTIONAL MATCH (g:Graph {id: 'graph'})
RETURN coalesce(t.takings, 0) AS takings, coalesce(t.decisions, 0) AS decisions, coalesce(t.writes, 0) AS writes,
  t.rebuilding AS rebuilding, t.rebuilder AS rebuilder, g.version AS version,
  g.catalogue_version AS catalogue_version
