-- Officials by agency (an office of core/territory), with what their agencies said of them (KH:IV.1.c). person_id is 0 while the register
-- record is not known; said holds the conditions that the agency's list declares: sim, phone. A row whose list was withdrawn has void_at.
-- owner: ops/officials
CREATE TABLE official (
  id BIGINT PRIMARY KEY,
  office_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  birth TEXT NOT NULL,
  position TEXT NOT NULL,
  number_sealed TEXT NOT NULL,
  number_ix BIGINT,
  phone_sealed TEXT NOT NULL,
  said TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  batch_row BIGINT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  at TEXT NOT NULL,
  void_at TEXT NOT NULL
);
CREATE INDEX official_office ON official(office_id, name_sort, id);
CREATE INDEX official_number ON official(number_ix);
CREATE INDEX official_person ON official(person_id);
CREATE INDEX official_batch ON official(batch_id);
CREATE UNIQUE INDEX official_account ON official(account_id) WHERE account_id <> 0 AND void_at = '';
-- What an official's batch changed on a row that was there before it, so that withdrawing it gives the old value back (law F3).
-- owner: ops/officials
CREATE TABLE official_change (
  id BIGINT PRIMARY KEY,
  official_id BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  attr TEXT NOT NULL,
  was TEXT NOT NULL,
  becomes TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX official_change_batch ON official_change(batch_id);
-- Dated statements that somebody signed in to a public-service portal with the e-ID account: claimed, verified by somebody else with a
-- document, or confirmed by an extract (law C2). portal is national or provincial. owner: ops/officials
CREATE TABLE official_portal (
  id BIGINT PRIMARY KEY,
  official_id BIGINT NOT NULL,
  portal TEXT NOT NULL,
  level TEXT NOT NULL,
  day TEXT NOT NULL,
  evidence TEXT NOT NULL,
  who BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  void_at TEXT NOT NULL
);
CREATE INDEX official_portal_of ON official_portal(official_id);
CREATE INDEX official_portal_batch ON official_portal(batch_id);
-- Whom an official guided: a citizen is credited once, to one official (KH:IV.1.d). what is install, level1, level2 or sim.
-- owner: ops/officials
CREATE TABLE credit (
  id BIGINT PRIMARY KEY,
  official_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  what TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  consent BOOLEAN NOT NULL,
  who BIGINT NOT NULL,
  void_why TEXT NOT NULL,
  void_by BIGINT NOT NULL,
  void_at TEXT NOT NULL
);
CREATE UNIQUE INDEX credit_person ON credit(person_id) WHERE void_at = '';
CREATE INDEX credit_official ON credit(official_id, day);
