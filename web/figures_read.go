package web

import (
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/oversight/tally"
)

// unitFigures is what the board and the page of one unit show.
type unitFigures struct {
	plan               *plan.Plan
	unit               *territory.Unit
	kids               []*territory.Unit
	day                clock.Day // the day the figures are of
	lines              []line
	at                 int // the coverage chosen
	figures            map[int64]map[string]standing
	sparks             map[int64][]int64
	confirmed, claimed []int64          // the unit's own, in the chosen coverage
	doubts             int64            // rows of lists that wait for a person
	denied             map[string]int64 // persons whose claims an extract denies, by target (law C6)
}

func (f *unitFigures) line() line                 { return f.lines[f.at] }
func (f *unitFigures) own(target string) standing { return f.figures[f.unit.ID][target] }

// of gives every unit's standing in one target.
func (f *unitFigures) of(target string) map[int64]standing {
	out := make(map[int64]standing, len(f.figures))
	for u, m := range f.figures {
		out[u] = m[target]
	}
	return out
}

// day is the campaign day that the address asks for, today when it asks for none (law C5).
func (a *Ask) day() (clock.Day, error) {
	today := clock.DayOf(a.Clock())
	want := a.Query("ngay")
	if want == "" {
		return today, nil
	}
	d, err := clock.ParseDay(want)
	if err != nil {
		return "", fault.New(fault.Invalid, "web.day", "Ngày trong địa chỉ không đúng. Hãy chọn lại ngày.").On("ngay")
	}
	return min(d, today), nil
}

// figuresOf reads what the screens of one unit show.
func (a *Ask) figuresOf(unit *territory.Unit) (*unitFigures, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	f := &unitFigures{plan: p, unit: unit, lines: linesOf(p), figures: map[int64]map[string]standing{}, denied: map[string]int64{}, sparks: map[int64][]int64{}}
	if len(f.lines) == 0 {
		return nil, fault.New(fault.Missing, "web.no_lines", "Kế hoạch chưa có chỉ tiêu nào cho các mục tiêu phủ.")
	}
	if f.day, err = a.day(); err != nil {
		return nil, err
	}
	f.at = chosen(f.lines, a.Query("phu"))
	f.kids = a.Who.Tree().Children(unit.ID, f.day)
	ids := []int64{unit.ID}
	for _, k := range f.kids {
		ids = append(ids, k.ID)
	}
	told, err := a.Figures.Standings(a.Ctx(), a.Who, ids, f.day)
	if err != nil {
		return nil, err
	}
	for u, m := range told {
		f.figures[u] = map[string]standing{}
		for t, s := range m {
			f.figures[u][t] = standingOf(s)
		}
	}
	target := f.line().target.ID
	small, err := a.Figures.Daily(a.Ctx(), a.Who, ids[1:], target, f.day.Add(1-sparkDays), f.day)
	if err != nil {
		return nil, err
	}
	for u, d := range small {
		f.sparks[u] = d.Confirmed
	}
	if f.day < p.From {
		return f, nil
	}
	own, err := a.Figures.Daily(a.Ctx(), a.Who, ids[:1], target, p.From, min(f.day, p.Until))
	if err != nil {
		return nil, err
	}
	f.confirmed = own[unit.ID].Confirmed
	for i, n := range own[unit.ID].Claimed {
		f.claimed = append(f.claimed, f.confirmed[i]+n)
	}
	for _, l := range f.lines {
		f.denied[l.target.ID] = told[unit.ID][l.target.ID].Denied
	}
	return f, a.waiting(f)
}

// waiting counts the rows of lists that wait for a person.
func (a *Ask) waiting(f *unitFigures) error {
	if a.Lists == nil {
		return nil
	}
	open, err := a.Lists.Waiting(a.Ctx(), a.Who)
	for _, n := range open {
		f.doubts += n
	}
	return err
}

// standingOf puts a standing into the shape of the charts: their lane of claims shows how far the unit would be.
func standingOf(s tally.Standing) standing {
	return standing{Target: s.Goal, Eligible: s.Eligible, Confirmed: s.Confirmed, Verified: s.Verified, Claimed: s.Claimed, Expected: s.Due, Quota: s.Quota, Done: s.Done,
		Pace: Pace{Known: s.Goal > 0, Days: s.AheadDays()}}
}

// lead says what the figures are of.
func (f *unitFigures) lead() string {
	s := "Số liệu đến hết ngày " + f.day.Vi()
	if n := f.plan.DayNumber(f.day); n >= 1 && n <= f.plan.Days() {
		s += ", ngày thứ " + vn.Int(int64(n)) + " của đợt"
		if left := f.plan.Days() - n; left > 0 {
			s += ", còn " + vn.Int(int64(left)) + " ngày"
		}
	}
	return s + "."
}
