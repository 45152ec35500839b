-- What does the evidence hold?
CREATE TABLE source (
  id VARCHAR PRIMARY KEY,
  title VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  url VARCHAR,
  date VARCHAR,
  note VARCHAR NOT NULL
);

CREATE TABLE metric (
  id VARCHAR PRIMARY KEY,
  name VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  definition VARCHAR NOT NULL,
  source VARCHAR NOT NULL
);

-- incomparable says why the system throughput of a series cannot be compared with others; NULL if it can.
-- live says whether its card has flags to measure it with.
CREATE TABLE series (
  id VARCHAR PRIMARY KEY,
  label VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  place VARCHAR NOT NULL,
  incomparable VARCHAR,
  live BOOLEAN NOT NULL
);

-- One row for each field of a series card; text is NULL if the source does not state it. place is the line in the
-- source if known, otherwise the card's place.
CREATE TABLE setting (
  series VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  field VARCHAR NOT NULL,
  text VARCHAR,
  number DOUBLE,
  place VARCHAR NOT NULL,
  PRIMARY KEY (series, field)
);

-- One row for each printed value. half_width is half a unit of the last printed digit.
CREATE TABLE printed (
  document_table VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  series VARCHAR NOT NULL,
  baseline VARCHAR,
  metric VARCHAR NOT NULL,
  concurrency INTEGER NOT NULL,
  value DOUBLE NOT NULL,
  half_width DOUBLE NOT NULL,
  unit VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  place VARCHAR NOT NULL
);

-- One row for each number stated in a source's prose.
CREATE TABLE statement (
  id VARCHAR PRIMARY KEY,
  value DOUBLE NOT NULL,
  half_width DOUBLE NOT NULL,
  unit VARCHAR NOT NULL,
  quote VARCHAR NOT NULL,
  place VARCHAR NOT NULL,
  source VARCHAR NOT NULL
);

CREATE TABLE hardware (id VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, product VARCHAR NOT NULL);

-- One row for each number that a source states about a GPU; the end of the field's name gives the unit.
CREATE TABLE hardware_spec (
  hardware VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  value DOUBLE NOT NULL,
  unit VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  place VARCHAR NOT NULL,
  PRIMARY KEY (hardware, field)
);

CREATE TABLE model (id VARCHAR PRIMARY KEY, label VARCHAR NOT NULL, source VARCHAR NOT NULL, place VARCHAR NOT NULL);

-- One row for each field of a model's config.json that is a number, a boolean (1 or 0), or a text, whose value is NULL.
CREATE TABLE model_config (
  model VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  value DOUBLE,
  text VARCHAR NOT NULL,
  PRIMARY KEY (model, field)
);

CREATE TABLE model_stated (
  model VARCHAR NOT NULL,
  id VARCHAR NOT NULL,
  value DOUBLE NOT NULL,
  unit VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  place VARCHAR NOT NULL
);

-- How a checkpoint stores the weights of its model. group_size is NULL if weights share no scale; gate_bits and
-- draft_projection_bits are NULL if the model card does not state them.
CREATE TABLE model_checkpoint (
  id VARCHAR PRIMARY KEY,
  model VARCHAR NOT NULL,
  label VARCHAR NOT NULL,
  quantisation VARCHAR NOT NULL,
  bits DOUBLE NOT NULL,
  group_size DOUBLE,
  scale_bits DOUBLE NOT NULL,
  zero_bits DOUBLE NOT NULL,
  unconverted_bits DOUBLE NOT NULL,
  gate_bits DOUBLE,
  gate_replicated BOOLEAN,
  draft_projection_bits DOUBLE,
  draft_projection_replicated BOOLEAN,
  includes_draft BOOLEAN NOT NULL,
  source VARCHAR NOT NULL,
  place VARCHAR NOT NULL
);

-- The modules that a checkpoint leaves unquantised.
CREATE TABLE unconverted_module (checkpoint_id VARCHAR NOT NULL, module VARCHAR NOT NULL);

-- What a build knows of each live series when it makes the pages; empty in the file that the site ships. day is
-- that of the build, age that of the newest run.
CREATE TABLE live_build (
  series VARCHAR PRIMARY KEY,
  is_measured BOOLEAN NOT NULL,
  is_stale BOOLEAN NOT NULL,
  age VARCHAR NOT NULL,
  day VARCHAR NOT NULL
);
