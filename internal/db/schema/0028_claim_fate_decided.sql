-- Most claims wait, and each recording wrote the index for it: only what extracts have decided is looked for by unit.
DROP INDEX claim_fate_unit;
CREATE INDEX claim_fate_unit ON claim_fate(unit_id, fate, day) WHERE fate <> 'pending';
