package web

import (
	"strconv"
	"strings"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/inspection"
	"bonphu/web/chart"
)

const inspectionsHref = "/kiem-tra"

func inspectionHref(n int64) string { return inspectionsHref + "/" + id.String(n) }

// inspectionWhat says what an inspection looks at: "CCCD: tổ báo cáo đã làm".
func inspectionWhat(p *plan.Plan, k inspection.Kind, target string) string {
	if t := p.Target(target); t != nil {
		return t.Short + ": " + inspection.KindTitle(k)
	}
	return "Người " + inspection.KindTitle(k)
}

func inspectionMood(s inspection.State) string {
	switch s {
	case inspection.Closed:
		return "good"
	case inspection.Drawn:
		return "note"
	}
	return "warn"
}

// shareInterval draws a share with its bounds on a scale that holds them.
func shareInterval(what string, share, low, high float64) chart.Interval {
	top := 1.0
	for _, t := range []float64{0.1, 0.25, 0.5} {
		if high <= t {
			top = t
			break
		}
	}
	return chart.Interval{What: what, Rate: share, Low: low, High: high, Top: top}
}

// showInspections lists the inspections.
func showInspections(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	var unit *territory.Unit
	at := int64(0)
	if a.Query("don_vi") != "" {
		if unit, err = a.askedUnit("inspect.see"); err != nil {
			return err
		}
		at = unit.ID
	}
	list, err := a.Inspect.List(a.Ctx(), a.Who, at)
	if err != nil {
		return err
	}
	s := &Inspections{MayPlan: a.Who.MayAnywhere("inspect.plan"), None: Empty{Icon: "check", Title: "Chưa có đợt kiểm tra nào", Text: "Kiểm tra xác suất chọn ngẫu nhiên một số người, đến tận nơi xem điều đã báo cáo có đúng không, rồi cho biết tỷ lệ sai và khoảng tin cậy."}}
	if s.MayPlan {
		s.None.Href, s.None.Do = inspectionsHref+"/moi", "Lập đợt kiểm tra"
	}
	s.Title, s.Area, s.Lead = "Kiểm tra", inspectionsHref, "Kiểm tra xác suất những người tổ đã báo cáo, bản trích xuất đã xác nhận, hoặc được đưa ra ngoài diện tính. Mẫu rút theo số hạt giống công bố trước nên ai cũng rút lại được."
	if unit != nil {
		s.Lead = a.Who.Tree().FullName(unit.ID) + ": các đợt kiểm tra ở địa bàn này, bên dưới và của cấp trên có rút mẫu tới đây."
		s.Crumbs = []Crumb{{"Kiểm tra", inspectionsHref}, {Title: unit.Title()}}
	}
	for i := range list {
		t := &list[i]
		e := &t.Estimate
		r := InspectionRow{What: inspectionWhat(p, t.Kind, t.Target), Href: inspectionHref(t.ID), Place: a.Who.Tree().FullName(t.Unit), Day: stampVi(t.SeedAt), State: vn.UpperFirst(inspection.StateTitle(t.State)), Mood: inspectionMood(t.State)}
		if t.State != inspection.Planned {
			r.Sample = vn.Int(t.Sample) + " trong " + vn.Int(t.Frame) + " người"
			r.Done = vn.Int(t.Sample-e.Left()) + "/" + vn.Int(t.Sample)
		}
		if e.Decided() > 0 {
			r.Share, r.Bounds = overText(e.Share), overText(e.Low)+" – "+overText(e.High)
			r.Interval = chart.Interval{What: "Tỷ lệ sai của đợt kiểm tra " + r.Place, Rate: e.Share, Low: e.Low, High: e.High, Top: 0.5}
		}
		s.Rows = append(s.Rows, r)
	}
	return a.Show(s)
}

// share reads a percentage as people type it: "5", "2,5", "2.5 %".
func share(text, field string, or float64) (float64, error) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.Replace(text, ",", ".", 1)), "%"))
	if text == "" {
		return or, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f > 0 && f < 100) {
		return 0, fault.New(fault.Invalid, "web.percent", "Hãy ghi số phần trăm lớn hơn 0 và nhỏ hơn 100, ví dụ 5 hoặc 2,5.").On(field)
	}
	return f / 100, nil
}

