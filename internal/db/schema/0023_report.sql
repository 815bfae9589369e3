-- Reports of the plan's calendar: one a period and unit, its words appended and never overwritten, its versions frozen (laws D1, D2).
-- owner: oversight/report
CREATE TABLE report (
  id BIGINT PRIMARY KEY,
  period TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  submitted_at TEXT NOT NULL,
  submitted_day TEXT NOT NULL,
  accepted_at TEXT NOT NULL
);
CREATE UNIQUE INDEX report_period ON report(period, unit_id);
CREATE INDEX report_unit ON report(unit_id);
CREATE TABLE report_word (
  id BIGINT PRIMARY KEY,
  report_id BIGINT NOT NULL,
  section TEXT NOT NULL,
  text TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX report_word_report ON report_word(report_id);
CREATE TABLE report_version (
  report_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  code TEXT NOT NULL,
  why TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (report_id, n)
);
CREATE TABLE report_note (
  id BIGINT PRIMARY KEY,
  report_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  section TEXT NOT NULL,
  text TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX report_note_report ON report_note(report_id);
-- Every document that was made, with the figures and words it was made from, found by the short code printed on it (law D1).
CREATE TABLE document (
  code TEXT PRIMARY KEY,
  form TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  day TEXT NOT NULL,
  frozen TEXT NOT NULL,
  sha TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX document_unit ON document(unit_id, at);
-- An office's own layout for a kind of document; the newest one that is not withdrawn is used.
CREATE TABLE document_form (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  body BYTES NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  withdrawn_at TEXT NOT NULL
);
CREATE INDEX document_form_unit ON document_form(unit_id, kind);
