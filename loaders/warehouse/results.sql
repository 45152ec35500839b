-- What do the result files hold?
-- One row for each run. offered_load is the load that the client put on the server, such as c8, r4, c64-r4,
-- ramp-linear-1-10, all. concurrency is NULL if it set no limit, request_rate (requests per second) if it sent as
-- soon as it could.
CREATE TABLE run (
  id VARCHAR PRIMARY KEY,
  series VARCHAR NOT NULL,
  offered_load VARCHAR NOT NULL,
  concurrency INTEGER,
  request_rate DOUBLE,
  repeat INTEGER,
  started VARCHAR,
  simulated BOOLEAN NOT NULL,
  live BOOLEAN NOT NULL,
  complete BOOLEAN NOT NULL,
  tool VARCHAR NOT NULL,
  server_version VARCHAR,
  model VARCHAR,
  endpoint VARCHAR,
  num_prompts INTEGER NOT NULL,
  seed BIGINT,
  duration_s DOUBLE NOT NULL,
  clock VARCHAR NOT NULL,
  requests INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  requests_kept INTEGER NOT NULL,
  file VARCHAR NOT NULL
);

-- What each result records about its workload, under the names of series cards; text is NULL if it does not say.
CREATE TABLE run_setting (run VARCHAR NOT NULL, field VARCHAR NOT NULL, text VARCHAR, number DOUBLE);

-- Every metric in a result, under the label of its definition.
CREATE TABLE run_metric (
  run VARCHAR NOT NULL,
  semantics VARCHAR NOT NULL,
  metric VARCHAR NOT NULL,
  value DOUBLE NOT NULL,
  unit VARCHAR NOT NULL
);

CREATE TABLE run_warning (run VARCHAR NOT NULL, code VARCHAR NOT NULL, message VARCHAR NOT NULL);

-- One row for each request, with times in milliseconds from the start of its run. first_chunk_ms and last_chunk_ms
-- are of chunks with output. A run too large for the report file has only a sample here, and besides it the first
-- requests to start, for which sampled is FALSE.
CREATE TABLE request (
  run VARCHAR NOT NULL,
  request INTEGER NOT NULL,
  scheduled_ms DOUBLE,
  start_ms DOUBLE,
  sent_ms DOUBLE,
  first_byte_ms DOUBLE,
  first_chunk_ms DOUBLE,
  last_chunk_ms DOUBLE,
  end_ms DOUBLE,
  input_tokens INTEGER,
  output_tokens INTEGER,
  first_chunk_tokens INTEGER,
  chunks INTEGER NOT NULL,
  failure VARCHAR,
  sampled BOOLEAN NOT NULL
);

-- How many chunks came after which gap, in bins of a twentieth of a decade.
CREATE TABLE chunk_gap (run VARCHAR NOT NULL, low_ms DOUBLE NOT NULL, high_ms DOUBLE NOT NULL, chunks INTEGER NOT NULL);
