package emulation

import (
	"fmt"
	"slices"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Handling is what is proposed for a unit that missed its targets for lack of responsibility (KH:V.4).
type Handling string

// Handlings, the mildest first. None says that it was looked at and nothing is proposed.
const (
	NotSaid   Handling = ""
	None      Handling = "none"
	Remind    Handling = "remind"
	Criticise Handling = "criticise"
	Review    Handling = "review"
)

// Handlings lists what can be proposed.
func Handlings() []Handling { return []Handling{None, Remind, Criticise, Review} }

// HandlingTitle names a handling for people.
func HandlingTitle(h Handling) string {
	switch h {
	case None:
		return "Không xử lý"
	case Remind:
		return "Nhắc nhở"
	case Criticise:
		return "Phê bình"
	case Review:
		return "Kiểm điểm trách nhiệm"
	}
	return "Chưa đề xuất"
}

// Note is a cause that a unit gives, or a handling that a department proposes, with its reason.
type Note struct {
	Value   Handling // "" for a cause
	Text    string
	WhoName string
	Day     clock.Day
}

// Gap is one target that is behind: Missing persons to the target; Behind says that the roadmap asked for more by the day.
type Gap struct {
	Done
	Missing int64
	Late    int // days behind the roadmap
}

// Duty is a unit that answers for missed targets: which, what the figures say of why, what the unit says, what is proposed.
type Duty struct {
	Verdict Verdict
	Gaps    []Gap
	Causes  []string // what the figures say
	Own     []Note   // the unit's own words, the newest last
	Handled []Note   // proposals, the newest last
}

// Proposed is the newest handling.
func (d *Duty) Proposed() Handling {
	if len(d.Handled) == 0 {
		return NotSaid
	}
	return d.Handled[len(d.Handled)-1].Value
}

// Answerable picks those who are behind the roadmap in some target, or, when the campaign is over, have missed one; the worst first.
func Answerable(list []Verdict, over bool) []Duty {
	var out []Duty
	for _, v := range list {
		d := Duty{Verdict: v}
		for _, t := range v.Evidence.Targets {
			if t.Goal > t.Confirmed && (over || t.Confirmed < t.Due) {
				d.Gaps = append(d.Gaps, Gap{t, t.Goal - t.Confirmed, max(0, -int(t.Ahead))})
			}
		}
		if len(d.Gaps) == 0 {
			continue
		}
		d.Causes = causes(v, d.Gaps)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Duty) int { return int(a.Verdict.Points - b.Verdict.Points) })
	return out
}

// causes are sentences that figures carry by themselves; they are no judgement of anybody's fault.
func causes(v Verdict, gaps []Gap) []string {
	var out []string
	for _, g := range gaps {
		text := fmt.Sprintf("%s: đã xác nhận %s/%s (%s), còn thiếu %s", g.Short, vn.Int(g.Confirmed), vn.Int(g.Goal), PointsText(g.Points()), vn.Int(g.Missing))
		if g.Late > 0 {
			text += fmt.Sprintf(", chậm %d ngày so với lộ trình", g.Late)
		}
		out = append(out, text+".")
	}
	for _, r := range v.Reasons {
		switch r.Code {
		case "not_reported", "report_late", "over_claim", "over_claim_doubt", "inspect_false", "inspect_false_doubt":
			out = append(out, r.Text)
		}
	}
	return out
}
