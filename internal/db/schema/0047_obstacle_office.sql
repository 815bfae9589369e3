-- Which office answers an obstacle (KH:VI): by the plan's rule for its kind, or as somebody passed it on; 0 for the level alone.
-- owner: ops/obstacles
ALTER TABLE obstacle ADD COLUMN office_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX obstacle_office ON obstacle(office_id, state);
