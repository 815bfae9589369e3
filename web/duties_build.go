package web

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/duties"
)

const dutiesHref = "/nhiem-vu"

// attachBody bounds a form with a document.
const attachBody = attach.Max + 256<<10

func dutyMood(state string, late bool) string {
	switch {
	case state == duties.Done || state == duties.Recorded:
		return "good"
	case state == duties.Excused:
		return ""
	case late || state == duties.Returned:
		return "bad"
	}
	return "warn"
}

func dutyState(state string, late bool) string {
	if late && state != duties.Returned {
		return "Quá hạn"
	}
	return duties.StateTitle(state)
}

// turnText says which turn: "hạn 20/4/2024", "tuần 20/5/2024 – 26/5/2024", "ngày 23/5/2024".
func turnText(d *plan.Duty, t duties.Turn) string {
	switch {
	case d.Every == "day":
		return "ngày " + t.Due.Vi()
	case d.Every == "week":
		return "tuần " + t.From.Vi() + " – " + t.Due.Vi()
	case d.Every == "month":
		return fmt.Sprintf("tháng %d/%d", int(t.Due.Time().Month()), t.Due.Time().Year())
	}
	return "hạn " + t.Due.Vi()
}

// shownTitles say what the program's own records of a kind are, with the page that shows them.
var shownTitles = map[string]struct{ title, href string }{
	"outreach": {"hoạt động tuyên truyền đã làm", "/tuyen-truyen"}, "content": {"nội dung tuyên truyền đã duyệt", "/noi-dung"}, "offers": {"ưu đãi đang mở", "/uu-dai"},
	"lists": {"danh sách đã ghi", "/danh-sach"}, "teams": {"tổ tình nguyện", "/to-cong-tac"}, "sessions": {"buổi thu nhận có trong lịch", "/lich-diem"}, "budget": {"dự toán đã gửi", "/du-toan"},
	"inspections": {"đợt kiểm tra đã kết thúc", "/kiem-tra"}, "letters": {"văn bản đã ra", "/van-ban"}, "proposals": {"đề nghị khen thưởng", "/thi-dua"},
	"localplan": {"kế hoạch đã ban hành", "/ke-hoach-xa"}, "quotas": {"lần giao chỉ tiêu", "/giao-chi-tieu"}, "obstacles": {"vướng mắc đã báo", "/vuong-mac"},
}

func shownText(d *plan.Duty, n int) string {
	if t, ok := shownTitles[d.ShownBy]; ok && n > 0 {
		return vn.Int(int64(n)) + " " + t.title
	}
	return ""
}

func pastText(p duties.Past) (text, mood string) {
	if p.N() == 0 {
		return "", ""
	}
	text = fmt.Sprintf("%d/%d kỳ trước đúng hạn", p.Done, p.N())
	if p.Late > 0 {
		text += fmt.Sprintf(", %d trễ", p.Late)
	}
	if p.Missed > 0 {
		return text + fmt.Sprintf(", %d bỏ qua", p.Missed), "bad"
	}
	return text, "good"
}

func dutyHref(office int64, duty string) string {
	return dutiesHref + "/" + url.PathEscape(duty) + "/" + id.String(office)
}

