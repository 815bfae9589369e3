-- What operators offer (KH:III.1.b): a device, a SIM or a signature at a price in đồng in a period. file_name is "" without a document.
-- owner: ops/aid
CREATE TABLE aid_offer (
  id BIGINT PRIMARY KEY,
  office_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  price BIGINT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  conditions TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_mime TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  withdrawn_at TEXT NOT NULL,
  withdrawn_why TEXT NOT NULL
);
CREATE INDEX aid_offer_office ON aid_offer(office_id);
-- The document of an offer, sealed. owner: ops/aid
CREATE TABLE aid_offer_file (
  offer_id BIGINT PRIMARY KEY,
  sealed BYTES NOT NULL
);
-- How many pieces of an offer are left at a place: a commune or the district. An offer without a row has no bound. owner: ops/aid
CREATE TABLE aid_stock (
  offer_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (offer_id, unit_id)
);
-- An order of one person (KH:III.2.c). state and since are the last step of aid_step that was not taken back; office_id 0 while no operator
-- was chosen, offer_id 0 for any offer of that kind. stock_unit is where the piece handed over was taken from; serial its last characters
-- only; received is self or relative. denied_day is the extract's that contradicts the hand-over, "" for none. owner: ops/aid
CREATE TABLE aid_order (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  offer_id BIGINT NOT NULL,
  office_id BIGINT NOT NULL,
  price BIGINT NOT NULL,
  consent_name TEXT NOT NULL,
  consent_at TEXT NOT NULL,
  source TEXT NOT NULL,
  visit_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  since TEXT NOT NULL,
  day TEXT NOT NULL,
  receipt TEXT NOT NULL,
  received TEXT NOT NULL,
  serial TEXT NOT NULL,
  stock_unit BIGINT NOT NULL,
  denied_day TEXT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX aid_order_person ON aid_order(person_id);
CREATE INDEX aid_order_unit ON aid_order(unit_id, state, since);
CREATE INDEX aid_order_office ON aid_order(office_id, state);
CREATE INDEX aid_order_visit ON aid_order(visit_id);
-- Every step of an order, those taken back too (law C4). event_id is the claim written with it, or the extract's event that confirmed it.
-- owner: ops/aid
CREATE TABLE aid_step (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  note TEXT NOT NULL,
  extract BOOLEAN NOT NULL,
  event_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  void_at TEXT NOT NULL,
  void_why TEXT NOT NULL
);
CREATE INDEX aid_step_of ON aid_step(order_id);
-- What was done once: the orders of visits from before there were orders. owner: ops/aid
CREATE TABLE aid_mark (
  name TEXT PRIMARY KEY,
  at TEXT NOT NULL
);
