-- What does the evidence hold?
CREATE TABLE source (
  id VARCHAR PRIMARY KEY,
  title VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  url VARCHAR NOT NULL,
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

CREATE TABLE series (
  id VARCHAR PRIMARY KEY,
  label VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  place VARCHAR NOT NULL
);

-- One row a field of a series card; text is NULL where the source does not state it.
CREATE TABLE setting (
  series VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  field VARCHAR NOT NULL,
  text VARCHAR,
  number DOUBLE,
  PRIMARY KEY (series, field)
);

-- One row a printed value. half_width is half a unit of the last printed digit.
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

-- One row a number stated in a source's prose.
CREATE TABLE statement (
  id VARCHAR PRIMARY KEY,
  value DOUBLE NOT NULL,
  half_width DOUBLE NOT NULL,
  unit VARCHAR NOT NULL,
  quote VARCHAR NOT NULL,
  place VARCHAR NOT NULL,
  source VARCHAR NOT NULL
);
