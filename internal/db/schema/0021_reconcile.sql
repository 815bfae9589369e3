-- What became of every claim (law C6), kept before the commit that changes it. event_id is the claim, or the extract's own event for
-- somebody found without a claim. path is the fate day by day ("2024-04-20p2024-05-02d"); fate is its last.
-- owner: oversight/reconcile
CREATE TABLE claim_fate (
  person_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  coverage TEXT NOT NULL,
  state TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  fate TEXT NOT NULL,
  fated_day TEXT NOT NULL,
  by_event BIGINT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (person_id, event_id)
) /*WITHOUT ROWID*/;
CREATE INDEX claim_fate_unit ON claim_fate(unit_id, fate, day);
-- Sums of the fates: n is what day changed, so that every past day can be told (law C5); claimed is the claims' own day.
-- owner: oversight/reconcile
CREATE TABLE claim_sum (
  unit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  coverage TEXT NOT NULL,
  claimed TEXT NOT NULL,
  fate TEXT NOT NULL,
  day TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (unit_id, team_id, coverage, claimed, fate, day)
) /*WITHOUT ROWID*/;
-- A claim that an extract denies is asked about: whose it is, the answer, the verdict. ruling is the verdict's reason code.
-- owner: oversight/reconcile
CREATE TABLE claim_case (
  claim_id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  coverage TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  denial_id BIGINT NOT NULL,
  opened_at TEXT NOT NULL,
  due_day TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  answered_by BIGINT NOT NULL,
  ruling TEXT NOT NULL,
  wait_until TEXT NOT NULL,
  decided_by BIGINT NOT NULL,
  closed_at TEXT NOT NULL
);
CREATE INDEX claim_case_unit ON claim_case(unit_id, state);
CREATE INDEX claim_case_person ON claim_case(person_id);
-- owner: oversight/reconcile
CREATE TABLE case_step (
  id BIGINT PRIMARY KEY,
  claim_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  wait_until TEXT NOT NULL,
  photo TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX case_step_claim ON case_step(claim_id);
-- Photos that answers rest on, sealed (law R3). owner: oversight/reconcile
CREATE TABLE case_photo (
  step_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  sealed BYTES NOT NULL,
  PRIMARY KEY (step_id, n)
);
-- What units declare by themselves, by text message or on paper (law D2). owner: oversight/reconcile
CREATE TABLE declared (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  target TEXT NOT NULL,
  day TEXT NOT NULL,
  done BIGINT NOT NULL,
  whole BIGINT NOT NULL,
  percent TEXT NOT NULL,
  source TEXT NOT NULL,
  note TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  void_why TEXT NOT NULL,
  void_by BIGINT NOT NULL,
  void_at TEXT NOT NULL
);
CREATE INDEX declared_unit ON declared(unit_id, day);
