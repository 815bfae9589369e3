package web

import (
	"slices"
	"strconv"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/canvass"
)

// PersonVisits are the visits to a person's door and the form of another (KH:III.2.c, KH:III.2.e).
type PersonVisits struct {
	Shown, May bool
	Lead, Mood string // what is to be done first; where they stand
	Whose      string // the team and member whose work they are
	Hands      []ChangeRow
	Steps      []WorkStep
	Moments    []Moment
	Photos     []CaseLink
	Voids      []Choice
	ID         string // of the visit that the form makes: sending it twice makes one
	Day, Last  string
	Teams      []Choice
	Helpers    []Choice // members of the citizen's team
	Results    []Choice
	Parts      []Choice
	Langs      []Choice
	Reasons    []ChoiceGroup
	Ladders    []VisitLadder
}

// VisitLadder is one coverage of the form with the states that may have been reached.
type VisitLadder struct {
	Name, Title string
	States      []Choice
}

// visitsOf lays out who came to a person's door; nothing for those who may not see field work.
func (a *Ask) visitsOf(s *Person, p *plan.Plan, card *people.Card, events []coverage.Event) error {
	if a.Who.May("field.see", card.Unit) != nil {
		return nil
	}
	v := &s.Visits
	v.Shown, v.May = true, a.Who.May("visit.record", card.Unit) == nil
	list, err := a.Canvass.Visits(a.Ctx(), a.Who, card.ID)
	if err != nil {
		return err
	}
	photos, err := a.Canvass.Photos(a.Ctx(), a.Who, card.ID)
	if err != nil {
		return err
	}
	for _, x := range photos {
		v.Photos = append(v.Photos, CaseLink{"Ảnh " + stampVi(x.At), s.Href + "/anh/" + id.String(x.ID)})
	}
	names, err := a.teamNamesAll()
	if err != nil {
		return err
	}
	for i := range list {
		x := &list[i]
		m := Moment{When: stampVi(x.At), Title: visitText(p, x), Text: x.Note, Void: x.VoidWhy}
		if x.Team != 0 {
			m.By = teamName(names, x.Team)
		}
		if n := len(x.Helpers); n > 0 {
			m.By = strings.TrimPrefix(m.By+", "+strconv.Itoa(n)+" người cùng giúp", ", ")
		}
		if x.VoidAt == "" {
			v.Voids = append(v.Voids, Choice{id.String(x.ID), m.When + " · " + canvass.ResultTitle(x.Result), false})
		}
		v.Moments = append(v.Moments, m)
	}
	subject, err := a.Work.Subject(a.Ctx(), a.Who, card.ID)
	if err != nil {
		return err
	}
	row := a.workRow(p, subject, 0)
	v.Lead, v.Mood, v.Steps = row.Why, row.Mood, row.Steps
	if v.May {
		a.visitForm(v, p, card, events, subject.Assigned.Team)
	}
	return a.whoseOf(v, card.ID, names)
}

// teamNamesAll names the teams of everything the viewer sees.
func (a *Ask) teamNamesAll() (map[int64]string, error) {
	out := map[int64]string{}
	for _, top := range a.Who.Scope("field.see") {
		names, err := a.teamNames(top)
		if err != nil {
			return nil, err
		}
		for k, v := range names {
			out[k] = v
		}
	}
	return out, nil
}

// teamsNear are the teams of a hamlet and of its commune, as far as the viewer sees them.
func (a *Ask) teamsNear(unit int64, day clock.Day) []canvass.Team {
	near := []int64{unit}
	if u := a.Who.Tree().ByID(unit); u != nil && u.Parent != 0 {
		near = []int64{u.Parent, unit}
	}
	for i, at := range near {
		list, err := a.Canvass.List(a.Ctx(), a.Who, at, day)
		if err == nil {
			return slices.DeleteFunc(list, func(t canvass.Team) bool { return !slices.Contains(near[i:], t.Unit) })
		}
	}
	return nil
}