func showDuties(a *Ask) error {
	u, err := a.askedUnit("duty.see")
	if err != nil {
		return err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	office, _ := id.Parse(a.Query("co_quan"))
	q := duties.Query{Unit: u.ID, Office: office, Clause: a.Query("muc")}
	all, err := a.Duties.Board(a.Ctx(), a.Who, q)
	if err != nil {
		return err
	}
	s := &Duties{View: a.Query("xem"), Units: a.unitChoices("duty.see", u.ID), MayTell: a.Who.MayAnywhere("instruct.write")}
	s.Title, s.Area, s.Lead = "Nhiệm vụ của các cơ quan", dutiesHref, u.Title()+": kế hoạch giao ai việc gì, đến hạn nào, đã có gì cho thấy."
	own := slices.ContainsFunc(all, func(l duties.Line) bool { return l.Office.ID == a.Who.Office })
	if s.View != "viec" && s.View != "co-quan" && s.View != "muc" {
		s.View = "co-quan"
		if own && !a.Who.MayAnywhere("duty.manage") || office != 0 || q.Clause != "" || a.Query("tinh_trang") != "" {
			s.View = "viec"
		}
	}
	if own && office == 0 && a.R.URL.RawQuery == "" && s.View == "viec" {
		office = a.Who.Office
		all = slices.DeleteFunc(all, func(l duties.Line) bool { return l.Office.ID != office })
	}
	s.Clauses = []Choice{{"", "Mọi mục", q.Clause == ""}}
	for _, c := range p.Clauses {
		if slices.ContainsFunc(p.Duties, func(d plan.Duty) bool { return d.Clause == c.ID }) {
			s.Clauses = append(s.Clauses, Choice{c.ID, c.ID + " · " + shorten(c.Text, 60), c.ID == q.Clause})
		}
	}
	for _, x := range []Choice{{"", "Mọi tình trạng", false}, {"late", "Quá hạn, bỏ qua kỳ trước", false}, {"open", "Chưa xong", false}, {duties.Done, "Đã xong", false}, {duties.Excused, "Được miễn", false}} {
		x.Chosen = x.Value == a.Query("tinh_trang")
		s.States = append(s.States, x)
	}
	if err := a.dutyOffices(s, u.ID, office); err != nil {
		return err
	}
	view := func(v string) string {
		return dutiesHref + "?" + url.Values{"xem": {v}, "don_vi": {u.Code}}.Encode()
	}
	s.Views = []Tab{{"Theo cơ quan", view("co-quan"), s.View == "co-quan"}, {"Theo mục kế hoạch", view("muc"), s.View == "muc"}, {"Từng việc", view("viec"), s.View == "viec"}}
	a.dutyStats(s, all, u.Code)
	switch s.View {
	case "viec":
		s.Rows = a.dutyRows(filterDuties(all, a.Query("tinh_trang")))
	default:
		s.Sums = a.dutySums(all, s.View, u.Code, p)
	}
	s.None = Empty{Icon: "check", Title: "Không có nhiệm vụ nào khớp", Text: "Bỏ bớt điều kiện lọc để xem các nhiệm vụ khác."}
	if len(p.Duties) == 0 {
		s.None = Empty{Icon: "plan", Title: "Kế hoạch chưa giao nhiệm vụ nào", Text: "Tệp kế hoạch ghi nhiệm vụ ở mục duties, cơ quan ở mục offices."}
	}
	return a.Show(s)
}

func filterDuties(all []duties.Line, state string) []duties.Line {
	return slices.DeleteFunc(slices.Clone(all), func(l duties.Line) bool {
		done := l.State == duties.Done || l.State == duties.Recorded
		switch state {
		case "late":
			return !l.Late && l.Past.Missed == 0
		case "open":
			return done || l.State == duties.Excused
		case duties.Done:
			return !done
		case duties.Excused:
			return l.State != duties.Excused
		}
		return false
	})
}

// dutyOffices fills the choice of offices from those whose duties the asker sees.
func (a *Ask) dutyOffices(s *Duties, unit, chosen int64) error {
	all, err := a.Duties.Board(a.Ctx(), a.Who, duties.Query{Unit: unit})
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, l := range all {
		if !seen[l.Office.ID] {
			seen[l.Office.ID] = true
			s.Offices = append(s.Offices, Choice{id.String(l.Office.ID), vn.UpperFirst(l.Office.Name), l.Office.ID == chosen})
		}
	}
	slices.SortFunc(s.Offices, func(a, b Choice) int { return cmp.Compare(vn.SortKey(a.Title), vn.SortKey(b.Title)) })
	s.Offices = append([]Choice{{"", "Mọi cơ quan", chosen == 0}}, s.Offices...)
	return nil
}

func (a *Ask) dutyStats(s *Duties, all []duties.Line, unit string) {
	var open, done, late, missed int64
	for _, l := range all {
		switch {
		case l.Late:
			late++
		case l.State == duties.Done || l.State == duties.Recorded:
			done++
		case l.State != duties.Excused:
			open++
		}
		if l.Past.Missed > 0 {
			missed++
		}
	}
	at := func(state string) string {
		q := url.Values{"xem": {"viec"}, "don_vi": {unit}, "tinh_trang": {state}}
		if o := a.Query("co_quan"); o != "" {
			q.Set("co_quan", o)
		}
		return dutiesHref + "?" + q.Encode()
	}
	bad := ""
	if late > 0 {
		bad = "bad"
	}
	s.Stats = []Stat{{Label: "Quá hạn", Value: vn.Int(late), Note: "nhiệm vụ", Kind: bad, Href: at("late")}, {Label: "Đang chờ làm", Value: vn.Int(open), Note: "kỳ này", Href: at("open")},
		{Label: "Đã xong", Value: vn.Int(done), Note: "kỳ này", Href: at(duties.Done)}, {Label: "Có kỳ trước bỏ qua", Value: vn.Int(missed), Note: "nhiệm vụ", Href: at("late")}}
}

func (a *Ask) dutyRows(all []duties.Line) []OwedDuty {
	var out []OwedDuty
	for i := range all {
		l := &all[i]
		r := OwedDuty{Text: l.Duty.Text, Href: dutyHref(l.Office.ID, l.Duty.ID), Clause: l.Duty.Clause, Office: vn.UpperFirst(l.Office.Name), Turn: turnText(l.Duty, l.Turn), State: dutyState(l.State, l.Late), Mood: dutyMood(l.State, l.Late), Shown: shownText(l.Duty, l.Shown)}
		r.Past, r.PastMood = pastText(l.Past)
		var names []string
		for _, h := range l.Holders {
			names = append(names, h.Name)
		}
		r.Holders = strings.Join(names, ", ")
		out = append(out, r)
	}
	return out
}

// dutySums sums the duties up by office or by clause: what is late first.
func (a *Ask) dutySums(all []duties.Line, by, unit string, p *plan.Plan) []DutySum {
	var out []DutySum
	var pasts []duties.Past
	at := map[string]int{}
	for i := range all {
		l := &all[i]
		key := id.String(l.Office.ID)
		if by == "muc" {
			key = l.Duty.Clause
		}
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			q := url.Values{"xem": {"viec"}, "don_vi": {unit}}
			x := DutySum{}
			if by == "muc" {
				q.Set("muc", key)
				x.Title = "Mục " + key
				for _, c := range p.Clauses {
					if c.ID == key {
						x.Note = c.Text
					}
				}
			} else {
				q.Set("co_quan", key)
				x.Title = vn.UpperFirst(l.Office.Name)
				if u := a.Who.Tree().ByID(l.Office.Unit); u != nil && u != a.Who.Tree().Home() && !strings.Contains(l.Office.Name, u.Name) {
					x.Note = u.Title()
				}
			}
			x.Href = dutiesHref + "?" + q.Encode()
			out, pasts = append(out, x), append(pasts, duties.Past{})
		}
		s := &out[n]
		s.N++
		switch {
		case l.Late:
			s.Late++
		case l.State == duties.Done || l.State == duties.Recorded || l.State == duties.Excused:
			s.Done++
		default:
			s.Open++
		}
		pasts[n].Done += l.Past.Done
		pasts[n].Late += l.Past.Late
		pasts[n].Missed += l.Past.Missed
		pasts[n].Excused += l.Past.Excused
	}
	for i := range out {
		out[i].Past, out[i].Mood = pastText(pasts[i])
	}
	if by == "muc" {
		order := map[string]int{}
		for i, c := range p.Clauses {
			order["Mục "+c.ID] = i
		}
		slices.SortFunc(out, func(a, b DutySum) int { return cmp.Compare(order[a.Title], order[b.Title]) })
	} else {
		slices.SortStableFunc(out, func(a, b DutySum) int {
			return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(b.Open, a.Open), cmp.Compare(vn.SortKey(a.Title), vn.SortKey(b.Title)))
		})
	}
	return out
}

