-- Communes' own plans (KH:V.6), a row for each version. state is draft, issued, replaced, withdrawn; spec is the plan as YAML, never changed
-- once issued. revision counts the savings of a draft, so that two people do not write over one another. owner: oversight/localplan
CREATE TABLE local_plan (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  spec TEXT NOT NULL,
  revision BIGINT NOT NULL,
  why TEXT NOT NULL,
  writer_name TEXT NOT NULL,
  at TEXT NOT NULL,
  issued_name TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  issued_day TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  ended_name TEXT NOT NULL
);
CREATE UNIQUE INDEX local_plan_version ON local_plan(unit_id, version);