func (a *Ask) visitForm(v *PersonVisits, p *plan.Plan, card *people.Card, events []coverage.Event, assigned int64) {
	get := a.R.PostFormValue
	today := clock.DayOf(a.Clock())
	v.ID, v.Day, v.Last = id.String(id.New()), string(today), string(today)
	if given := get("visit"); given != "" {
		v.ID, v.Day = given, get("day")
	}
	team := get("team")
	if get("visit") == "" && assigned != 0 {
		team = id.String(assigned)
	}
	for _, t := range a.teamsNear(card.Unit, today) {
		v.Teams = append(v.Teams, Choice{id.String(t.ID), t.Name, team == id.String(t.ID)})
	}
	if assigned != 0 {
		if members, err := a.Canvass.Members(a.Ctx(), a.Who, assigned, today); err == nil {
			for _, m := range members {
				v.Helpers = append(v.Helpers, Choice{id.String(m.ID), m.Name, slices.Contains(a.R.PostForm["helper"], id.String(m.ID))})
			}
		}
	}
	for _, r := range resultOrder {
		v.Results = append(v.Results, Choice{string(r), canvass.ResultTitle(r), get("result") == string(r)})
	}
	v.Parts, v.Reasons = partChoices(canvass.Part(get("part"))), reasonChoices(p, get("reason"))
	for _, l := range p.Canvass.Languages {
		v.Langs = append(v.Langs, Choice{l.ID, l.Title, get("lang") == l.ID})
	}
	for i := range p.Coverages {
		c := &p.Coverages[i]
		own := slices.DeleteFunc(slices.Clone(events), func(e coverage.Event) bool { return e.Coverage != c.ID })
		st := coverage.Fold(own, "", c.Rank)
		l := VisitLadder{Name: "cov_" + c.ID, Title: c.Short}
		for rank, state := range c.States {
			if rank > max(st.Confirmed, st.Claimed, st.Verified) {
				l.States = append(l.States, Choice{state.ID, state.Title, get(l.Name) == state.ID})
			}
		}
		if len(l.States) > 0 {
			v.Ladders = append(v.Ladders, l)
		}
	}
}

// recordVisit keeps what was found at the door: all coverages and both registrations at once (KH:III.2.c).
func recordVisit(a *Ask, person int64) error {
	n, err := id.Parse(a.Post("visit"))
	if err != nil {
		return fault.New(fault.Invalid, "web.visit", "Hãy mở lại trang rồi ghi kết quả.")
	}
	v := canvass.Visit{ID: n, Person: person, Result: canvass.Result(a.Post("result")), Reason: a.Post("reason"), Return: clock.Day(a.Post("return")), Part: canvass.Part(a.Post("part")), Lang: a.Post("lang"), Note: a.Post("note"), Orders: a.R.PostForm["order"]}
	if v.At, err = a.walkedAt(a.Post("day")); err != nil {
		return err
	}
	if text := a.Post("team"); text != "" {
		if v.Team, err = id.Parse(text); err != nil {
			return notHere
		}
	}
	for _, text := range a.R.PostForm["helper"] {
		n, err := id.Parse(text)
		if err != nil {
			return notHere
		}
		v.Helpers = append(v.Helpers, n)
	}
	for name, values := range a.R.PostForm {
		if cov, ok := strings.CutPrefix(name, "cov_"); ok && values[0] != "" {
			v.Claims = append(v.Claims, canvass.Claimed{Coverage: cov, State: values[0]})
		}
	}
	slices.SortFunc(v.Claims, func(x, y canvass.Claimed) int { return strings.Compare(x.Coverage, y.Coverage) })
	_, err = a.Canvass.Record(a.Ctx(), a.Who, v)
	return err
}

// visitPhoto gives a picture of a visit to who may see the person's visits.
func visitPhoto(a *Ask) error {
	person, err := personInPath(a)
	if err != nil {
		return err
	}
	photo, err := id.Parse(a.R.PathValue("photo"))
	if err != nil {
		return notHere
	}
	b, err := a.Canvass.PhotoOf(a.Ctx(), a.Who, person, photo)
	if err != nil {
		return err
	}
	return a.picture("image/jpeg", b)
}

// voidVisit takes a visit back with its claims and says why (law C4).
func voidVisit(a *Ask, _ int64) error {
	n, err := id.Parse(a.Post("visit"))
	if err != nil {
		return fault.New(fault.Invalid, "web.visit", "Hãy chọn phiếu cần hủy.").On("visit")
	}
	return a.Canvass.VoidVisit(a.Ctx(), a.Who, n, a.Post("why"))
}
