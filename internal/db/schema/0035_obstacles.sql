-- What stands in the way of the work (KH:VI). state is open, answered, closed; level is who owes the answer: commune or district.
-- owner: ops/obstacles
CREATE TABLE obstacle (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  category TEXT NOT NULL,
  text TEXT NOT NULL,
  people BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  device_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  due_day TEXT NOT NULL,
  level TEXT NOT NULL,
  state TEXT NOT NULL,
  photo BOOLEAN NOT NULL
);
CREATE INDEX obstacle_unit ON obstacle(unit_id, state, due_day);
-- What was said of it: sent, answered, escalated, closed, opened again. owner: ops/obstacles
CREATE TABLE obstacle_step (
  id BIGINT PRIMARY KEY,
  obstacle_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX obstacle_step_of ON obstacle_step(obstacle_id);
-- The photo of an obstacle, made anew without what the camera wrote into it, sealed. owner: ops/obstacles
CREATE TABLE obstacle_photo (
  obstacle_id BIGINT PRIMARY KEY,
  sealed BYTES NOT NULL
);
-- Answers that serve again, found by words without marks. owner: ops/obstacles
CREATE TABLE answer_book (
  id BIGINT PRIMARY KEY,
  category TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  folded TEXT NOT NULL,
  obstacle_id BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
