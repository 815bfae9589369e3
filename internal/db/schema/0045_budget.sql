-- Proposals of funds by office (KH:III.3.f, KH:V.5). state is draft, sent, returned, approved. revision counts savings, so that two people do
-- not write over one another. owner: ops/budget
CREATE TABLE budget_proposal (
  id BIGINT PRIMARY KEY,
  office_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  revision BIGINT NOT NULL,
  sent_day TEXT NOT NULL,
  decided_day TEXT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX budget_proposal_office ON budget_proposal(office_id);
-- Its lines, whole đồng: parts is the quantity as it was made up ("2 x 30"), recorded tells that it was counted by the program.
-- approved is the quantity granted, -1 while nothing was decided. owner: ops/budget
CREATE TABLE budget_line (
  id BIGINT PRIMARY KEY,
  proposal_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  norm TEXT NOT NULL,
  cost_group TEXT NOT NULL,
  title TEXT NOT NULL,
  per TEXT NOT NULL,
  basis TEXT NOT NULL,
  parts TEXT NOT NULL,
  recorded BOOLEAN NOT NULL,
  price BIGINT NOT NULL,
  approved BIGINT NOT NULL,
  approved_why TEXT NOT NULL
);
CREATE INDEX budget_line_of ON budget_line(proposal_id);
-- What was paid of a line; a wrong entry is voided with a reason. owner: ops/budget
CREATE TABLE budget_spend (
  id BIGINT PRIMARY KEY,
  line_id BIGINT NOT NULL,
  proposal_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  amount BIGINT NOT NULL,
  document TEXT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL,
  void_why TEXT NOT NULL
);
CREATE INDEX budget_spend_of ON budget_spend(proposal_id);
-- What became of a proposal, oldest first. owner: ops/budget
CREATE TABLE budget_step (
  id BIGINT PRIMARY KEY,
  proposal_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX budget_step_of ON budget_step(proposal_id);
-- Members of teams who do draw a state salary though their kind of team does not. owner: ops/budget
CREATE TABLE budget_paid (
  member_id BIGINT PRIMARY KEY,
  who_name TEXT NOT NULL,
  at TEXT NOT NULL
);
