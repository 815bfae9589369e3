-- Where a volunteer team works: school, homes, market or culture (KH:III.2.d). owner: ops/canvass
CREATE TABLE team_place (
  team_id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL
);
