-- What was planned and done to tell people (KH:I.1, KH:III.1.a). state is planned, done, cancelled. day is when it is planned for or was
-- done. channel and audience are ids of the plan; language is "" for Vietnamese. reach is people; counted tells a count from an estimate.
-- series links the turns of a recurring plan. owner: ops/outreach
CREATE TABLE outreach_activity (
  id BIGINT PRIMARY KEY,
  office_id BIGINT NOT NULL,
  channel TEXT NOT NULL,
  audience TEXT NOT NULL,
  language TEXT NOT NULL,
  content_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  day TEXT NOT NULL,
  hour TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  reach BIGINT NOT NULL,
  counted BOOLEAN NOT NULL,
  cost BIGINT NOT NULL,
  note TEXT NOT NULL,
  series BIGINT NOT NULL,
  photos BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX outreach_activity_day ON outreach_activity(day);
CREATE INDEX outreach_activity_content ON outreach_activity(content_id);
-- Where: hamlets, or a commune or the whole place for what reaches all of it. owner: ops/outreach
CREATE TABLE outreach_place (
  activity_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  PRIMARY KEY (activity_id, unit_id)
);
CREATE INDEX outreach_place_unit ON outreach_place(unit_id);
-- Photos that show it, made anew without what the camera wrote into them, sealed. owner: ops/outreach
CREATE TABLE outreach_photo (
  id BIGINT PRIMARY KEY,
  activity_id BIGINT NOT NULL,
  sealed BYTES NOT NULL
);
CREATE INDEX outreach_photo_of ON outreach_photo(activity_id);
-- The library of texts (KH:III.1.d). state is that of its newest version: draft, submitted, approved, withdrawn. approved is the number of
-- the version that may be used, 0 for none. seed is the name of a text that came with the program, "" for none. owner: ops/outreach
CREATE TABLE outreach_content (
  id BIGINT PRIMARY KEY,
  title TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  office_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  newest BIGINT NOT NULL,
  approved BIGINT NOT NULL,
  copies BIGINT NOT NULL,
  seed TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX outreach_content_seed ON outreach_content(seed);
-- Its versions; an approved one is never changed. owner: ops/outreach
CREATE TABLE outreach_version (
  content_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_mime TEXT NOT NULL,
  sealed BYTES,
  writer BIGINT NOT NULL,
  writer_name TEXT NOT NULL,
  at TEXT NOT NULL,
  decider_name TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (content_id, version)
);
