package officials

import (
	"bonphu/core/coverage"
	"bonphu/core/plan"
	"bonphu/internal/clock"
)

// What an official did for a citizen (KH:IV.1.d).
const (
	Install = "install"
	Level1  = "level1"
	Level2  = "level2"
	SIM     = "sim"
)

// Works lists what may be credited, in the order screens show it.
func Works() []string { return []string{Install, Level1, Level2, SIM} }

// WorkTitle names it for people.
func WorkTitle(what string) string {
	switch what {
	case Install:
		return "Cài đặt VNeID"
	case Level1:
		return "Kích hoạt định danh mức 1"
	case Level2:
		return "Kích hoạt định danh mức 2"
	case SIM:
		return "Đăng ký SIM kèm chữ ký số"
	}
	return ""
}

// goal gives the coverage and rank that an extract must confirm for a credit; ok is false when the plan has no such coverage.
func goal(p *plan.Plan, what string) (cov string, rank int, ok bool) {
	cov = account
	if what == SIM {
		cov = "sim"
	}
	c := p.Coverage(cov)
	if c == nil {
		return cov, 0, false
	}
	return cov, c.Rank(c.Goal), true
}

// State is where a credit stands.
type State string

// The states of a credit. Only Counted ones count towards the quota.
const (
	Waiting State = "waiting" // no extract says so yet
	Counted State = "counted" // an extract as of the credit's day or later confirms it
	Before  State = "before"  // an extract as of an earlier day confirms it: it was not this official's work
	Twice   State = "twice"   // the same citizen under two records, credited earlier
	Undone  State = "undone"  // taken back
)

// StateTitle names a state for people.
func StateTitle(s State) string {
	switch s {
	case Counted:
		return "đã xác nhận"
	case Before:
		return "đã kích hoạt từ trước, không tính"
	case Twice:
		return "trùng với lượt ghi trước, không tính"
	case Undone:
		return "đã hủy"
	}
	return "chờ danh sách xác nhận"
}

// StateOf tells where a credit stands by the confirmed events of its citizen, whatever their order (laws C2, C4; KH:IV.1.d): what was
// confirmed as of a day before the credit was there already; what is confirmed as of its day or later is its work.
func StateOf(p *plan.Plan, what string, day clock.Day, events []coverage.Event) State {
	cov, need, ok := goal(p, what)
	if !ok {
		return Waiting
	}
	c := p.Coverage(cov)
	var same []coverage.Event
	for _, e := range events {
		if e.Coverage == cov && e.Level == coverage.Confirmed {
			same = append(same, e)
		}
	}
	if was := coverage.Fold(same, day.Add(-1), c.Rank); was.ConfirmedBy >= 0 && was.Confirmed >= need {
		return Before
	}
	if now := coverage.Fold(same, "", c.Rank); now.ConfirmedBy >= 0 && now.Confirmed >= need {
		return Counted
	}
	return Waiting
}

// Statement is one dated statement that an official signed in to a portal.
type Statement struct {
	ID       int64
	Official int64
	Portal   string
	Level    coverage.Level
	Day      clock.Day
	Evidence string
	Who      int64
	Batch    int64
	At       string
}

// PortalsMet tells how well each portal is used by an official's statements: the strongest one of each (law C2).
func PortalsMet(list []Statement) (national, provincial Met) {
	national, provincial = None, None
	for _, s := range list {
		m := metLevel(s.Level)
		if s.Portal == National {
			national = max(national, m)
		} else {
			provincial = max(provincial, m)
		}
	}
	return national, provincial
}

// MetOf tells each condition of an official, in the order of Conditions. linked is false when no register record is known: then what the
// ledger would say is unknown. Both portals make one condition, as strong as the weaker.
func MetOf(p *plan.Plan, list []Condition, linked bool, events []coverage.Event, portals []Statement) []Met {
	out := make([]Met, len(list))
	for i, c := range list {
		switch {
		case c.ID == Portal:
			n, m := PortalsMet(portals)
			out[i] = min(n, m)
		case !linked:
			out[i] = Unknown
		default:
			out[i] = metIn(p, c.Coverage, c.State, events)
		}
	}
	return out
}

func metIn(p *plan.Plan, cov, state string, events []coverage.Event) Met {
	c := p.Coverage(cov)
	var same []coverage.Event
	for _, e := range events {
		if e.Coverage == cov {
			same = append(same, e)
		}
	}
	return MetBy(coverage.Fold(same, "", c.Rank), c.Rank(state))
}

// Weakest is how well all conditions are met together.
func Weakest(met []Met) Met {
	if len(met) == 0 {
		return Unknown
	}
	w := met[0]
	for _, m := range met[1:] {
		w = min(w, m)
	}
	return w
}
