-- Full lists and whom each names, so that what a list says of those it does not name can be told again when an older list comes later
-- or another is withdrawn (laws C4, F3). owner: core/coverage
CREATE TABLE full_list (
  batch_id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  unit_id BIGINT NOT NULL,
  as_of TEXT NOT NULL,
  who BIGINT NOT NULL
);
-- person_id 0: a row waits, and nothing is said of anybody of that folded name. owner: core/coverage
CREATE TABLE full_named (
  batch_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  name_fold TEXT NOT NULL,
  PRIMARY KEY (batch_id, person_id, name_fold)
) /*WITHOUT ROWID*/;
