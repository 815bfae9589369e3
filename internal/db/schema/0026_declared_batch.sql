-- Totals by unit of an official system stand beside what units declare; they are withdrawn with their list. owner: oversight/reconcile
ALTER TABLE declared ADD COLUMN batch_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX declared_batch ON declared(batch_id);
