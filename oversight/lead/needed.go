package lead

import (
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
)

// What the quota that would still reach a target is.
const (
	Reached  = "reached"
	Possible = "possible"
	Beyond   = "beyond"
)

// Quota is what would still reach a target: Left citizens on Days working days are PerDay, rounded up; the teams can do Capacity citizens till
// the end (KH:IV.1.e, KH:V.6).
type Quota struct {
	Left     int64
	Days     int
	PerDay   int64
	Capacity int64
	State    string
}

// Needed divides what is left by the days left and holds it against what the teams can do.
func Needed(left int64, days int, capacity int64) Quota {
	q := Quota{Left: max(0, left), Days: days, Capacity: capacity, State: Possible}
	if days > 0 {
		q.PerDay = (q.Left + int64(days) - 1) / int64(days)
	}
	switch {
	case q.Left == 0:
		q.State = Reached
	case days == 0 || q.Left > capacity:
		q.State = Beyond
	}
	return q
}

// Sentence says it for people.
func (q Quota) Sentence() string {
	switch {
	case q.State == Reached:
		return "đã đủ chỉ tiêu"
	case q.Days == 0:
		return "không thể đạt với sức hiện có: không còn ngày làm việc nào"
	case q.State == Beyond:
		return "không thể đạt với sức hiện có: cần " + vn.Int(q.PerDay) + " người/ngày, các tổ còn làm được " + vn.Int(q.Capacity) + " trong " + vn.Int(q.Left) + " người"
	}
	return "cần " + vn.Int(q.PerDay) + " người/ngày trong " + vn.Int(int64(q.Days)) + " ngày làm việc còn lại"
}

// capacities tells what the teams of each unit and of all under it can do after a day until the last: citizens a day times their working
// days. A team's capacity bounds each target by itself (KH:III.2.c).
func capacities(tree *territory.Tree, teams []allotment.Team, after, until clock.Day, rests func(clock.Day) bool) map[int64]int64 {
	out := map[int64]int64{}
	for i := range teams {
		t := &teams[i]
		var n int64
		for d := after.Add(1); d <= until; d = d.Add(1) {
			if t.Works(d, rests) {
				n += t.Capacity
			}
		}
		for _, u := range tree.Ancestors(t.Unit) {
			out[u.ID] += n
		}
	}
	return out
}
