-- An application's way (KH:III.3.d). state, since, confirmed and reason are the last stay of the path that dossier_step tells; code is
-- what its owner looks it up by. follows is the rejected dossier that this one does again. unit_id is where the person lived when it was
-- taken. owner: ops/dossier
CREATE TABLE dossier (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  point_id BIGINT NOT NULL,
  session_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL,
  since TEXT NOT NULL,
  confirmed BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  batch_id BIGINT NOT NULL,
  follows BIGINT NOT NULL,
  followed BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX dossier_code ON dossier(code);
CREATE INDEX dossier_person ON dossier(person_id);
CREATE INDEX dossier_unit ON dossier(unit_id, state, since);
CREATE INDEX dossier_batch ON dossier(batch_id);
-- Every step, those taken back too; nothing in it is ever removed (law C4). event_id is the claim written with it, or the extract's event
-- that showed it. owner: ops/dossier
CREATE TABLE dossier_step (
  id BIGINT PRIMARY KEY,
  dossier_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  extract BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  batch_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  void_at TEXT NOT NULL,
  void_why TEXT NOT NULL
);
CREATE INDEX dossier_step_of ON dossier_step(dossier_id);
-- How the number of dossiers in a state changed on a day, so that any past day can be told (law C5). owner: ops/dossier
CREATE TABLE dossier_sum (
  unit_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (unit_id, state, day)
);
-- A batch sent to the Ministry's department with its receipt. owner: ops/dossier
CREATE TABLE transmission (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  receipt TEXT NOT NULL,
  note TEXT NOT NULL,
  n BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  withdrawn_at TEXT NOT NULL,
  withdrawn_why TEXT NOT NULL,
  withdrawn_name TEXT NOT NULL
);
CREATE INDEX transmission_unit ON transmission(unit_id, day);
