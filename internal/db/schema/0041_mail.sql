-- Where an account wants its letters sent, and whether it does; set by the account itself. The address is sealed (law R3).
-- owner: oversight/lead
CREATE TABLE account_mail (
  account_id BIGINT PRIMARY KEY,
  address_sealed TEXT NOT NULL,
  wants BOOLEAN NOT NULL,
  at TEXT NOT NULL
);
-- Letters to send and sent: one of a kind to an account on a day, whatever happens to the program or the server. state is waiting, sent,
-- none (there was nothing to say), failed or stale (the day ended first). next_at is when it may be tried; error why it was not taken.
-- owner: oversight/lead
CREATE TABLE mail_out (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at TEXT NOT NULL,
  error TEXT NOT NULL,
  tasks BIGINT NOT NULL,
  at TEXT NOT NULL,
  sent_at TEXT NOT NULL
);
CREATE UNIQUE INDEX mail_out_once ON mail_out(account_id, day, kind);
CREATE INDEX mail_out_waiting ON mail_out(next_at) WHERE state = 'waiting';
