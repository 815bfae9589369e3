-- Everything that target tables ever said, so that withdrawing one restores what stood before (law F3). target_given is its newest
-- row that is not void. owner: ops/allotment
CREATE TABLE target_told (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  target TEXT NOT NULL,
  n BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  at TEXT NOT NULL,
  voided BOOLEAN NOT NULL
);
CREATE INDEX target_told_batch ON target_told(batch_id);
