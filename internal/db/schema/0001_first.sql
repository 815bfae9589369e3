-- One text for both engines. BYTES and WITHOUT ROWID are spelled by internal/db. Instants are RFC 3339 UTC text, days 2006-01-02 text,
-- ids int64 made by internal/id. Each table names its owner: only that package writes it.

-- owner: internal/db
CREATE TABLE trail (
  seq BIGINT PRIMARY KEY,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  verb TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  object TEXT NOT NULL,
  note TEXT NOT NULL,
  from_addr TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX trail_object ON trail(object, seq);
CREATE INDEX trail_who ON trail(who, seq);

-- owner: core/plan
CREATE TABLE campaign (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL,
  file TEXT NOT NULL,
  yaml TEXT NOT NULL,
  sha TEXT NOT NULL,
  at TEXT NOT NULL,
  current BOOLEAN NOT NULL
);

-- owner: core/territory
CREATE TABLE unit (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  tier BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  parent_id BIGINT NOT NULL,
  path TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  provisional BOOLEAN NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  households BIGINT NOT NULL
);
CREATE UNIQUE INDEX unit_code ON unit(code);
CREATE INDEX unit_parent ON unit(parent_id);
CREATE INDEX unit_path ON unit(path);
CREATE TABLE unit_succession (
  day TEXT NOT NULL,
  from_id BIGINT NOT NULL,
  to_id BIGINT NOT NULL,
  basis TEXT NOT NULL,
  PRIMARY KEY (day, from_id, to_id)
);
CREATE TABLE office (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL
);
CREATE UNIQUE INDEX office_name ON office(unit_id, name_fold);

-- owner: core/access
CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  office_id BIGINT NOT NULL,
  password TEXT NOT NULL,
  must_change BOOLEAN NOT NULL,
  totp_sealed TEXT NOT NULL,
  totp_on BOOLEAN NOT NULL,
  totp_last BIGINT NOT NULL,
  disabled BOOLEAN NOT NULL,
  failures BIGINT NOT NULL,
  locked_until TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX account_login ON account(login);
CREATE TABLE role_grant (
  account_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  PRIMARY KEY (account_id, role, unit_id)
);
CREATE TABLE session (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  from_addr TEXT NOT NULL,
  agent TEXT NOT NULL,
  passed_totp BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX session_token ON session(token_hash);
CREATE INDEX session_account ON session(account_id);

-- owner: core/intake
CREATE TABLE file (
  id BIGINT PRIMARY KEY,
  sha TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  at TEXT NOT NULL,
  who BIGINT NOT NULL
);
CREATE INDEX file_sha ON file(sha);
CREATE TABLE file_chunk (
  file_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  sealed BYTES NOT NULL,
  PRIMARY KEY (file_id, n)
);
CREATE TABLE batch (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  source_key TEXT NOT NULL,
  mapping TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  as_of TEXT NOT NULL,
  state TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  withdrawn_at TEXT NOT NULL,
  sum_rows BIGINT NOT NULL,
  sum_new BIGINT NOT NULL,
  sum_changed BIGINT NOT NULL,
  sum_same BIGINT NOT NULL,
  sum_held BIGINT NOT NULL,
  sum_refused BIGINT NOT NULL,
  female BIGINT NOT NULL,
  male BIGINT NOT NULL,
  gender_unknown BIGINT NOT NULL,
  refused TEXT NOT NULL,
  reading TEXT NOT NULL
);
CREATE INDEX batch_created ON batch(created_at);
CREATE INDEX batch_file ON batch(file_id);
CREATE TABLE batch_row (
  id BIGINT PRIMARY KEY,
  batch_id BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  sheet_name TEXT NOT NULL,
  row_no BIGINT NOT NULL,
  col_name TEXT NOT NULL,
  verdict TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  suggestion TEXT NOT NULL,
  payload_sealed TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  settled_by BIGINT NOT NULL,
  settled_at TEXT NOT NULL,
  settled_as TEXT NOT NULL
);
CREATE INDEX batch_row_batch ON batch_row(batch_id, verdict, sheet, row_no);
CREATE TABLE mapping (
  source_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  mapping TEXT NOT NULL,
  who BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (source_key)
);

-- owner: core/people
CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  number_sealed TEXT NOT NULL,
  number_ix BIGINT,
  number_tail TEXT NOT NULL,
  old_sealed TEXT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  birth TEXT NOT NULL,
  gender TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  phone_sealed TEXT NOT NULL,
  phone_ix BIGINT,
  address TEXT NOT NULL,
  ethnic TEXT NOT NULL,
  household TEXT NOT NULL,
  relation TEXT NOT NULL,
  note TEXT NOT NULL,
  source BIGINT NOT NULL,
  as_of TEXT NOT NULL,
  batch_id BIGINT NOT NULL,
  batch_row BIGINT NOT NULL,
  prov TEXT NOT NULL,
  state TEXT NOT NULL,
  merged_into BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_number ON person(number_ix) WHERE state = 'live';
CREATE INDEX person_phone ON person(phone_ix);
CREATE INDEX person_unit ON person(unit_id, name_sort, id);
CREATE INDEX person_key ON person(name_fold, birth);
CREATE INDEX person_unnumbered ON person(name_fold) WHERE number_ix IS NULL;
CREATE INDEX person_batch ON person(batch_id);
CREATE TABLE person_name (
  suffix TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (suffix, person_id)
) /*WITHOUT ROWID*/;
CREATE TABLE person_attr (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  attr TEXT NOT NULL,
  value TEXT NOT NULL,
  source BIGINT NOT NULL,
  as_of TEXT NOT NULL,
  batch_id BIGINT NOT NULL,
  batch_row BIGINT NOT NULL,
  at TEXT NOT NULL,
  who BIGINT NOT NULL,
  voided BOOLEAN NOT NULL
);
CREATE INDEX person_attr_person ON person_attr(person_id);
CREATE INDEX person_attr_batch ON person_attr(batch_id);
CREATE TABLE person_fact (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  evidence TEXT NOT NULL,
  source BIGINT NOT NULL,
  as_of TEXT NOT NULL,
  batch_id BIGINT NOT NULL,
  batch_row BIGINT NOT NULL,
  at TEXT NOT NULL,
  asked_by BIGINT NOT NULL,
  approved_by BIGINT NOT NULL,
  approved_at TEXT NOT NULL,
  state TEXT NOT NULL
);
CREATE INDEX person_fact_person ON person_fact(person_id);
CREATE INDEX person_fact_batch ON person_fact(batch_id);
CREATE INDEX person_fact_state ON person_fact(state, at);
CREATE TABLE person_merge (
  id BIGINT PRIMARY KEY,
  kept_id BIGINT NOT NULL,
  gone_id BIGINT NOT NULL,
  why TEXT NOT NULL,
  who BIGINT NOT NULL,
  at TEXT NOT NULL,
  undone_at TEXT NOT NULL,
  undone_by BIGINT NOT NULL
);
CREATE INDEX person_merge_kept ON person_merge(kept_id);
CREATE INDEX person_merge_gone ON person_merge(gone_id);

-- owner: core/coverage
CREATE TABLE event (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  coverage TEXT NOT NULL,
  state TEXT NOT NULL,
  level TEXT NOT NULL,
  day TEXT NOT NULL,
  as_of TEXT NOT NULL,
  source BIGINT NOT NULL,
  evidence TEXT NOT NULL,
  team_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  batch_row BIGINT NOT NULL,
  at TEXT NOT NULL,
  void_why TEXT NOT NULL,
  void_by BIGINT NOT NULL,
  void_at TEXT NOT NULL
);
CREATE INDEX event_person ON event(person_id);
CREATE INDEX event_batch ON event(batch_id);
CREATE TABLE discrepancy (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  coverage TEXT NOT NULL,
  claim_id BIGINT NOT NULL,
  denial_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  state TEXT NOT NULL
);
CREATE UNIQUE INDEX discrepancy_claim ON discrepancy(claim_id);
CREATE INDEX discrepancy_unit ON discrepancy(unit_id, state);

-- owner: oversight/tally
CREATE TABLE person_roll (
  person_id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  profile_id BIGINT NOT NULL,
  path TEXT NOT NULL,
  next_day TEXT NOT NULL
);
CREATE INDEX person_roll_profile ON person_roll(profile_id, unit_id);
CREATE INDEX person_roll_next ON person_roll(next_day) WHERE next_day <> '';
CREATE TABLE profile (
  id BIGINT PRIMARY KEY,
  series TEXT NOT NULL
);
CREATE UNIQUE INDEX profile_series ON profile(series);
CREATE TABLE roll_state (
  id BIGINT PRIMARY KEY,
  plan_sha TEXT NOT NULL,
  horizon TEXT NOT NULL
);
CREATE TABLE roll_day (
  unit_id BIGINT NOT NULL,
  series TEXT NOT NULL,
  day TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (unit_id, series, day)
) /*WITHOUT ROWID*/;
CREATE TABLE roll_now (
  unit_id BIGINT NOT NULL,
  series TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (unit_id, series)
) /*WITHOUT ROWID*/;

-- owner: ops/canvass
CREATE TABLE team (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  office_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  capacity BIGINT NOT NULL,
  rest_weekdays TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  batch_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_name ON team(unit_id, name_fold);
CREATE TABLE team_member (
  id BIGINT PRIMARY KEY,
  team_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  phone_sealed TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  batch_id BIGINT NOT NULL
);
CREATE INDEX team_member_team ON team_member(team_id);

-- owner: ops/allotment
CREATE TABLE target_given (
  unit_id BIGINT NOT NULL,
  target TEXT NOT NULL,
  n BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (unit_id, target)
);
CREATE TABLE quota (
  unit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  target TEXT NOT NULL,
  day TEXT NOT NULL,
  n BIGINT NOT NULL,
  by_hand BOOLEAN NOT NULL,
  PRIMARY KEY (unit_id, team_id, target, day)
);
CREATE INDEX quota_day ON quota(day, target);
CREATE TABLE quota_run (
  id BIGINT PRIMARY KEY,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  who BIGINT NOT NULL,
  note TEXT NOT NULL
);
