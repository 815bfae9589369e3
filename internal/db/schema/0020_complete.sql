-- A full extract says something of those it does not name as well; a partial one does not. Asked at import, remembered for the source.
-- owner: core/intake
ALTER TABLE batch ADD COLUMN complete TEXT NOT NULL DEFAULT '';
ALTER TABLE batch ADD COLUMN sum_unnamed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mapping ADD COLUMN complete TEXT NOT NULL DEFAULT '';
