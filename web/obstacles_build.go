package web

import (
	"io"
	"net/url"
	"strconv"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/photo"
	"bonphu/internal/vn"
	"bonphu/ops/obstacles"
)

const obstaclesHref = "/vuong-mac"

// obstacleBody bounds a form with a photo.
const obstacleBody = photo.Max + 64<<10

func obstacleState(k *obstacles.Kept, today clock.Day) (state, mood string) {
	switch {
	case k.Late(today):
		return "Quá hạn trả lời", "bad"
	case k.State == obstacles.Open:
		return "Chờ trả lời", "warn"
	case k.State == obstacles.Answered:
		return "Đã trả lời", "good"
	}
	return "Đã khép", ""
}

func levelTitle(level string) string {
	if level == plan.LevelCommune {
		return "UBND xã, Công an xã"
	}
	return "Công an huyện (Đội CSQLHC về TTXH)"
}

func (a *Ask) categoryChoices(chosen string) []Choice {
	var out []Choice
	for _, c := range a.plan().Obstacles.List() {
		out = append(out, Choice{c.ID, c.Title, c.ID == chosen})
	}
	return out
}

func showObstacles(a *Ask) error {
	u, err := a.askedUnit("obstacle.own")
	if err != nil {
		return err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	all, err := a.Obstacles.List(a.Ctx(), a.Who, obstacles.Query{Unit: u.ID})
	if err != nil {
		return err
	}
	q := obstacles.Query{Unit: u.ID, State: a.Query("tinh_trang"), Category: a.Query("loai")}
	list, err := a.Obstacles.List(a.Ctx(), a.Who, q)
	if err != nil {
		return err
	}
	s := &Obstacles{Units: a.unitChoices("obstacle.own", u.ID), Categories: append([]Choice{{"", "Mọi loại", q.Category == ""}}, a.categoryChoices(q.Category)...), MaySend: a.Who.MayAnywhere("obstacle.send"),
		New: obstaclesHref + "/moi?don_vi=" + url.QueryEscape(u.Code), None: Empty{Icon: "check", Title: "Không có vướng mắc nào", Text: "Vướng mắc gửi từ điện thoại của tổ hoặc từ trang này sẽ hiện ở đây."}}
	if len(all) > 0 {
		s.None = Empty{Icon: "search", Title: "Không có vướng mắc nào khớp", Text: "Bỏ bớt điều kiện lọc để xem các vướng mắc khác."}
	}
	s.Title, s.Area, s.Lead = "Khó khăn, vướng mắc", obstaclesHref, u.Title()+": điều gì đang cản việc, ai phải trả lời, hạn đến khi nào."
	for _, x := range []Choice{{"", "Tất cả", false}, {"late", "Quá hạn trả lời", false}, {obstacles.Open, "Chờ trả lời", false}, {obstacles.Answered, "Đã trả lời", false}, {obstacles.Closed, "Đã khép", false}} {
		x.Chosen = x.Value == q.State
		s.States = append(s.States, x)
	}
	today := a.today()
	var open, late, answered int
	for i := range all {
		k := &all[i]
		switch {
		case k.Late(today):
			late++
			open++
		case k.State == obstacles.Open:
			open++
		case k.State == obstacles.Answered:
			answered++
		}
	}
	s.Stats = []Stat{{Label: "Chờ trả lời", Value: vn.Int(int64(open)), Note: "vướng mắc"}, {Label: "Quá hạn", Value: vn.Int(int64(late)), Note: "chưa ai trả lời"}, {Label: "Đã trả lời", Value: vn.Int(int64(answered)), Note: "chờ người gửi khép"}}
	for i := range list {
		k := &list[i]
		r := ObstacleRow{Text: shorten(k.Text, 160), Href: obstaclesHref + "/" + id.String(k.ID), Kind: p.Obstacles.Of(k.Category).Title, Place: a.Who.Tree().FullName(k.Unit), By: k.WhoName, When: stampVi(k.At), People: int64(k.People)}
		r.State, r.Mood = obstacleState(k, today)
		if k.State == obstacles.Open {
			r.Due = k.Due.Vi()
		}
		s.Rows = append(s.Rows, r)
	}
	causes, err := a.Obstacles.Top(a.Ctx(), a.Who, u.ID, p.From, p.Until)
	if err != nil {
		return err
	}
	for _, c := range causes {
		s.Causes = append(s.Causes, CauseRow{c.Title, int64(c.N), int64(c.Open), int64(c.People), 100 * c.N / causes[0].N})
	}
	return a.Show(s)
}

// shorten keeps the first letters of a long text, whole words only.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := n
	for cut > n/2 && r[cut] != ' ' {
		cut--
	}
	return string(r[:cut]) + "…"
}

