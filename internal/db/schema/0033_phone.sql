-- Phones of teams (law O3). A phone is known by the hash of its token; escrow is the server's own key to the phone's data key, so that
-- what waits on a locked phone can be opened again after enrolling anew. owner: core/access
CREATE TABLE device (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  member_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  team_name TEXT NOT NULL,
  leads BOOLEAN NOT NULL,
  token_hash TEXT NOT NULL,
  escrow_sealed TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  until TEXT NOT NULL,
  revoked_at TEXT NOT NULL,
  revoked_by BIGINT NOT NULL
);
CREATE UNIQUE INDEX device_token ON device(token_hash);
CREATE INDEX device_member ON device(member_id);
CREATE TABLE device_unit (
  device_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  PRIMARY KEY (device_id, unit_id)
);
-- Codes by which a leader lets a phone in: once, for a quarter of an hour. owner: core/access
CREATE TABLE enrol_code (
  code_hash TEXT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  member_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  team_name TEXT NOT NULL,
  leads BOOLEAN NOT NULL,
  units TEXT NOT NULL,
  who BIGINT NOT NULL,
  until TEXT NOT NULL,
  used_at TEXT NOT NULL
);
-- Everything that phones sent, with its verdict (laws O1, O2). payload is kept sealed while a person must decide. owner: ops/canvass
CREATE TABLE field_item (
  id BIGINT PRIMARY KEY,
  device_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  recorded TEXT NOT NULL,
  verdict TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  payload_sealed TEXT NOT NULL,
  state TEXT NOT NULL,
  settled_by BIGINT NOT NULL,
  settled_at TEXT NOT NULL,
  settled_as TEXT NOT NULL,
  settled_person BIGINT NOT NULL
);
CREATE INDEX field_item_waiting ON field_item(unit_id, at) WHERE state = 'waiting';
CREATE INDEX field_item_person ON field_item(person_id) WHERE state = 'waiting';
