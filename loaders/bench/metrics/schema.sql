-- What does a run record from which every metric is computed?
-- Times are milliseconds on the run's clock; NULL is "not known".
CREATE TABLE run (
  run_id VARCHAR PRIMARY KEY,
  backend VARCHAR NOT NULL,
  duration_ms DOUBLE NOT NULL,
  max_concurrency INTEGER,
  goodput_ttft_ms DOUBLE,
  goodput_tpot_ms DOUBLE,
  goodput_e2el_ms DOUBLE
);

CREATE TABLE request (
  run_id VARCHAR NOT NULL,
  request INTEGER NOT NULL,
  scheduled_ms DOUBLE,
  start_ms DOUBLE NOT NULL,
  end_ms DOUBLE NOT NULL,
  input_tokens INTEGER,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  retokenized_tokens INTEGER,
  http_status INTEGER,
  failure_kind VARCHAR
);

-- seq orders a run's events as they arrived.
CREATE TABLE event (
  run_id VARCHAR NOT NULL,
  seq BIGINT NOT NULL,
  request INTEGER NOT NULL,
  time_ms DOUBLE NOT NULL,
  kind VARCHAR NOT NULL,
  tokens INTEGER
);

CREATE TABLE percentile (name VARCHAR NOT NULL, percent DOUBLE NOT NULL);
