package web

import (
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"

	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/inspection"
)

func inspectionInPath(a *Ask) (int64, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return 0, fault.New(fault.Missing, "web.no_inspection", "Không có đợt kiểm tra này.")
	}
	return n, nil
}

// estimateWords tells an estimate in sentences (law N3).
func estimateWords(e *inspection.Estimate) []string {
	if e.Decided() == 0 {
		return []string{"Chưa có kết quả Đúng hoặc Sai nào nên chưa ước lượng được."}
	}
	how := "Wilson"
	if e.Exact {
		how = "Clopper–Pearson"
	}
	out := []string{"Ước lượng " + overText(e.Share) + " là sai; với độ tin cậy " + overText(e.Conf) + ", tỷ lệ thật nằm trong khoảng " + overText(e.Low) + " đến " + overText(e.High) + " (theo " + how + ", tính theo trọng số từng ấp)."}
	if e.Missed() > 0 {
		out = append(out, "Còn "+vn.Int(e.Absent)+" người không gặp, "+vn.Int(e.Refused)+" người từ chối, không tính vào tỷ lệ trên. Nếu tất cả đều sai thì tỷ lệ là "+overText(e.Worst)+", tối đa "+overText(e.WorstHigh)+"; nếu tất cả đều đúng thì là "+overText(e.Best)+".")
	}
	if e.Uncovered > 0 {
		out = append(out, "Có "+vn.Int(e.Uncovered)+" người ở những nơi chưa có kết quả nào; ước lượng chưa nói gì về họ.")
	}
	return out
}

