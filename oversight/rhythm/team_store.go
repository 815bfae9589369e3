package rhythm

import (
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
)

// Target is one target of a team's day: what it was given and what it did, in citizens. Coverage is the one it counts, "" for none.
type Target struct {
	ID       string `json:"id"`
	Coverage string `json:"coverage"`
	Title    string `json:"title"`
	Quota    int64  `json:"quota"`
	Done     int64  `json:"done"`
}

// MemberDay is a member's part of the team's day. Sent is the instant at which the server had their newest visit, "" for none today.
type MemberDay struct {
	ID     int64  `json:"-"`
	Ref    string `json:"id"`
	Name   string `json:"name"`
	Quota  int64  `json:"quota"`
	Visits int64  `json:"visits"`
	Sent   string `json:"sent"`
}

// TeamDay is a team's day (KH:V.6): its quota and what it did by target, its visits, and by member.
type TeamDay struct {
	Day     clock.Day   `json:"day"`
	Targets []Target    `json:"targets"`
	Visits  int64       `json:"visits"`
	Members []MemberDay `json:"members,omitempty"`
}

// TeamDay reads a team's day. What was done counts persons whom the team claimed that day to have reached a target's coverage goal. The
// caller has asked for the right.
func (b *Book) TeamDay(tx *db.Tx, team int64, day clock.Day) (*TeamDay, error) {
	p := b.Plan()
	out := &TeamDay{Day: day, Targets: []Target{}}
	cells, err := allotment.TeamOn(tx, team, day)
	if err != nil {
		return nil, err
	}
	quota := map[string]int64{}
	var most int64
	for _, c := range cells {
		quota[c.Target] += c.N
	}
	done := map[string]int64{}
	for i := range p.Coverages {
		c := &p.Coverages[i]
		var n int64
		if err := tx.QueryRow(`SELECT CAST(count(DISTINCT e.person_id) AS BIGINT) FROM visit v JOIN event e ON e.person_id = v.person_id AND e.team_id = v.team_id AND e.day = v.day
			WHERE v.team_id=$1 AND v.day=$2 AND v.void_at='' AND e.void_at='' AND e.coverage=$3 AND e.state=$4`, team, string(day), c.ID, c.Goal).Scan(&n); err != nil {
			return nil, err
		}
		done[c.ID] = n
	}
	for i := range p.Targets {
		t := &p.Targets[i]
		if quota[t.ID] > 0 || t.Main && done[t.Coverage] > 0 {
			out.Targets = append(out.Targets, Target{t.ID, t.Coverage, t.Short, quota[t.ID], done[t.Coverage]})
			most = max(most, quota[t.ID])
		}
	}
	counts, err := canvass.VisitsOn(tx, []int64{team}, day)
	if err != nil {
		return nil, err
	}
	by := map[int64]canvass.VisitCount{}
	for _, c := range counts {
		by[c.Member] = c
		out.Visits += c.Visits
	}
	members, err := canvass.MembersOn(tx, team, day)
	if err != nil {
		return nil, err
	}
	weights := make([]int64, len(members))
	codes := make([]string, len(members))
	for i := range members {
		weights[i], codes[i] = 1, idText(members[i].ID)
	}
	parts := allotment.Share(most, weights, codes)
	for i, m := range members {
		c := by[m.ID]
		out.Members = append(out.Members, MemberDay{m.ID, idText(m.ID), m.Name, parts[i], c.Visits, c.Last})
	}
	return out, nil
}
