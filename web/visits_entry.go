package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rsc.io/qr"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
	"bonphu/ops/canvass"
	"bonphu/oversight/worklist"
)

// results of a contact in the order of the figures by which they are chosen, on paper and in quick entry.
var resultOrder = []canvass.Result{canvass.Done, canvass.Promised, canvass.Away, canvass.Refused, canvass.NotFound, canvass.Moved, canvass.Needs, canvass.Helper}

// paperTitle names a result in the narrow column of a printed list.
func paperTitle(r canvass.Result) string {
	switch r {
	case canvass.Done:
		return "Xong"
	case canvass.Promised:
		return "Hẹn"
	case canvass.Away:
		return "Vắng"
	case canvass.NotFound:
		return "Không thấy"
	case canvass.Moved:
		return "Chuyển đi"
	case canvass.Needs:
		return "Thiếu điều kiện"
	case canvass.Helper:
		return "Cần giúp"
	}
	return canvass.ResultTitle(r)
}

func contactMood(r canvass.Result) string {
	switch r {
	case canvass.Done:
		return "good"
	case canvass.Refused, canvass.NotFound, canvass.Moved:
		return "bad"
	}
	return "warn"
}

func shownCode(code string) string {
	if len(code) != 6 {
		return code
	}
	return code[:3] + " " + code[3:]
}

// sheetSubjects opens the printed list of the address.
func (a *Ask) sheetSubjects() (*worklist.Sheet, []worklist.Entered, *plan.Plan, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, nil, err
	}
	s, rows, err := a.Work.Sheet(a.Ctx(), a.Who, a.R.PathValue("sheet"))
	return s, rows, p, err
}

// showSheet is the printed list with its boxes and its code.
func showSheet(a *Ask) error {
	sheet, rows, p, err := a.sheetSubjects()
	if err != nil {
		return err
	}
	s := &WorkSheet{Code: sheet.Code, Shown: shownCode(sheet.Code), Team: sheet.Name, Day: sheet.Day.Vi(), By: sheet.By, Entry: entryHref(sheet.Code), Sheet: entryHref(sheet.Code) + "/xlsx", People: int64(len(rows))}
	s.Title, s.Area, s.Lead = "Danh sách in "+s.Shown, workHref, "Xem trước bản in khổ A4. Mã "+s.Shown+" hoặc QR mở lại đúng danh sách này để nhập kết quả."
	s.Crumbs = []Crumb{{"Đi từng nhà", workHref}, {Title: "Danh sách in"}}
	code, err := qr.Encode(a.home()+s.Entry, qr.M)
	if err != nil {
		return err
	}
	s.Picture = pngURL(code.PNG())
	for i, r := range resultOrder {
		s.Results = append(s.Results, strconv.Itoa(i+1)+" "+paperTitle(r))
	}
	last := ""
	for i := range rows {
		e := &rows[i]
		if e.Gone {
			continue
		}
		if home := e.Subject.Home(); home != last || len(s.Homes) == 0 {
			name := "Chưa rõ hộ"
			if e.Subject.Person.House != "" {
				name = "Hộ " + e.Subject.Person.House
			}
			if u := a.Who.Tree().ByID(e.Subject.Person.Unit); u != nil {
				name += " · " + u.Title()
				if at := e.Subject.Person.Address; at != "" && !strings.HasPrefix(vn.Fold(at), vn.Fold(u.Title())) {
					name += " · " + at
				}
			}
			s.Homes, last = append(s.Homes, WorkSheetHome{Name: name}), home
		}
		row := WorkSheetRow{WorkRow: a.workRow(p, &e.Subject, e.N)}
		for _, t := range ticks(p, &e.Subject) {
			row.Ticks = append(row.Ticks, t.Title)
		}
		for _, o := range orderChoices(&e.Subject) {
			row.Orders = append(row.Orders, o.Title)
		}
		h := &s.Homes[len(s.Homes)-1]
		h.Rows = append(h.Rows, row)
	}
	return a.Show(s)
}

// ticks are the coverages somebody lacks by what is claimed, each to be ticked when it is reached at the door.
func ticks(p *plan.Plan, x *worklist.Subject) []Choice {
	var out []Choice
	for i := range p.Coverages {
		c := &p.Coverages[i]
		if i < len(x.Ranks) && max(x.Ranks[i][0], x.Ranks[i][1]) < c.Rank(c.Goal) {
			out = append(out, Choice{c.ID, c.Short, false})
		}
	}
	return out
}

// orderChoices are the registrations that may still be taken down (KH:III.2.c).
func orderChoices(x *worklist.Subject) []Choice {
	var out []Choice
	for _, o := range []Choice{{canvass.OrderDevice, "đăng ký máy 4G", false}, {canvass.OrderSIM, "đăng ký SIM", false}} {
		if !contains(x.Contact.Orders, o.Value) {
			out = append(out, o)
		}
	}
	return out
}

