// Question: which tables does the embedded graph (ladybug) have? Run once, when a graph is made.
// Parameters: none
// Columns: none
// The same kinds stand in ntmgraph/store/kinds.py; a test compares the two. Each statement ends with a semicolon.

CREATE NODE TABLE Document(id STRING PRIMARY KEY, type STRING, number STRING, issuer STRING, issuer_id STRING,
  province STRING, place STRING, date DATE, year INT64, date_text STRING, subject STRING, signer STRING, signer_title
  STRING, state STRING, sha256 STRING, taken_in BOOL, ended DATE, schedule STRING, untimed INT64, words STRING);
CREATE NODE TABLE Provision(id STRING PRIMARY KEY, path STRING, kind STRING, heading STRING, start INT64, stop INT64,
  parent STRING);
CREATE NODE TABLE Task(id STRING PRIMARY KEY, what STRING, role STRING, who_inferred BOOL, start INT64, document
  STRING, province STRING, issued DATE, ended DATE);
CREATE NODE TABLE Deadline(id STRING PRIMARY KEY, text STRING, kind STRING, date DATE, recurrence STRING, scope
  STRING, tasks INT64, apart STRING, document STRING, province STRING, issued DATE, ended DATE);
CREATE NODE TABLE Agency(id STRING PRIMARY KEY, base STRING, name STRING, level STRING, kind STRING, province STRING,
  words STRING, catalogue BOOL);
CREATE NODE TABLE Place(id STRING PRIMARY KEY, name STRING, kind STRING, level STRING, province STRING, valid_from
  DATE, valid_to DATE, words STRING, catalogue BOOL);
CREATE NODE TABLE Criterion(id STRING PRIMARY KEY, `set` STRING, number STRING, name STRING, concept STRING, words
  STRING, catalogue BOOL);
CREATE NODE TABLE CriteriaSet(id STRING PRIMARY KEY, level STRING, grade STRING, from_year INT64, to_year INT64,
  province STRING, number STRING, title STRING, status STRING);
CREATE NODE TABLE Target(id STRING PRIMARY KEY, measure STRING, value DOUBLE, of DOUBLE, unit STRING, share DOUBLE,
  baseline DOUBLE, by DATE);
CREATE NODE TABLE Result(id STRING PRIMARY KEY, measure STRING, value DOUBLE, of DOUBLE, unit STRING, met BOOL, as_of
  DATE);
CREATE NODE TABLE Issue(id STRING PRIMARY KEY, code STRING, message STRING, start INT64, stop INT64);
CREATE NODE TABLE Graph(id STRING PRIMARY KEY, version STRING, catalogue_version STRING);

CREATE REL TABLE CITES(FROM Document TO Document, relation STRING, issued DATE, document STRING, provision STRING, start
  INT64, stop INT64, quote STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE ISSUED_BY(FROM Document TO Agency, start INT64, stop INT64, rule STRING, basis STRING, page INT64);
CREATE REL TABLE ADDRESSED_TO(FROM Document TO Agency, start INT64, stop INT64, rule STRING, basis STRING, page INT64);
CREATE REL TABLE SENT_TO(FROM Document TO Agency, start INT64, stop INT64, rule STRING, basis STRING, page INT64);
CREATE REL TABLE MENTIONS(FROM Document TO Agency, FROM Document TO Place, FROM Document TO Criterion, times INT64,
  start INT64, stop INT64, rule STRING, basis STRING, page INT64);
CREATE REL TABLE HAS(FROM Document TO Provision, FROM Document TO Deadline, FROM Document TO Target, FROM Document TO
  Issue, document STRING, provision STRING, start INT64, stop INT64, quote STRING, rule STRING, basis STRING, page
  INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE ASSIGNS(FROM Provision TO Task, document STRING, provision STRING, start INT64, stop INT64, quote
  STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE RESPONSIBLE(FROM Task TO Agency, role STRING, start INT64, stop INT64, rule STRING, basis STRING,
  page INT64, issued DATE, ended DATE, province STRING);
CREATE REL TABLE REPORTS_TO(FROM Task TO Agency, via BOOL, start INT64, stop INT64, rule STRING, basis STRING, page
  INT64, issued DATE, ended DATE, province STRING);
CREATE REL TABLE DUE(FROM Task TO Deadline, document STRING, provision STRING, start INT64, stop INT64, quote STRING,
  rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE CONCERNS(FROM Task TO Criterion, FROM Task TO Place, FROM Target TO Criterion, FROM Target TO Place,
  start INT64, stop INT64, rule STRING, basis STRING, page INT64, issued DATE, ended DATE, province STRING);
CREATE REL TABLE LEADS(FROM Agency TO Criterion, fact STRING, since DATE, until DATE, document STRING, provision STRING,
  start INT64, stop INT64, quote STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE COORDINATES(FROM Agency TO Criterion, fact STRING, since DATE, until DATE, document STRING, provision
  STRING, start INT64, stop INT64, quote STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE HELPS(FROM Agency TO Place, fact STRING, person STRING, document STRING, provision STRING, start
  INT64, stop INT64, quote STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE PART_OF(FROM Agency TO Agency, FROM Place TO Place, document STRING, provision STRING, start INT64,
  stop INT64, quote STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE SUCCEEDED_BY(FROM Agency TO Agency, date DATE, resolution STRING, extent STRING, status STRING);
CREATE REL TABLE MERGED_INTO(FROM Place TO Place, extent STRING, resolution STRING, clause STRING);
CREATE REL TABLE IN_SET(FROM Criterion TO CriteriaSet);
CREATE REL TABLE `OF`(FROM Result TO Criterion, document STRING, provision STRING, start INT64, stop INT64, quote
  STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE `IN`(FROM Result TO Place, document STRING, provision STRING, start INT64, stop INT64, quote STRING,
  rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
CREATE REL TABLE `FROM`(FROM Result TO Document, document STRING, provision STRING, start INT64, stop INT64, quote
  STRING, rule STRING, basis STRING, page INT64, cell STRING, box DOUBLE[]);
