-- What changed for phones, hamlet by hamlet: seq grows with every change, so that a phone asks for what came after the last it has. Only
-- hamlets that a phone holds are written. owner: oversight/worklist
CREATE TABLE field_log (
  unit_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (unit_id, seq, person_id)
) /*WITHOUT ROWID*/;
-- The last seq given, and the highest that was cleared away: a phone that asks from before it copies its list anew. owner: oversight/worklist
CREATE TABLE field_head (
  id BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL,
  cleared BIGINT NOT NULL
);
-- A printed list, so that what was ticked on paper is entered later in one go, in the order in which it was printed. owner: oversight/worklist
CREATE TABLE work_sheet (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  day TEXT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX work_sheet_code ON work_sheet(code);
CREATE TABLE work_sheet_row (
  sheet_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  PRIMARY KEY (sheet_id, n)
);