func contains(list, one string) bool { return slices.Contains(strings.Split(list, ","), one) }

// sheetWorkbook is the printed list as a workbook.
func sheetWorkbook(a *Ask) error {
	sheet, rows, p, err := a.sheetSubjects()
	if err != nil {
		return err
	}
	w := workbook.Sheet{Name: "Đi từng nhà", Head: []string{"Danh sách đi từng nhà: " + sheet.Name, "Ngày " + sheet.Day.Vi() + " · mã " + shownCode(sheet.Code)},
		Columns: []workbook.Column{{Title: "STT", Width: 6, Kind: workbook.Int}, {Title: "Họ và tên", Width: 28}, {Title: "Ngày sinh", Width: 12}, {Title: "Hộ", Width: 18}, {Title: "Ấp, sóc, khu phố", Width: 18}, {Title: "Vì sao lúc này", Width: 24}, {Title: "Việc làm trước", Width: 60}, {Title: "Lần đến trước", Width: 36}, {Title: "Kết quả", Width: 18}, {Title: "Hẹn ngày", Width: 12}, {Title: "Ghi chú", Width: 24}}}
	for i := range rows {
		e := &rows[i]
		if e.Gone {
			continue
		}
		r := a.workRow(p, &e.Subject, e.N)
		work, unit := "", ""
		for k, st := range r.Steps {
			if k > 0 {
				work += "; "
			}
			work += st.Text
		}
		if u := a.Who.Tree().ByID(e.Subject.Person.Unit); u != nil {
			unit = u.Title()
		}
		w.Rows = append(w.Rows, []any{r.N, r.Name, r.Birth, e.Subject.Person.House, unit, r.Why, work, r.Last, "", "", ""})
	}
	b := workbook.Book{Title: "Danh sách đi từng nhà", Sheets: []workbook.Sheet{w}}
	a.attach("di-tung-nha-"+string(sheet.Day)+"-"+sheet.Name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return b.Write(a.W)
}

// showEntry is quick entry of a printed list.
func showEntry(a *Ask) error {
	s, _, err := a.entryScreen(nil)
	if err != nil {
		return err
	}
	return a.Show(s)
}

// entryScreen lays the rows of a printed list out for entry; problems are told under their rows.
func (a *Ask) entryScreen(problems map[int64]string) (*WorkEntry, *worklist.Sheet, error) {
	sheet, rows, p, err := a.sheetSubjects()
	if err != nil {
		return nil, nil, err
	}
	today := clock.DayOf(a.Clock())
	s := &WorkEntry{Href: entryHref(sheet.Code), Paper: entryHref(sheet.Code) + "/in", Shown: shownCode(sheet.Code), Day: string(min(sheet.Day, today)), Last: string(today), MayEnter: a.Who.May("visit.record", sheet.Unit) == nil}
	s.Title, s.Area, s.Lead = "Nhập kết quả "+s.Shown, workHref, sheet.Name+", danh sách đi ngày "+sheet.Day.Vi()+"."
	s.Crumbs = []Crumb{{"Đi từng nhà", workHref}, {Title: "Nhập kết quả"}}
	if day := a.R.PostFormValue("ngay"); day != "" {
		s.Day = day
	}
	if sheet.Team != 0 {
		members, err := a.Canvass.Members(a.Ctx(), a.Who, sheet.Team, today)
		if err != nil && !fault.Is(err, fault.Forbidden) {
			return nil, nil, err
		}
		for _, m := range members {
			s.Members = append(s.Members, Choice{id.String(m.ID), m.Name, a.R.PostFormValue("nguoi") == id.String(m.ID)})
		}
	}
	for i := range rows {
		r := a.entryRow(p, &rows[i])
		r.Problem = problems[rows[i].N]
		switch {
		case r.Saved != "":
			s.Done++
		case !r.Gone:
			s.Left++
		}
		s.Rows = append(s.Rows, r)
	}
	return s, sheet, nil
}

func (a *Ask) entryRow(p *plan.Plan, e *worklist.Entered) EntryRow {
	n := strconv.FormatInt(e.N, 10)
	r := EntryRow{N: e.N, Gone: e.Gone}
	if e.Gone {
		return r
	}
	x := &e.Subject
	r.Name, r.Href, r.Birth, r.Home = x.Person.Name, "/dan-cu/"+id.String(x.Person.ID), people.BirthTitle(x.Person.Birth), x.Person.House
	if v := e.Visit; v != nil {
		r.Saved, r.Mood = visitText(p, v), contactMood(v.Result)
		if v.VoidAt != "" {
			r.Mood, r.Changed = "", "phiếu đã hủy: "+v.VoidWhy
			return r
		}
		r.Doubts = canvass.Doubts(p, x.Needs, v.Claims)
		return r
	}
	get := a.R.PostFormValue
	for i, res := range resultOrder {
		r.Results = append(r.Results, Choice{string(res), strconv.Itoa(i+1) + " " + canvass.ResultTitle(res), get("r"+n) == string(res)})
	}
	r.Parts = partChoices(canvass.Part(get("p" + n)))
	r.Reasons = reasonChoices(p, get("l"+n))
	r.Return, r.Note = get("d"+n), get("g"+n)
	r.Ticks, r.Orders = ticks(p, x), orderChoices(x)
	for i := range r.Ticks {
		r.Ticks[i].Chosen = slices.Contains(a.R.PostForm["c"+n], r.Ticks[i].Value)
	}
	for i := range r.Orders {
		r.Orders[i].Chosen = slices.Contains(a.R.PostForm["o"+n], r.Orders[i].Value)
	}
	return r
}

func reasonChoices(p *plan.Plan, chosen string) []ChoiceGroup {
	var out []ChoiceGroup
	for _, res := range resultOrder {
		g := ChoiceGroup{Title: canvass.ResultTitle(res)}
		for _, x := range p.Canvass.Reasons {
			if x.Result == string(res) {
				g.Items = append(g.Items, Choice{x.ID, x.Title, x.ID == chosen})
			}
		}
		if len(g.Items) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// visitText says in a line what a visit came to.
func visitText(p *plan.Plan, v *canvass.Visit) string {
	s := canvass.ResultTitle(v.Result)
	if v.Reason != "" {
		s += " (" + vn.LowerFirst(p.Canvass.ReasonTitle(v.Reason)) + ")"
	}
	switch {
	case v.Return != "" && v.Result == canvass.Away:
		s += ", vắng đến " + v.Return.Vi()
	case v.Return != "":
		s += ", hẹn " + v.Return.Vi()
	}
	if v.Part != "" {
		s += ", có nhà " + canvass.PartTitle(v.Part)
	}
	for _, c := range v.Claims {
		if cov := p.Coverage(c.Coverage); cov != nil {
			s += "; " + cov.Short + ": " + vn.LowerFirst(cov.StateTitle(c.State))
		}
	}
	if o := ordersText(v.Orders); o != "" {
		s += "; đăng ký " + o
	}
	return s
}

// enterSheet keeps every row that was filled in, each with its own verdict; entering twice is entering once (law O2).
func enterSheet(a *Ask) error {
	sheet, rows, p, err := a.sheetSubjects()
	if err != nil {
		return err
	}
	at, err := a.walkedAt(a.Post("ngay"))
	if err != nil {
		s, _, bad := a.entryScreen(nil)
		if bad != nil {
			return bad
		}
		return Again(s, err)
	}
	var member int64
	if text := a.Post("nguoi"); text != "" {
		if member, err = id.Parse(text); err != nil {
			return notHere
		}
	}
	problems := map[int64]string{}
	var first error
	for i := range rows {
		e := &rows[i]
		n := strconv.FormatInt(e.N, 10)
		if e.Gone || e.Visit != nil || a.Post("r"+n) == "" {
			continue
		}
		v := canvass.Visit{ID: e.SheetRow.Visit, Person: e.Person, Team: sheet.Team, Member: member, At: at, Result: canvass.Result(a.Post("r" + n)), Reason: a.Post("l" + n), Return: clock.Day(a.Post("d" + n)), Part: canvass.Part(a.Post("p" + n)), Note: a.Post("g" + n),
			Orders: a.R.PostForm["o"+n]}
		if v.Team == 0 {
			v.Team = e.Subject.Assigned.Team
		}
		for _, c := range a.R.PostForm["c"+n] {
			if cov := p.Coverage(c); cov != nil {
				v.Claims = append(v.Claims, canvass.Claimed{Coverage: c, State: cov.Goal})
			}
		}
		if _, err := a.Canvass.Record(a.Ctx(), a.Who, v); err != nil {
			f, ok := fault.As(err)
			if !ok {
				return err
			}
			problems[e.N] = f.Text
			first = fault.New(fault.Invalid, "web.entry", "Có dòng chưa ghi được; lý do nằm ngay dưới dòng ấy. Những dòng khác đã được ghi.")
		}
	}
	if first == nil {
		return a.Go(entryHref(sheet.Code))
	}
	s, _, err := a.entryScreen(problems)
	if err != nil {
		return err
	}
	return Again(s, first)
}

// walkedAt is the instant kept for visits of a day entered from paper: now for today, noon for an earlier day.
func (a *Ask) walkedAt(text string) (string, error) {
	now := a.Clock()
	today := clock.DayOf(now)
	if text == "" || text == string(today) {
		return clock.Stamp(now), nil
	}
	day, err := clock.ParseDay(text)
	if err != nil || day > today {
		return "", fault.New(fault.Invalid, "web.walked", "Ngày đi phải là hôm nay hoặc một ngày trước đó.").On("ngay")
	}
	return clock.Stamp(day.Time().Add(12 * time.Hour)), nil
}
