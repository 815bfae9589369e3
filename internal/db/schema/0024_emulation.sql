-- Rounds of emulation: the evidence and the verdicts are frozen with the thresholds they were judged by; every later state, verdict,
-- contest and decision is appended and nothing is overwritten (laws J2, J3; KH:IV.2.b, KH:V.4).
-- owner: oversight/emulation
CREATE TABLE emulation_round (
  id BIGINT PRIMARY KEY,
  tier TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  thresholds TEXT NOT NULL,
  note TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX emulation_round_day ON emulation_round(day, id);
-- owner: oversight/emulation
CREATE TABLE emulation_step (
  id BIGINT PRIMARY KEY,
  round_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX emulation_step_state ON emulation_step(round_id, state);
-- n 0 is what the rules said; a decision on a contest adds the next.
-- owner: oversight/emulation
CREATE TABLE emulation_verdict (
  round_id BIGINT NOT NULL,
  subject TEXT NOT NULL,
  n BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  frozen TEXT NOT NULL,
  contest_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (round_id, subject, n)
);
-- owner: oversight/emulation
CREATE TABLE emulation_contest (
  id BIGINT PRIMARY KEY,
  round_id BIGINT NOT NULL,
  subject TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  text TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX emulation_contest_round ON emulation_contest(round_id);
-- owner: oversight/emulation
CREATE TABLE emulation_decision (
  contest_id BIGINT PRIMARY KEY,
  outcome TEXT NOT NULL,
  class_before TEXT NOT NULL,
  class_after TEXT NOT NULL,
  why TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL
);
-- What a unit gives as causes (kind cause) and how a department proposes to handle it (kind handling); the newest counts.
-- owner: oversight/emulation
CREATE TABLE emulation_note (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  text TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX emulation_note_unit ON emulation_note(unit_id, id);
-- Who is proposed for a Giấy khen. undoes names the entry that this one takes back.
-- owner: oversight/emulation
CREATE TABLE emulation_proposal (
  id BIGINT PRIMARY KEY,
  round_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  achievement TEXT NOT NULL,
  undoes BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX emulation_proposal_round ON emulation_proposal(round_id, id);
