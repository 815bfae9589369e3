package web

import (
	"errors"
	"io"
	"net/url"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/reconcile"
)

// The queues of cases, as the address names them.
const (
	queueAnswer = "tra-loi"
	queueDecide = "ket-luan"
	queueDone   = "xong"
)

// showCases is the queue of denied claims: those to answer, those to decide, those that are done.
func showCases(a *Ask) error {
	u, err := a.askedUnit("reconcile.see")
	if err != nil {
		return err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	queue := a.Query("viec")
	if queue == "" {
		queue = queueAnswer
		if a.Who.May("reconcile.decide", u.ID) == nil {
			queue = queueDecide
		}
	}
	state := map[string]reconcile.State{queueAnswer: reconcile.Open, queueDecide: reconcile.Answered, queueDone: reconcile.Decided}[queue]
	team := int64(0)
	if text := a.Query("to"); text != "" {
		if team, err = id.Parse(text); err != nil {
			return notHere
		}
	}
	list, next, err := a.Reconcile.Items(a.Ctx(), a.Who, reconcile.Ask{Filter: reconcile.Filter{Team: team, Coverage: a.Query("phu")}, Unit: u.ID, State: state, After: a.Query("sau"), N: registerPage})
	if err != nil {
		return err
	}
	told, _, err := a.Reconcile.Summary(a.Ctx(), a.Who, []int64{u.ID}, reconcile.Filter{Team: team, Coverage: a.Query("phu")})
	if err != nil {
		return err
	}
	names, err := a.teamNames(u.ID)
	if err != nil {
		return err
	}
	c := told[u.ID]
	s := &Cases{Units: a.unitChoices("reconcile.see", u.ID), None: Empty{Icon: "check", Title: "Không có việc nào", Text: "Báo cáo bị bản trích xuất bác sẽ hiện ở đây để tổ giải trình và người có thẩm quyền kết luận."}}
	s.Title, s.Area, s.Lead = "Giải trình sai lệch", settlingHref, u.Title()+": tổ đã báo cáo được hỏi, giải trình; người khác kết luận. Bản trích xuất sau xác nhận thì tự đóng."
	s.Crumbs = []Crumb{{"Đối soát", settlingHref + "?don_vi=" + url.QueryEscape(u.Code)}, {Title: "Giải trình sai lệch"}}
	to := func(pairs ...string) string {
		v := url.Values{"don_vi": {u.Code}}
		for _, name := range []string{"phu", "to"} {
			if x := a.Query(name); x != "" {
				v.Set(name, x)
			}
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return settlingHref + "/viec?" + v.Encode()
	}
	for _, t := range []struct {
		key, title string
		n          int64
	}{{queueAnswer, "Chờ giải trình", c.Open}, {queueDecide, "Chờ kết luận", c.Answered}, {queueDone, "Đã kết luận", c.Decided}} {
		s.Tabs = append(s.Tabs, Tab{t.title + " (" + vn.Int(t.n) + ")", to("viec", t.key), t.key == queue})
	}
	for i := range list {
		s.Rows = append(s.Rows, a.settledItem(p, &list[i], names))
	}
	if next != "" {
		s.Pager.Next = to("viec", queue, "sau", next)
	}
	return a.Show(s)
}

func caseInPath(a *Ask) (int64, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return 0, fault.New(fault.Missing, "web.no_case", "Không có sai lệch này.")
	}
	return n, nil
}

func showCase(a *Ask) error {
	s, err := a.caseScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// caseScreen is one denied claim: what was claimed, what the extract says, and the hearing (KH:IV.2.a).
func (a *Ask) caseScreen() (*Case, error) {
	n, err := caseInPath(a)
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	c, err := a.Reconcile.Case(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	names, err := a.teamNames(c.Unit)
	if err != nil {
		return nil, err
	}
	today := clock.DayOf(a.Clock())
	s := &Case{Href: caseHref(n), Person: CaseLink{c.Person.Name, "/dan-cu/" + id.String(c.Person.ID)}, State: vn.UpperFirst(reconcile.StateTitle(c.State)), MayAnswer: c.MayAnswer, MayDecide: c.MayDecide, MayOpen: c.MayOpen,
		Wait: string(today), Last: string(today.Add(30))}
	s.Title, s.Area = "Sai lệch: "+c.Person.Name, settlingHref
	s.Lead = a.Who.Tree().FullName(c.Unit)
	s.Crumbs = []Crumb{{"Đối soát", settlingHref}, {"Giải trình sai lệch", settlingHref + "/viec"}, {Title: c.Person.Name}}
	switch {
	case c.Late(today):
		s.State, s.Mood = "Quá hạn giải trình từ "+c.Due.Vi(), "bad"
	case c.State == reconcile.Open:
		s.State, s.Mood = "Chờ giải trình đến hết "+c.Due.Vi(), "warn"
	case c.State == reconcile.Answered:
		s.Mood = "note"
	case c.State == reconcile.Closed:
		s.Mood = "good"
	}
	row := a.settledItem(p, &c.Item, names)
	s.Facts = []CaseFact{{"Công dân", c.Person.Name, s.Person.Href}, {"Số định danh", c.Person.Number.Mask(), ""}, {"Tổ báo cáo", row.Claimed + ", ngày " + row.Day, ""}, {"Ai báo cáo", row.Team, ""}}
	if c.Note != "" {
		s.Facts = append(s.Facts, CaseFact{"Ghi chú của tổ", c.Note, ""})
	}
	if row.Says != "" {
		s.Facts = append(s.Facts, CaseFact{"Bản trích xuất nói", row.Says, ""}, CaseFact{"Theo", row.List, row.ListHref})
	}
	s.Facts = append(s.Facts, CaseFact{"Kết quả đối soát", vn.UpperFirst(row.Fate), ""})
	if c.Ruling != "" {
		counted := "tính là báo cáo sai"
		if c.Excused(today) {
			counted = "không tính là báo cáo sai"
			if c.WaitUntil != "" {
				counted += " đến hết " + c.WaitUntil.Vi()
			}
		}
		s.Facts = append(s.Facts, CaseFact{"Kết luận", vn.UpperFirst(reconcile.CodeTitle(c.Ruling)) + "; " + counted, ""})
		if c.Ruling == reconcile.WrongNumber {
			s.Next = append(s.Next, CaseLink{"Sửa số trong hồ sơ", s.Person.Href})
		}
		if c.Ruling == reconcile.Twin {
			s.Next = append(s.Next, CaseLink{"Gộp hồ sơ trùng", s.Person.Href})
		}
	}
	for _, code := range reconcile.Codes {
		s.Reasons = append(s.Reasons, CaseReason{string(code), vn.UpperFirst(reconcile.CodeTitle(code)), reconcile.Consequence(code), code == c.Code})
	}
	if c.State == reconcile.Answered && !c.MayDecide && c.AnsweredBy == a.Who.Account && a.Who.May("reconcile.decide", c.Unit) == nil {
		s.WhyNot = "Bạn là người giải trình nên không tự kết luận; người khác sẽ kết luận."
	}
	opened := "Bản trích xuất bác báo cáo"
	if c.Batch == 0 {
		opened = "Kiểm tra bác báo cáo"
	}
	s.Moments = append(s.Moments, Moment{When: stampVi(c.Opened), Title: opened, Text: "Tổ được hỏi, hạn giải trình đến hết " + c.Due.Vi() + "."})
	for _, st := range c.Steps {
		m := Moment{When: stampVi(st.At), Text: st.Text, By: st.Who}
		switch st.Kind {
		case "answer":
			m.Title, m.Level = "Giải trình: "+reconcile.CodeTitle(st.Code), "claimed"
		case "decide":
			m.Title, m.Level = "Kết luận: "+reconcile.CodeTitle(st.Code), "confirmed"
			if st.WaitUntil != "" {
				m.Title += ", chờ đến hết " + st.WaitUntil.Vi()
			}
		case "inspect":
			m.Title = "Kiểm tra thấy không đúng"
		case "reopen":
			m.Title = "Mở lại"
		default:
			m.Title, m.Level = "Tự đóng", "confirmed"
		}
		s.Moments = append(s.Moments, m)
		if st.Photo != "" {
			s.Photos = append(s.Photos, CaseLink{"Ảnh " + stampVi(st.At), s.Href + "/anh/" + id.String(st.ID)})
		}
	}
	return s, nil
}

// answerBody bounds an answer with its photo.
const answerBody = 8 << 20

// answerCase takes an answer, with a photo from the phone or without.
func answerCase(a *Ask) error {
	parts, err := a.R.MultipartReader()
	if err != nil {
		return badForm(err)
	}
	typed := url.Values{"what": {"answer"}}
	var photo []byte
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badForm(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return badForm(err)
		}
		if part.FormName() == "photo" {
			photo = b
		} else if len(b) <= 10_000 {
			typed.Set(part.FormName(), strings.TrimSpace(string(b)))
		}
	}
	a.R.PostForm = typed
	n, err := caseInPath(a)
	if err != nil {
		return err
	}
	if err := a.Reconcile.Answer(a.Ctx(), a.Who, reconcile.Answer{Claim: n, Code: reconcile.Code(typed.Get("code")), Text: typed.Get("text"), Photo: photo}); err != nil {
		return a.caseAgain(err)
	}
	return a.Go(caseHref(n))
}

// caseAgain shows the case with what was typed and what is wrong.
func (a *Ask) caseAgain(cause error) error {
	if !fault.Is(cause, fault.Invalid) && !fault.Is(cause, fault.Conflict) && !fault.Is(cause, fault.Forbidden) {
		return cause
	}
	s, err := a.caseScreen()
	if err != nil {
		return err
	}
	return Again(s, cause)
}

func decideCase(a *Ask) error {
	n, err := caseInPath(a)
	if err != nil {
		return err
	}
	v := reconcile.Verdict{Claim: n, Code: reconcile.Code(a.Post("code")), Text: a.Post("text"), WaitUntil: clock.Day(a.Post("wait"))}
	if err := a.Reconcile.Decide(a.Ctx(), a.Who, v); err != nil {
		return a.caseAgain(err)
	}
	return a.Go(caseHref(n))
}

func reopenCase(a *Ask) error {
	n, err := caseInPath(a)
	if err != nil {
		return err
	}
	if err := a.Reconcile.Reopen(a.Ctx(), a.Who, n, a.Post("why")); err != nil {
		return a.caseAgain(err)
	}
	return a.Go(caseHref(n))
}

// casePhoto gives the photo of an answer to who may see the case.
func casePhoto(a *Ask) error {
	n, err := caseInPath(a)
	if err != nil {
		return err
	}
	step, err := id.Parse(a.R.PathValue("step"))
	if err != nil {
		return notHere
	}
	b, kind, err := a.Reconcile.Photo(a.Ctx(), a.Who, n, step)
	if err != nil {
		return err
	}
	return a.picture(kind, b)
}
