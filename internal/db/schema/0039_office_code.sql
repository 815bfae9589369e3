-- What the plan calls an office: duties, orders and funds are told by it (law T3, KH:V). owner: core/territory
ALTER TABLE office ADD COLUMN code TEXT NOT NULL DEFAULT '';
