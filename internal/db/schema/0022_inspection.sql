-- Inspections: planned with a seed, then drawn from a frame that is frozen, then closed with a frozen estimate (law J1).
-- The seed stands with its instant before the frame does. estimate is JSON, written once at closing.
-- owner: oversight/inspection
CREATE TABLE inspection (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  coverage TEXT NOT NULL,
  reached TEXT NOT NULL,
  conf DOUBLE PRECISION NOT NULL,
  margin DOUBLE PRECISION NOT NULL,
  expected DOUBLE PRECISION NOT NULL,
  note TEXT NOT NULL,
  seed TEXT NOT NULL,
  seed_at TEXT NOT NULL,
  state TEXT NOT NULL,
  frame_at TEXT NOT NULL,
  frame BIGINT NOT NULL,
  frame_sha TEXT NOT NULL,
  sample BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  drawn_name TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  closed_day TEXT NOT NULL,
  closed_name TEXT NOT NULL,
  estimate TEXT NOT NULL
);
CREATE INDEX inspection_unit ON inspection(unit_id, seed_at);
-- The frozen frame, hamlet by hamlet: ids are the persons' ids as text, sorted, one a line. owner: oversight/inspection
CREATE TABLE inspection_stratum (
  inspection_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  frame BIGINT NOT NULL,
  sample BIGINT NOT NULL,
  ids TEXT NOT NULL,
  PRIMARY KEY (inspection_id, code)
);
-- Who was drawn, in the order of drawing within the stratum; result is the last one recorded. owner: oversight/inspection
CREATE TABLE inspection_item (
  inspection_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  result TEXT NOT NULL,
  event_id BIGINT NOT NULL,
  PRIMARY KEY (inspection_id, person_id)
);
CREATE INDEX inspection_item_person ON inspection_item(person_id);
-- Every recording, the corrections too; nothing in it is ever changed. owner: oversight/inspection
CREATE TABLE inspection_result (
  id BIGINT PRIMARY KEY,
  inspection_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  result TEXT NOT NULL,
  note TEXT NOT NULL,
  why TEXT NOT NULL,
  photo TEXT NOT NULL,
  event_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX inspection_result_n ON inspection_result(inspection_id, person_id, n);
-- Evidence photos, sealed (law R3). owner: oversight/inspection
CREATE TABLE inspection_photo (
  result_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  sealed BYTES NOT NULL,
  PRIMARY KEY (result_id, n)
);
