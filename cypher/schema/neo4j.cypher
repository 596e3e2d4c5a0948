// Question: which constraints and indexes does the shared graph (Neo4j) have? Run when a graph is made; each can be run
//   again.
// Parameters: none
// Columns: none
// Why: the same kinds stand in ntmgraph/store/kinds.py (a test compares the two), and below them what only the shared
//   graph holds (cypher/shared/). A uniqueness constraint is an index too. Range indexes serve lists that start at no
//   key. The full-text index takes words as they are, between spaces: the program folds them itself, for both engines alike,
//   and the server's folding analyser leaves out English stop words, which folded Vietnamese is full of ("an", "the").

CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT provision_id IF NOT EXISTS FOR (n:Provision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT task_id IF NOT EXISTS FOR (n:Task) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT deadline_id IF NOT EXISTS FOR (n:Deadline) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT agency_id IF NOT EXISTS FOR (n:Agency) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT criterion_id IF NOT EXISTS FOR (n:Criterion) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT criteria_set_id IF NOT EXISTS FOR (n:CriteriaSet) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT target_id IF NOT EXISTS FOR (n:Target) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT result_id IF NOT EXISTS FOR (n:Result) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT issue_id IF NOT EXISTS FOR (n:Issue) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT graph_id IF NOT EXISTS FOR (n:Graph) REQUIRE n.id IS UNIQUE;
CREATE INDEX document_number IF NOT EXISTS FOR (n:Document) ON (n.number);
CREATE INDEX document_date IF NOT EXISTS FOR (n:Document) ON (n.date);
CREATE INDEX deadline_date IF NOT EXISTS FOR (n:Deadline) ON (n.date);
CREATE INDEX deadline_recurrence IF NOT EXISTS FOR (n:Deadline) ON (n.recurrence);
CREATE INDEX deadline_apart IF NOT EXISTS FOR (n:Deadline) ON (n.apart);
CREATE INDEX agency_base IF NOT EXISTS FOR (n:Agency) ON (n.base);

CREATE CONSTRAINT turn_id IF NOT EXISTS FOR (n:Turn) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT written_id IF NOT EXISTS FOR (n:Written) REQUIRE n.id IS UNIQUE;
CREATE INDEX written_at IF NOT EXISTS FOR (n:Written) ON (n.at);
CREATE CONSTRAINT passage_id IF NOT EXISTS FOR (n:Passage) REQUIRE n.id IS UNIQUE;
CREATE INDEX passage_document IF NOT EXISTS FOR (n:Passage) ON (n.document);
CREATE FULLTEXT INDEX passages IF NOT EXISTS FOR (n:Passage) ON EACH [n.folded, n.exact, n.marks]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE CONSTRAINT taking_id IF NOT EXISTS FOR (n:Taking) REQUIRE n.id IS UNIQUE;
CREATE INDEX taking_number IF NOT EXISTS FOR (n:Taking) ON (n.number);
CREATE INDEX taking_document IF NOT EXISTS FOR (n:Taking) ON (n.document);
CREATE INDEX taking_sha256 IF NOT EXISTS FOR (n:Taking) ON (n.sha256);
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE;
CREATE INDEX decision_number IF NOT EXISTS FOR (n:Decision) ON (n.number);
CREATE CONSTRAINT original_id IF NOT EXISTS FOR (n:Original) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT chunk_id IF NOT EXISTS FOR (n:Chunk) REQUIRE n.id IS UNIQUE;