func showInspection(a *Ask) error {
	s, err := a.inspectionScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func (a *Ask) inspectionScreen() (*InspectionSheet, error) {
	n, err := inspectionInPath(a)
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	t, err := a.Inspect.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	tree, e := a.Who.Tree(), &t.Estimate
	s := &InspectionSheet{Href: inspectionHref(n), State: vn.UpperFirst(inspection.StateTitle(t.State)), Mood: inspectionMood(t.State), Drawn: t.State != inspection.Planned, Closed: t.State == inspection.Closed,
		MayDraw: t.MayPlan && t.State == inspection.Planned, MayClose: t.MayPlan && t.State == inspection.Drawn && e.Decided()+e.Missed() > 0, MayRecord: t.MayRecord && t.State == inspection.Drawn,
		MayList: t.State != inspection.Planned && a.Who.May("people.see", t.Unit) == nil}
	if t.State == inspection.Drawn {
		s.Barred = t.Barred
	}
	s.Title, s.Area, s.Lead = inspectionWhat(p, t.Kind, t.Target), inspectionsHref, tree.FullName(t.Unit)
	s.Crumbs = []Crumb{{"Kiểm tra", inspectionsHref}, {Title: s.Lead}}
	for i, title := range []string{"Công bố số hạt giống", "Chốt danh sách, rút mẫu", "Kiểm tra tận nơi", "Kết thúc"} {
		at := map[inspection.State]int{inspection.Planned: 1, inspection.Drawn: 2, inspection.Closed: 4}[t.State]
		st := Stage{Title: title}
		switch {
		case i < at:
			st.State = "done"
		case i == at:
			st.State = "now"
		}
		s.Stages = append(s.Stages, st)
	}
	if s.Drawn {
		s.Stats = []Stat{{Label: "Mẫu", Value: vn.Int(t.Sample), Note: "trong " + vn.Int(t.Frame) + " người thuộc diện"}, {Label: "Đã kiểm tra", Value: vn.Percent(t.Sample-e.Left(), t.Sample), Note: "còn " + vn.Int(e.Left()) + " người"},
			{Label: "Đúng", Value: vn.Int(e.True), Kind: "good"}, {Label: "Sai", Value: vn.Int(e.False), Kind: kindIf(e.False > 0, "bad")}, {Label: "Không gặp, từ chối", Value: vn.Int(e.Missed()), Note: vn.Int(e.Absent) + " không gặp, " + vn.Int(e.Refused) + " từ chối"}}
		s.Words = estimateWords(e)
		if e.Decided() > 0 {
			s.Interval = shareInterval("Tỷ lệ sai", e.Share, e.Low, e.High)
		}
	}
	s.Facts = []CaseFact{{"Độ tin cậy, sai số", overText(t.Conf) + ", ± " + overText(t.Margin) + ", tỷ lệ dự kiến " + overText(t.Expected), ""}, {"Số hạt giống", t.Seed, ""}, {"Công bố lúc", stampVi(t.SeedAt) + ", " + t.Who, ""}}
	if s.Drawn {
		s.Facts = append(s.Facts, CaseFact{"Chốt danh sách, rút mẫu lúc", stampVi(t.FrameAt) + ", " + t.DrawnBy, ""}, CaseFact{"SHA-256 của danh sách", t.FrameSHA, ""})
	}
	if s.Closed {
		s.Facts = append(s.Facts, CaseFact{"Kết thúc lúc", stampVi(t.ClosedAt) + ", " + t.ClosedBy, ""})
	}
	if t.Note != "" {
		s.Facts = append(s.Facts, CaseFact{"Ghi chú", t.Note, ""})
	}
	for _, x := range e.Strata {
		row := StratumRow{Name: tree.FullName(x.Unit), Frame: x.Frame, Sample: x.Sample, True: x.True, False: x.False, Missed: x.Missed(), Left: x.Left()}
		if u := tree.ByID(x.Unit); u != nil && (x.Unit == t.Unit || u.Parent == t.Unit) {
			row.Name = u.Title()
		}
		if s.MayList {
			row.Href = s.Href + "/phieu?ap=" + url.QueryEscape(x.Code)
		}
		if x.Decided() > 0 {
			row.Share, row.Bounds = overText(x.Share), overText(x.Low)+" – "+overText(x.High)
		}
		s.Strata = append(s.Strata, row)
	}
	if s.Drawn && a.Query("rut_lai") != "" {
		again, err := a.Inspect.Redraw(a.Ctx(), a.Who, n)
		if err != nil {
			return nil, err
		}
		if again.Same && again.FrameOK {
			s.Proof, s.ProofMood = "Đã rút lại từ số hạt giống và danh sách đã chốt: khớp cả "+vn.Int(again.Sample)+" người, mã SHA-256 của danh sách không đổi.", "good"
		} else {
			s.Proof, s.ProofMood = "Rút lại KHÔNG khớp với mẫu đang dùng hoặc danh sách đã chốt. Hãy dừng kiểm tra và báo quản trị hệ thống.", "bad"
		}
	}
	return s, nil
}

// changeInspection draws or closes.
func changeInspection(do func(*Ask, int64) error) func(*Ask) error {
	return func(a *Ask) error {
		n, err := inspectionInPath(a)
		if err != nil {
			return err
		}
		if err := do(a, n); err != nil {
			if !fault.Is(err, fault.Conflict) {
				return err
			}
			s, bad := a.inspectionScreen()
			if bad != nil {
				return bad
			}
			return Again(s, err)
		}
		return a.Go(inspectionHref(n))
	}
}

var drawInspection = changeInspection(func(a *Ask, n int64) error { return a.Inspect.Draw(a.Ctx(), a.Who, n) })
var closeInspection = changeInspection(func(a *Ask, n int64) error { return a.Inspect.Close(a.Ctx(), a.Who, n) })

// inspectionPhoto gives an evidence photo to who may see the inspection.
func inspectionPhoto(a *Ask) error {
	n, err := inspectionInPath(a)
	if err != nil {
		return err
	}
	result, err := id.Parse(a.R.PathValue("result"))
	if err != nil {
		return notHere
	}
	b, err := a.Inspect.Photo(a.Ctx(), a.Who, n, result)
	if err != nil {
		return err
	}
	return a.picture("image/jpeg", b)
}

// inspectionFile gives the frozen frame or the sample as text, so that anybody can draw again (law J1).
func inspectionFile(a *Ask) error {
	n, err := inspectionInPath(a)
	if err != nil {
		return err
	}
	var lines []string
	switch a.R.PathValue("file") {
	case "danh-sach.txt":
		if lines, err = a.Inspect.Lines(a.Ctx(), a.Who, n); err != nil {
			return err
		}
	case "mau.txt":
		t, err := a.Inspect.Get(a.Ctx(), a.Who, n)
		if err != nil {
			return err
		}
		list, err := a.Inspect.Items(a.Ctx(), a.Who, n, "")
		if err != nil {
			return err
		}
		for i := range list {
			x := &list[i]
			lines = append(lines, x.Code+"|"+strconv.FormatInt(x.Person.ID, 10)+"|"+strconv.FormatInt(x.Place, 10)+"|"+inspection.Ticket(t.Seed, x.Code, x.Person.ID))
		}
	default:
		return notHere
	}
	a.attach(a.R.PathValue("file"), "text/plain; charset=utf-8")
	for _, l := range lines {
		if _, err := io.WriteString(a.W, l+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// inspectionBody bounds a finding with its photo.
const inspectionBody = 6 << 20

// recordFinding takes a finding from the list, with a photo or without.
func recordFinding(a *Ask) error {
	n, err := inspectionInPath(a)
	if err != nil {
		return err
	}
	parts, err := a.R.MultipartReader()
	if err != nil {
		return badForm(err)
	}
	typed := url.Values{}
	var picture []byte
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
			picture = b
		} else if len(b) <= 10_000 {
			typed.Set(part.FormName(), strings.TrimSpace(string(b)))
		}
	}
	a.R.PostForm = typed
	person, err := id.Parse(typed.Get("person"))
	if err != nil {
		return notHere
	}
	press, err := id.Parse(typed.Get("press"))
	if err != nil {
		return notHere
	}
	err = a.Inspect.Record(a.Ctx(), a.Who, inspection.Record{ID: press, Inspection: n, Person: person, Result: inspection.Result(typed.Get("result")), Note: typed.Get("note"), Why: typed.Get("why"), Photo: picture})
	if err != nil {
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
			return err
		}
		s, bad := a.fieldScreen(n, typed.Get("ap"), typed.Get("con"), typed.Get("person"))
		if bad != nil {
			return bad
		}
		return Again(s, err)
	}
	v := url.Values{}
	for _, name := range []string{"ap", "con"} {
		if x := typed.Get(name); x != "" {
			v.Set(name, x)
		}
	}
	return a.Go(inspectionHref(n) + "/phieu?" + v.Encode() + "#n-" + typed.Get("person"))
}
