-- What a list of units did, so that the list can be withdrawn (law F3). owner: core/territory, written by the list's applier in app
CREATE TABLE unit_brought (
  batch_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  was TEXT NOT NULL,
  PRIMARY KEY (batch_id, unit_id)
);
