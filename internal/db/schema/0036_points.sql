-- What takes dossiers: a camera, a fingerprint reader, a computer and who works them (KH:III.3.a). owner: ops/points
CREATE TABLE kit (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  capacity BIGINT NOT NULL,
  staff BIGINT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL
);
CREATE UNIQUE INDEX kit_name ON kit(unit_id, name_fold);
-- Where dossiers are taken, with its host (KH:III.3.a, KH:III.3.e). Zero coordinates are not known. owner: ops/points
CREATE TABLE point (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  kind TEXT NOT NULL,
  host_kind TEXT NOT NULL,
  host TEXT NOT NULL,
  address TEXT NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  accessible BOOLEAN NOT NULL,
  host_days TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL
);
CREATE UNIQUE INDEX point_name ON point(unit_id, name_fold);
-- One kit at one point on one day. A session that is moved is cancelled and names its successor by that one's moved_from. owner: ops/points
CREATE TABLE point_session (
  id BIGINT PRIMARY KEY,
  point_id BIGINT NOT NULL,
  kit_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  from_hour TEXT NOT NULL,
  until_hour TEXT NOT NULL,
  quota BIGINT NOT NULL,
  state TEXT NOT NULL,
  moved_from BIGINT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  locked BOOLEAN NOT NULL,
  planned BOOLEAN NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX point_session_day ON point_session(day);
CREATE INDEX point_session_kit ON point_session(kit_id, day);
CREATE INDEX point_session_point ON point_session(point_id, day);
-- Pupils and workers that a host named, matched with the register: person_id 0 while nobody fits (law P4). owner: ops/points
CREATE TABLE host_person (
  id BIGINT PRIMARY KEY,
  point_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  row_no BIGINT NOT NULL,
  name TEXT NOT NULL,
  birth TEXT NOT NULL,
  number_sealed TEXT NOT NULL,
  group_name TEXT NOT NULL,
  verdict TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX host_person_point ON host_person(point_id);
-- Who is asked to come to which session (KH:III.3.b, KH:III.3.c). Walk-ins are rows too: channel 'walkin', person_id 0 for somebody
-- who is not in the register. Nobody has two open ones. owner: ops/points
CREATE TABLE invitation (
  id BIGINT PRIMARY KEY,
  session_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  house TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  code TEXT NOT NULL,
  n BIGINT NOT NULL,
  told BOOLEAN NOT NULL,
  at TEXT NOT NULL,
  came_at TEXT NOT NULL
);
CREATE UNIQUE INDEX invitation_open ON invitation(person_id) WHERE person_id <> 0 AND state IN ('invited', 'confirmed');
CREATE UNIQUE INDEX invitation_code ON invitation(session_id, code);
CREATE INDEX invitation_session ON invitation(session_id, n);
CREATE INDEX invitation_person ON invitation(person_id);
-- A draft of the mobile kits' route: what it was asked and what it answers, as JSON. One is accepted or it is thrown away. owner: ops/points
CREATE TABLE route_draft (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  state TEXT NOT NULL,
  ask TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE INDEX route_draft_unit ON route_draft(unit_id, at);
-- Distances between units by road in kilometres where somebody measured them. owner: ops/points
CREATE TABLE route_distance (
  from_unit BIGINT NOT NULL,
  to_unit BIGINT NOT NULL,
  km DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (from_unit, to_unit)
);
