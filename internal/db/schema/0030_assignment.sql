-- Whom each team visits: every listed citizen belongs to exactly one team (KH:III.2.b). how is dealt or hand. owner: ops/canvass
CREATE TABLE assignment (
  person_id BIGINT PRIMARY KEY,
  team_id BIGINT NOT NULL,
  member_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  how TEXT NOT NULL,
  at TEXT NOT NULL
) /*WITHOUT ROWID*/;
CREATE INDEX assignment_team ON assignment(team_id, member_id);
-- Why somebody was given to another team or member by hand. owner: ops/canvass
CREATE TABLE assignment_note (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  from_team BIGINT NOT NULL,
  from_member BIGINT NOT NULL,
  to_team BIGINT NOT NULL,
  to_member BIGINT NOT NULL,
  why TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX assignment_note_person ON assignment_note(person_id);
-- A hamlet is opened, worked and closed, with who is left by name and reason (KH:III.1.c). owner: ops/canvass
CREATE TABLE round (
  unit_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  opened_day TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  closed_day TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  note TEXT NOT NULL,
  visits BIGINT NOT NULL,
  PRIMARY KEY (unit_id, n)
);
CREATE TABLE round_residue (
  unit_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  segments TEXT NOT NULL,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (unit_id, n, person_id)
);
