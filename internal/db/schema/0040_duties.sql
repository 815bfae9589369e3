-- What offices said of their duties (KH:I.3, KH:V): one row for each turn of a duty of which anything was said. due_day names the turn.
-- state is acknowledged, planned, done, returned, excused. owner: ops/duties
CREATE TABLE duty_work (
  id BIGINT PRIMARY KEY,
  office_id BIGINT NOT NULL,
  duty TEXT NOT NULL,
  due_day TEXT NOT NULL,
  state TEXT NOT NULL,
  planned_day TEXT NOT NULL,
  done_day TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX duty_work_turn ON duty_work(office_id, duty, due_day);
-- Everything that was said of a turn, oldest first. owner: ops/duties
CREATE TABLE duty_step (
  id BIGINT PRIMARY KEY,
  work_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  planned_day TEXT NOT NULL,
  file_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX duty_step_of ON duty_step(work_id);
-- Documents that show that something was done, or that an instruction brings; sealed. owner: ops/duties
CREATE TABLE duty_file (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  mime TEXT NOT NULL,
  sealed BYTES NOT NULL
);
-- Who in an office answers for a duty. owner: ops/duties
CREATE TABLE duty_holder (
  office_id BIGINT NOT NULL,
  duty TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  by_name TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (office_id, duty, account_id)
);
CREATE INDEX duty_holder_account ON duty_holder(account_id);
-- What leaders tell offices: urgent dispatches, reminders, conclusions (KH:V.2). owner: ops/duties
CREATE TABLE instruction (
  id BIGINT PRIMARY KEY,
  unit_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  signer TEXT NOT NULL,
  day TEXT NOT NULL,
  due_day TEXT NOT NULL,
  file_id BIGINT NOT NULL,
  who BIGINT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  withdrawn TEXT NOT NULL
);
CREATE INDEX instruction_unit ON instruction(unit_id, day);
-- To whom, who has read it and what came of it. owner: ops/duties
CREATE TABLE instruction_to (
  instruction_id BIGINT NOT NULL,
  office_id BIGINT NOT NULL,
  read_at TEXT NOT NULL,
  read_name TEXT NOT NULL,
  done_at TEXT NOT NULL,
  done_name TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (instruction_id, office_id)
);
CREATE INDEX instruction_to_office ON instruction_to(office_id);