var wordTitles = map[string]string{duties.Acknowledged: "Đã nhận", duties.Planned: "Hẹn ngày làm", duties.Done: "Đã làm", duties.Returned: "Chưa đạt, làm lại", duties.Excused: "Được miễn kỳ này", "undone": "Rút lại lần ghi trước"}

func (a *Ask) dutySheet() (*DutySheet, *duties.Sheet, error) {
	office, err := id.Parse(a.R.PathValue("office"))
	if err != nil {
		return nil, nil, notHere
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, nil, err
	}
	x, err := a.Duties.Sheet(a.Ctx(), a.Who, office, a.R.PathValue("duty"))
	if err != nil {
		return nil, nil, err
	}
	d := x.Duty
	now := &x.Turns[0]
	if due := clock.Day(a.R.FormValue("ky")); due != "" {
		i := slices.IndexFunc(x.Turns, func(t duties.TurnLine) bool { return t.Turn.Due == due })
		if i < 0 {
			return nil, nil, fault.New(fault.Missing, "web.turn", "Nhiệm vụ này không có kỳ đó, hoặc kỳ đó chưa đến.")
		}
		now = &x.Turns[i]
	}
	here := dutyHref(office, d.ID)
	s := &DutySheet{Text: d.Text, Who: d.Who, Evidence: d.Evidence, Clause: d.Clause, Office: vn.UpperFirst(x.Office.Name), Turn: turnText(d, now.Turn), State: dutyState(now.State, now.Late), Mood: dutyMood(now.State, now.Late), Shown: shownText(d, now.Shown), Due: string(now.Turn.Due), Today: string(a.today())}
	if s.Shown != "" {
		s.ShownHref = shownTitles[d.ShownBy].href
	}
	s.Title, s.Area = shorten(d.Text, 110), dutiesHref
	if s.Title == d.Text {
		s.Text = ""
	}
	s.Crumbs = []Crumb{{"Nhiệm vụ", dutiesHref}, {s.Office, dutiesHref + "?xem=viec&co_quan=" + id.String(office)}, {Title: "Mục " + d.Clause}}
	settled := now.State == duties.Done || now.State == duties.Recorded || now.State == duties.Excused
	if x.Does && !settled {
		s.Plan, s.Done = here, here
		if now.State == duties.Owed {
			s.Acknowledge = here
		}
	}
	if x.Manages && (now.State == duties.Done || now.State == duties.Recorded) {
		s.Return = here
	}
	if x.Excuses && !settled {
		s.Excuse = here
	}
	standing := 0
	var last int64
	for _, w := range now.Steps {
		m := Moment{When: stampVi(w.At), Title: wordTitles[w.Kind], Text: w.Text, By: w.WhoName}
		if w.Planned != "" {
			m.Title += ": " + w.Planned.Vi()
		}
		if w.File != 0 {
			m.Href, m.More = dutiesHref+"/tep/"+id.String(w.File), w.FileName
		}
		if w.Kind == "undone" {
			standing--
		} else {
			standing++
			last = w.Who
		}
		s.Moments = append(s.Moments, m)
	}
	if standing > 0 && (x.Manages || last == a.Who.Account) {
		s.Undo = here + "/rut-lai"
	}
	for i := range x.Turns {
		t := &x.Turns[i]
		r := DutyTurn{Turn: turnText(d, t.Turn), State: dutyState(t.State, t.Late), Mood: dutyMood(t.State, t.Late), Href: here + "?ky=" + string(t.Turn.Due), Now: t == now}
		if t.Done != "" {
			r.Done = t.Done.Vi()
		}
		if r.Text = shownText(d, t.Shown); len(t.Steps) > 0 && t.Steps[len(t.Steps)-1].Text != "" {
			r.Text = shorten(t.Steps[len(t.Steps)-1].Text, 90)
		}
		s.Turns = append(s.Turns, r)
	}
	for _, h := range x.Holders {
		r := DutyHolder{Name: h.Name, Note: h.Note, By: h.ByName + ", " + stampVi(h.At), ID: id.String(h.Account)}
		if x.Gives {
			r.Take = here + "/thoi-giao"
		}
		s.Holders = append(s.Holders, r)
	}
	for _, m := range x.Staff {
		s.Staff = append(s.Staff, Choice{id.String(m.Account), m.Name, false})
	}
	if x.Gives && len(s.Staff) > 0 {
		s.Give = here + "/giao"
	}
	return s, x, nil
}

