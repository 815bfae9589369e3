package web

import (
	"slices"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// personInPath reads the person's id of the address.
func personInPath(a *Ask) (int64, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return 0, fault.New(fault.Missing, "web.no_person", "Không có công dân này trong sổ.")
	}
	return n, nil
}

func showPerson(a *Ask) error {
	s, err := a.personScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// personScreen gathers the page of one person; the register asks whether the viewer may see them.
func (a *Ask) personScreen() (*Person, error) {
	n, err := personInPath(a)
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	card, err := a.Register.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	events, err := a.Ledger.History(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	s := &Person{Href: "/dan-cu/" + id.String(n)}
	s.Title, s.Area = card.Name, "/dan-cu"
	if u := a.Who.Tree().ByID(card.Unit); u != nil {
		s.Crumbs = a.crumbs(u)
		s.Crumbs[len(s.Crumbs)-1].Href = a.unitHref(u)
		s.Crumbs = append(s.Crumbs, Crumb{Title: card.Name})
	}
	s.MayCorrect, s.MayClaim, s.MayAsk = a.Who.May("people.correct", card.Unit) == nil, a.Who.May("coverage.claim", card.Unit) == nil, a.Who.May("fact.ask", card.Unit) == nil
	a.personFacts(s, card)
	s.ladders(p, events)
	s.moments(p, events, a.Who.MayAnywhere("intake.see"))
	s.statuses(p, card)
	a.settling(s, card)
	if err := a.visitsOf(s, p, card, events); err != nil {
		return nil, err
	}
	if err := a.dossiersOf(s, card); err != nil {
		return nil, err
	}
	if err := a.ordersOf(s, card); err != nil {
		return nil, err
	}
	today := clock.DayOf(a.Clock())
	subject := plan.Subject{Birth: card.Birth, Gender: card.Gender}
	for i := range card.Facts {
		if f := &card.Facts[i]; f.In(today) && !slices.Contains(subject.Facts, f.Kind) {
			subject.Facts = append(subject.Facts, f.Kind)
		}
	}
	for i := range p.Targets {
		in, why := p.Targets[i].Why(today, &subject)
		s.Whys = append(s.Whys, Why{p.Targets[i].Short, why, in})
	}
	for i := range card.Members {
		s.Members = append(s.Members, a.resident(&card.Members[i]))
	}
	return s, nil
}

// personFacts lists the attributes with their sources (law P2); personal numbers stay masked (law R3).
func (a *Ask) personFacts(s *Person, card *people.Card) {
	mayReveal := a.Who.May("people.reveal", card.Unit) == nil
	values := map[string]string{people.AttrNumber: card.Number.Mask(), people.AttrName: card.Name, people.AttrBirth: people.BirthTitle(card.Birth), people.AttrGender: people.GenderTitle(card.Gender),
		people.AttrUnit: a.Who.Tree().FullName(card.Unit), people.AttrAddress: card.Address, people.AttrPhone: card.Phone.Mask(), people.AttrEthnic: card.Ethnic, people.AttrHouse: card.House,
		people.AttrRelation: card.Relation, people.AttrOldID: card.OldID.Mask(), people.AttrNote: card.Note}
	for _, attr := range people.Attrs() {
		x := Attribute{Name: people.AttrTitle(attr), Value: values[attr], Sealed: attr == people.AttrNumber || attr == people.AttrPhone || attr == people.AttrOldID}
		if x.Value == "" && attr != people.AttrNumber && attr != people.AttrPhone {
			continue
		}
		if o := card.From[attr]; x.Value != "" {
			x.Note = people.SourceTitle(o.Source)
			if d := clock.DayOf(clock.ParseStamp(o.AsOf)).Vi(); o.AsOf != "" {
				x.Note += ", đến " + d
			}
		}
		if x.Sealed && mayReveal && x.Value != "" {
			x.Reveal = attr
		}
		s.Facts = append(s.Facts, x)
		s.Attrs = append(s.Attrs, Choice{attr, people.AttrTitle(attr), false})
	}
	s.Attrs = slices.DeleteFunc(s.Attrs, func(c Choice) bool { return c.Value == people.AttrUnit })
}

// ladders tells the person's standing in each coverage.
func (s *Person) ladders(p *plan.Plan, events []coverage.Event) {
	for i := range p.Coverages {
		c := &p.Coverages[i]
		var own []coverage.Event
		for _, e := range events {
			if e.Coverage == c.ID {
				own = append(own, e)
			}
		}
		st := coverage.Fold(own, "", c.Rank)
		l := PersonLadder{Name: c.Title, State: c.States[max(st.Confirmed, 0)].Title, From: "Chưa có danh sách trích xuất nào nói đến", Done: st.Confirmed >= c.Rank(c.Goal)}
		if st.ConfirmedBy >= 0 {
			l.From = "Xác nhận theo " + lowerSource(own[st.ConfirmedBy].Source) + ", đến " + own[st.ConfirmedBy].Day.Vi()
		}
		switch {
		case st.Verified > st.Confirmed:
			l.Beside = "Đã kiểm chứng, chờ xác nhận: " + vn.LowerFirst(c.States[st.Verified].Title)
		case st.Claimed > st.Confirmed:
			l.Beside = "Tổ báo, chờ xác nhận: " + vn.LowerFirst(c.States[st.Claimed].Title)
		case st.Denied > st.Confirmed:
			l.Beside = "Tổ báo đã bị danh sách trích xuất bác: " + vn.LowerFirst(c.States[st.Denied].Title)
		}
		s.Ladders = append(s.Ladders, l)
		g := ChoiceGroup{Title: c.Title}
		for rank, state := range c.States {
			if rank > 0 {
				g.Items = append(g.Items, Choice{c.ID + ":" + state.ID, state.Title, false})
			}
		}
		s.Claims = append(s.Claims, g)
	}
}

func lowerSource(src people.Source) string {
	if src == people.Operator || src == people.Field {
		return vn.LowerFirst(people.SourceTitle(src))
	}
	return people.SourceTitle(src)
}

// moments lays the ledger out as a time line (law C4); rows tells whether the asker may open the lists behind it (law N2).
func (s *Person) moments(p *plan.Plan, events []coverage.Event, rows bool) {
	for i := range events {
		e := &events[i]
		title, state := e.Coverage, e.State
		if c := p.Coverage(e.Coverage); c != nil {
			title, state = c.Title, c.StateTitle(e.State)
		}
		m := Moment{When: e.Day.Vi(), Title: title + ": " + vn.LowerFirst(state), Text: e.Evidence, By: people.SourceTitle(e.Source) + ", " + coverage.LevelTitle(e.Level), Level: string(e.Level)}
		if e.Batch != 0 && rows {
			m.Href, m.More = batchHref(e.Batch), extractRow(e.BatchRow)
		}
		if e.Void() {
			m.Void = e.VoidWhy
		} else if e.Level != coverage.Confirmed {
			s.Voids = append(s.Voids, Choice{id.String(e.ID), m.When + " · " + m.Title, false})
		}
		s.Moments = append(s.Moments, m)
	}
}

// extractRow says which row of a list an event comes from; rows carry their sheet in ten-millions.
func extractRow(row int64) string {
	if row == 0 {
		return "danh sách đầy đủ không có tên người này"
	}
	return "dòng " + vn.Int(row%10_000_000) + " của danh sách trích xuất"
}

// statuses lists the dated facts and what may be asked for (laws P3, W2).
func (s *Person) statuses(p *plan.Plan, card *people.Card) {
	for i := range card.Facts {
		f := &card.Facts[i]
		st := Status{Title: f.Kind, Text: "Từ " + f.From.Vi()}
		if k := p.Fact(f.Kind); k != nil {
			st.Title = k.Title
		}
		if f.Until != "" {
			st.Text += " đến " + f.Until.Vi()
		}
		if f.Evidence != "" {
			st.Text += ". Căn cứ: " + f.Evidence
		}
		if (f.State == people.Approved || f.State == people.Asked) && f.Until == "" {
			s.Running = append(s.Running, Choice{id.String(f.ID), st.Title + " từ " + f.From.Vi(), false})
		}
		switch f.State {
		case people.Approved:
			st.State, st.Kind = "có hiệu lực", "good"
		case people.Asked:
			st.State, st.Kind = "chờ duyệt", "warn"
		case people.FactRefused:
			st.State, st.Kind = "không được duyệt", "bad"
		default:
			st.State = "đã rút"
		}
		s.Statuses = append(s.Statuses, st)
	}
	for _, k := range p.Facts {
		title := k.Title
		if k.Approval {
			title += " (cần duyệt)"
		}
		s.Kinds = append(s.Kinds, Choice{k.ID, title, false})
	}
}

// revealNumber shows one number whole, on this answer only, and leaves a trail row (laws R2, R3).
func revealNumber(a *Ask) error {
	n, err := personInPath(a)
	if err != nil {
		return err
	}
	attr := a.Post("attr")
	whole, err := a.Register.Reveal(a.Ctx(), a.Who, n, attr)
	if err != nil {
		return err
	}
	s, err := a.personScreen()
	if err != nil {
		return err
	}
	for i := range s.Facts {
		if s.Facts[i].Reveal == attr {
			s.Facts[i].Value, s.Facts[i].Reveal = whole, ""
		}
	}
	s.Flashes = append(s.Flashes, Flash{Text: "Số được hiện đầy đủ trên trang này; lần xem đã được ghi vào nhật ký."})
	return a.Show(s)
}

// onPerson runs a change of the person and comes back to their page; what is wrong with the form is shown on it.
func onPerson(change func(a *Ask, person int64) error) func(*Ask) error {
	return func(a *Ask) error {
		n, err := personInPath(a)
		if err != nil {
			return err
		}
		cause := change(a, n)
		if cause == nil {
			return a.Go("/dan-cu/" + id.String(n))
		}
		if _, ok := fault.As(cause); !ok {
			return cause
		}
		s, err := a.personScreen()
		if err != nil {
			return err
		}
		for i := range s.Attrs {
			s.Attrs[i].Chosen = s.Attrs[i].Value == a.Post("attr")
		}
		for i := range s.Kinds {
			s.Kinds[i].Chosen = s.Kinds[i].Value == a.Post("kind")
		}
		return Again(s, cause)
	}
}

func correctPerson(a *Ask, person int64) error {
	value := a.Post("value")
	if a.Post("attr") == people.AttrGender {
		switch vn.Fold(value) {
		case "nam":
			value = "male"
		case "nu":
			value = "female"
		}
	}
	return a.Register.Correct(a.Ctx(), a.Who, person, a.Post("attr"), value, a.Post("why"))
}

func claimFor(a *Ask, person int64) error {
	cov, state, _ := strings.Cut(a.Post("state"), ":")
	_, err := a.Ledger.Record(a.Ctx(), a.Who, coverage.Claim{Person: person, Coverage: cov, State: state, Evidence: a.Post("evidence")})
	return err
}

func voidClaim(a *Ask, _ int64) error {
	event, err := id.Parse(a.Post("event"))
	if err != nil {
		return fault.New(fault.Invalid, "web.event", "Hãy chọn ghi nhận cần rút lại.").On("event")
	}
	return a.Ledger.Void(a.Ctx(), a.Who, event, a.Post("why"))
}

func askFact(a *Ask, person int64) error {
	f := people.Fact{Person: person, Kind: a.Post("kind"), From: clock.Day(a.Post("from")), Until: clock.Day(a.Post("until")), Evidence: a.Post("evidence")}
	kind := a.plan().Fact(f.Kind)
	if kind == nil {
		return fault.New(fault.Invalid, "web.fact_kind", "Hãy chọn một tình trạng có trong kế hoạch.").On("kind")
	}
	_, err := a.Register.AskFact(a.Ctx(), a.Who, f, kind.Approval)
	return err
}