func (a *Ask) obstacleForm() (*ObstacleForm, error) {
	u, err := a.askedUnit("obstacle.send")
	if err != nil {
		return nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, err
	}
	s := &ObstacleForm{Units: a.unitChoices("obstacle.send", u.ID), Unit: u.Code, Text: a.R.FormValue("text"), Categories: a.categoryChoices(a.R.FormValue("category")), Once: a.R.FormValue("once")}
	if s.Once == "" {
		s.Once = id.String(id.New())
	}
	s.Title, s.Area, s.Lead = "Báo vướng mắc", obstaclesHref, "Kể vắn tắt. Sổ giải đáp được tìm trước: có thể đã có người trả lời."
	s.Crumbs = []Crumb{{"Khó khăn, vướng mắc", obstaclesHref}, {Title: "Báo vướng mắc"}}
	if s.Text != "" {
		s.Looked = true
		s.Found, err = a.answers(s.Text, "", 5)
	}
	return s, err
}

func (a *Ask) answers(text, category string, most int) ([]AnswerRow, error) {
	found, err := a.Obstacles.Search(a.Ctx(), a.Who, text, category)
	if err != nil {
		return nil, err
	}
	var out []AnswerRow
	for _, e := range found[:min(most, len(found))] {
		r := AnswerRow{Question: e.Question, Answer: e.Answer, Kind: a.plan().Obstacles.Of(e.Category).Title, By: e.WhoName, When: stampVi(e.At), Uses: e.Uses}
		if a.Who.MayAnywhere("obstacle.send") {
			r.Helped = "/giai-dap/" + id.String(e.ID)
		}
		out = append(out, r)
	}
	return out, nil
}

func showObstacleForm(a *Ask) error {
	s, err := a.obstacleForm()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func sendObstacle(a *Ask) error {
	s, err := a.obstacleForm()
	if err != nil {
		return err
	}
	u := a.Who.Tree().ByCode(s.Unit)
	o := obstacles.Obstacle{Unit: u.ID, Category: a.Post("category"), Text: a.Post("text")}
	if o.ID, err = id.Parse(s.Once); err != nil {
		o.ID = 0
	}
	if v := a.Post("people"); v != "" {
		if o.People, err = strconv.Atoi(v); err != nil {
			return Again(s, fault.New(fault.Invalid, "web.people", "Số người bị ảnh hưởng ghi bằng chữ số.").On("people"))
		}
	}
	if f, _, err := a.R.FormFile("photo"); err == nil {
		defer f.Close()
		if o.Photo, err = io.ReadAll(io.LimitReader(f, photo.Max+1)); err != nil {
			return err
		}
	}
	if a.Post("tim") != "" { // only looking: the text never stands in an address
		return a.Show(s)
	}
	n, err := a.Obstacles.Send(a.Ctx(), a.Who, o)
	if err != nil {
		return Again(s, err)
	}
	if a.Who.May("obstacle.see", u.ID) != nil {
		return a.Go("/")
	}
	return a.Go(obstaclesHref + "/" + id.String(n))
}

var stepTitles = map[string]string{"sent": "Đã báo", "answered": "Đã trả lời", "escalated": "Quá hạn, đã chuyển lên huyện", "passed": "Chuyển cơ quan khác trả lời", "closed": "Đã khép", "opened": "Mở lại"}

func (a *Ask) obstacleSheet() (*ObstacleSheet, *obstacles.Kept, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	k, steps, err := a.Obstacles.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, nil, err
	}
	s := &ObstacleSheet{Text: k.Text, Kind: a.plan().Obstacles.Of(k.Category).Title, Place: a.Who.Tree().FullName(k.Unit), By: k.WhoName, When: stampVi(k.At), Level: levelTitle(k.Level), People: int64(k.People)}
	s.State, s.Mood = obstacleState(k, a.today())
	if k.State == obstacles.Open {
		s.Due = k.Due.Vi()
	}
	here := obstaclesHref + "/" + id.String(n)
	if err := a.passing(s, k, here); err != nil {
		return nil, nil, err
	}
	if k.HasPhoto {
		s.Photo = here + "/anh"
	}
	for _, x := range steps {
		s.Moments = append(s.Moments, Moment{When: stampVi(x.At), Title: stepTitles[x.Kind], Text: x.Text, By: x.WhoName})
	}
	answers := obstacles.MayAnswer(a.Who, k) == nil
	sends := answers || obstacles.Sends(a.Who, k)
	if answers && k.State != obstacles.Closed {
		s.Answer = here + "/tra-loi"
		if s.Similar, err = a.answers(k.Text, "", 3); err != nil {
			return nil, nil, err
		}
	}
	if sends && k.State != obstacles.Closed {
		s.Close = here + "/khep"
	}
	if sends && k.State != obstacles.Open {
		s.Reopen = here + "/mo-lai"
	}
	s.Title, s.Area = s.Kind, obstaclesHref
	s.Crumbs = []Crumb{{"Khó khăn, vướng mắc", obstaclesHref}, {Title: s.Kind}}
	return s, k, nil
}