// planScreen shows the form as asked by get, with the size of the sample.
func (a *Ask) planScreen(get func(string) string) (*InspectionPlan, inspection.Planning, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, inspection.Planning{}, err
	}
	tree := a.Who.Tree()
	var unit *territory.Unit
	if code := get("don_vi"); code != "" {
		unit = tree.ByCode(code)
	} else if scope := a.Who.Scope("inspect.plan"); len(scope) > 0 {
		unit = tree.ByID(scope[0])
	}
	if unit == nil {
		return nil, inspection.Planning{}, notHere
	}
	want := inspection.Planning{Unit: unit.ID, Kind: inspection.Kind(get("loai")), Target: get("chi_tieu"), Note: get("note"), Seed: get("seed")}
	if want.Kind == "" {
		want.Kind = inspection.Claimed
	}
	s := &InspectionPlan{Units: a.unitChoices("inspect.plan", unit.ID), Unit: unit.Code, Kind: string(want.Kind), Conf: get("conf"), Margin: get("margin"), Expected: get("expected")}
	s.Title, s.Area = "Lập đợt kiểm tra", inspectionsHref
	s.Lead = "Chọn địa bàn, nội dung và độ chính xác; máy tính số người cần kiểm tra. Số hạt giống được công bố ngay khi lập, trước khi chốt danh sách."
	s.Crumbs = []Crumb{{"Kiểm tra", inspectionsHref}, {Title: "Lập đợt"}}
	for _, k := range inspection.Kinds {
		s.Kinds = append(s.Kinds, Choice{string(k), "Người " + inspection.KindTitle(k), k == want.Kind})
	}
	for i := range p.Targets {
		if t := &p.Targets[i]; t.Main {
			if want.Target == "" {
				want.Target = t.ID
			}
			s.Targets = append(s.Targets, Choice{t.ID, t.Short, t.ID == want.Target})
		}
	}
	s.Target = want.Target
	for _, x := range []struct {
		text  *string
		to    *float64
		or    float64
		field string
		shown string
	}{{&s.Conf, &want.Conf, 0.95, "conf", "95"}, {&s.Margin, &want.Margin, 0.05, "margin", "5"}, {&s.Expected, &want.Expected, 0.5, "expected", "50"}} {
		if *x.to, err = share(*x.text, x.field, x.or); err != nil {
			return s, want, err
		}
		if *x.text == "" {
			*x.text = x.shown
		}
	}
	size, err := a.Inspect.Preview(a.Ctx(), a.Who, want)
	if err != nil {
		return s, want, err
	}
	s.Size, s.MayMake = vn.Int(size.Sample), size.Frame > 0
	s.Told = "Cần kiểm tra " + vn.Int(size.Sample) + " trong " + vn.Int(size.Frame) + " người thuộc diện, chia cho " + strconv.Itoa(size.Strata) + " ấp, sóc theo tỷ lệ; nơi nào có người thì có ít nhất một người trong mẫu."
	if size.Frame == 0 {
		s.Told = "Hiện chưa có ai thuộc diện kiểm tra này ở địa bàn đã chọn."
	}
	return s, want, nil
}

func showInspectionPlan(a *Ask) error {
	s, _, err := a.planScreen(a.Query)
	if err != nil {
		return a.planAgain(s, err)
	}
	return a.Show(s)
}

// planAgain shows the form with what is wrong.
func (a *Ask) planAgain(s *InspectionPlan, cause error) error {
	if s == nil || !fault.Is(cause, fault.Invalid) {
		return cause
	}
	return Again(s, cause)
}

func makeInspection(a *Ask) error {
	s, want, err := a.planScreen(a.Post)
	if err != nil {
		return a.planAgain(s, err)
	}
	n, err := a.Inspect.New(a.Ctx(), a.Who, want)
	if err != nil {
		return a.planAgain(s, err)
	}
	return a.Go(inspectionHref(n))
}