func showOwedDuty(a *Ask) error {
	s, _, err := a.dutySheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onDuty runs a change of one duty and shows it again.
func onDuty(do func(a *Ask, x *duties.Sheet, due clock.Day) error) func(*Ask) error {
	return func(a *Ask) error {
		s, x, err := a.dutySheet()
		if err != nil {
			return err
		}
		if err := do(a, x, clock.Day(s.Due)); err != nil {
			return Again(s, err)
		}
		to := dutyHref(x.Office.ID, x.Duty.ID)
		if clock.Day(s.Due) != x.Turn.Due {
			to += "?ky=" + url.QueryEscape(s.Due)
		}
		return a.Go(to)
	}
}

var sayDuty = onDuty(func(a *Ask, x *duties.Sheet, due clock.Day) error {
	w := duties.Word{Office: x.Office.ID, Duty: x.Duty.ID, Due: due, Kind: a.Post("word"), Text: a.Post("text"), Planned: clock.Day(a.Post("planned"))}
	var err error
	if w.File, err = a.attached("file"); err != nil {
		return err
	}
	return a.Duties.Say(a.Ctx(), a.Who, w)
})

var undoDuty = onDuty(func(a *Ask, x *duties.Sheet, due clock.Day) error {
	return a.Duties.Undo(a.Ctx(), a.Who, x.Office.ID, x.Duty.ID, due)
})

var giveDuty = onDuty(func(a *Ask, x *duties.Sheet, _ clock.Day) error {
	n, err := id.Parse(a.Post("account"))
	if err != nil {
		return fault.New(fault.Invalid, "web.person", "Hãy chọn người được giao.").On("account")
	}
	return a.Duties.Give(a.Ctx(), a.Who, x.Office.ID, x.Duty.ID, n, a.Post("note"))
})

var takeDuty = onDuty(func(a *Ask, x *duties.Sheet, _ clock.Day) error {
	n, err := id.Parse(a.Post("account"))
	if err != nil {
		return fault.New(fault.Invalid, "web.person", "Hãy chọn người được giao.").On("account")
	}
	return a.Duties.Take(a.Ctx(), a.Who, x.Office.ID, x.Duty.ID, n)
})

// attached takes the document of a form's field; nil when none was chosen.
func (a *Ask) attached(field string) (*attach.File, error) {
	f, h, err := a.R.FormFile(field)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, attach.TooLarge()
	case err != nil:
		return nil, nil
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, attach.Max+1))
	if err != nil {
		return nil, err
	}
	return attach.Take(h.Filename, b)
}

func dutyFile(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("file"))
	if err != nil {
		return notHere
	}
	f, err := a.Duties.File(a.Ctx(), a.Who, n)
	if err != nil {
		return err
	}
	return a.give(f)
}

// give sends a document to be kept, never to be shown inside our pages.
func (a *Ask) give(f *attach.File) error {
	a.attach(f.Name, f.MIME)
	_, err := a.W.Write(f.Bytes)
	return err
}
