// Question: by what labels do people find these provisions in their documents?
// Parameters: $ids: ids of provisions
// Columns: provision, path
UNWIND $ids AS id
MATCH (p:Provision {id: id})
RETURN p.id AS provision, p.path AS path
