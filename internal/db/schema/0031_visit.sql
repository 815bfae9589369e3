-- Every contact at the door (KH:III.2.e), never changed; a wrong one is voided with its claims (law C4). claims, helpers and orders are
-- lists spelled in text; skew_min is by how much the recording clock was put right. owner: ops/canvass
CREATE TABLE visit (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  member_id BIGINT NOT NULL,
  device_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  return_day TEXT NOT NULL,
  part TEXT NOT NULL,
  claims TEXT NOT NULL,
  orders TEXT NOT NULL,
  helpers TEXT NOT NULL,
  lang TEXT NOT NULL,
  note TEXT NOT NULL,
  skew_min BIGINT NOT NULL,
  recorded TEXT NOT NULL,
  void_why TEXT NOT NULL,
  void_by BIGINT NOT NULL,
  void_at TEXT NOT NULL
);
CREATE INDEX visit_person ON visit(person_id);
CREATE INDEX visit_team ON visit(team_id, day);
CREATE INDEX visit_unit ON visit(unit_id, day);
-- Where somebody stands at the door: the fold of the visits that are not void, whatever their order of arrival. owner: ops/canvass
CREATE TABLE contact_now (
  person_id BIGINT PRIMARY KEY,
  visit_id BIGINT NOT NULL,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  day TEXT NOT NULL,
  return_day TEXT NOT NULL,
  part TEXT NOT NULL,
  lang TEXT NOT NULL,
  tries BIGINT NOT NULL,
  orders TEXT NOT NULL,
  team_id BIGINT NOT NULL
) /*WITHOUT ROWID*/;
-- Photos of visits, made anew without what the camera wrote into them, sealed (law R3). owner: ops/canvass
CREATE TABLE visit_photo (
  id BIGINT PRIMARY KEY,
  visit_id BIGINT NOT NULL,
  sealed BYTES NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX visit_photo_visit ON visit_photo(visit_id);