func showObstacle(a *Ask) error {
	s, _, err := a.obstacleSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onObstacle runs a change of one obstacle and shows it again.
func onObstacle(do func(a *Ask, n int64) error) func(*Ask) error {
	return func(a *Ask) error {
		s, k, err := a.obstacleSheet()
		if err != nil {
			return err
		}
		if err := do(a, k.ID); err != nil {
			return Again(s, err)
		}
		return a.Go(obstaclesHref + "/" + id.String(k.ID))
	}
}

func answerObstacle(a *Ask, n int64) error {
	return a.Obstacles.Answer(a.Ctx(), a.Who, n, a.Post("text"), a.Post("keep") != "")
}

// passing names the office that answers and, for who owes the answer, the others to which it may be passed on.
func (a *Ask) passing(s *ObstacleSheet, k *obstacles.Kept, here string) error {
	if !a.Who.MayAnywhere("obstacle.own") {
		return nil
	}
	offices, err := a.Obstacles.Offices(a.Ctx(), a.Who, k.Unit)
	if err != nil {
		return err
	}
	for _, o := range offices {
		if o.ID == k.Office {
			s.Office = vn.UpperFirst(o.Name)
			continue
		}
		s.Offices = append(s.Offices, Choice{id.String(o.ID), vn.UpperFirst(o.Name), false})
	}
	if k.State != obstacles.Closed && obstacles.MayAnswer(a.Who, k) == nil {
		s.Pass = here + "/chuyen"
	}
	return nil
}

func passObstacle(a *Ask, n int64) error {
	office, err := id.Parse(a.Post("office"))
	if err != nil {
		return fault.New(fault.Invalid, "web.office", "Không có cơ quan này. Hãy chọn lại trong danh sách.").On("office")
	}
	return a.Obstacles.PassOn(a.Ctx(), a.Who, n, office, a.Post("why"))
}

func closeObstacle(a *Ask, n int64) error { return a.Obstacles.Close(a.Ctx(), a.Who, n) }

func reopenObstacle(a *Ask, n int64) error {
	return a.Obstacles.Reopen(a.Ctx(), a.Who, n, a.Post("why"))
}

func obstaclePhoto(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	b, err := a.Obstacles.Photo(a.Ctx(), a.Who, n)
	if err != nil {
		return err
	}
	return a.picture("image/jpeg", b)
}

func showAnswers(a *Ask) error {
	if _, err := a.campaignPlan(); err != nil {
		return err
	}
	s := &AnswerBook{Text: a.Query("q"), New: obstaclesHref + "/moi", None: Empty{Icon: "book", Title: "Chưa có lời giải nào khớp", Text: "Thử ít chữ hơn, hoặc báo vướng mắc để được trả lời."}}
	s.Categories = append([]Choice{{"", "Mọi loại", a.Query("loai") == ""}}, a.categoryChoices(a.Query("loai"))...)
	s.Title, s.Area, s.Lead = "Sổ giải đáp", obstaclesHref, "Vướng mắc đã có người trả lời, dùng lại được. Tìm không cần dấu."
	s.Crumbs = []Crumb{{"Khó khăn, vướng mắc", obstaclesHref}, {Title: "Sổ giải đáp"}}
	var err error
	if s.Rows, err = a.answers(s.Text, a.Query("loai"), 50); err != nil {
		return err
	}
	return a.Show(s)
}

func helpedAnswer(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	if err := a.Obstacles.Helped(a.Ctx(), a.Who, n); err != nil {
		return err
	}
	return a.Go("/giai-dap")
}
