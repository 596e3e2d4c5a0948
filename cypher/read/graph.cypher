// Question: which version of the kinds and of the catalogue is this graph made of?
// Parameters: none
// Columns: version, catalogue_version
MATCH (g:Graph {id: 'graph'})
RETURN g.version AS version, g.catalogue_version AS catalogue_version
