package web

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/oversight/localplan"
)

const localHref = "/ke-hoach-xa"

func localMood(state string, wrong bool) string {
	switch {
	case wrong:
		return "bad"
	case state == localplan.Issued:
		return "good"
	case state == localplan.Draft:
		return "warn"
	}
	return ""
}

func moreText(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%+d", n)
}

func showLocalPlans(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	rows, sums, err := a.LocalPlans.District(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	if len(rows) == 1 && sums == nil {
		return a.Go(localHref + "/" + rows[0].Unit.Code)
	}
	s := &LocalPlans{None: Empty{Icon: "plan", Title: "Chưa có xã nào trong địa bàn", Text: "Đưa danh sách đơn vị vào trước, rồi lập kế hoạch của từng xã."}}
	s.Title, s.Area, s.Lead = "Kế hoạch của các xã", localHref, "Mỗi xã lập kế hoạch riêng trong khung của huyện; tổng các xã không bao giờ thấp hơn số huyện giao."
	var issued, drafts, below int64
	for _, r := range rows {
		x := LocalRow{Title: r.Unit.Title(), Href: localHref + "/" + r.Unit.Code, State: localplan.StateTitle("")}
		switch {
		case r.Issued != nil:
			issued++
			x.State, x.Mood = localplan.StateTitle(localplan.Issued), localMood(localplan.Issued, r.Below)
			if r.Below {
				below++
				x.State = "Thấp hơn huyện giao"
			}
			x.Issued = fmt.Sprintf("bản %d, %s", r.Issued.N, r.Issued.IssuedDay.Vi())
			x.Days = r.Issued.Spec.From.Vi() + " – " + r.Issued.Spec.Until.Vi()
		case r.Draft != nil:
			drafts++
			x.State, x.Mood = localplan.StateTitle(localplan.Draft), "warn"
		}
		if x.Days == "" {
			x.Days = p.From.Vi() + " – " + p.Until.Vi()
		}
		for _, t := range r.Numbers {
			if more := moreText(t.Number - t.District); more != "" {
				x.Differs = append(x.Differs, t.Short+" "+more)
			}
		}
		s.Rows = append(s.Rows, x)
	}
	for _, x := range sums {
		r := LocalSum{Title: x.Short, District: x.District, Issued: x.Issued, Rest: x.Rest, Whole: x.Whole(), More: moreText(x.More()), Mood: "good"}
		if x.More() < 0 {
			r.Mood = "bad"
		}
		s.Sums = append(s.Sums, r)
	}
	s.Stats = []Stat{{Label: "Đã ban hành", Value: vn.Int(issued), Note: "trên " + vn.Int(int64(len(rows))) + " xã, thị trấn"}, {Label: "Đang soạn", Value: vn.Int(drafts), Note: "bản thảo"},
		{Label: "Chưa lập", Value: vn.Int(int64(len(rows)) - issued - drafts), Note: "theo số huyện chia"}, {Label: "Thấp hơn huyện giao", Value: vn.Int(below), Note: "cần bản mới", Kind: kindWhen(below > 0, "bad")}}
	return a.Show(s)
}

func kindWhen(yes bool, kind string) string {
	if yes {
		return kind
	}
	return ""
}

// localPlan makes the sheet of a commune's plan: the draft is what is shown and written, else the plan in force.
func (a *Ask) localPlan() (*LocalPlan, *localplan.Sheet, *territory.Unit, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, nil, err
	}
	u := a.Who.Tree().ByCode(a.R.PathValue("code"))
	if u == nil {
		return nil, nil, nil, notHere
	}
	x, err := a.LocalPlans.Sheet(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	s := &LocalPlan{Unit: u.Title(), From: string(p.From), Until: string(p.Until)}
	s.Title, s.Area = "Kế hoạch của "+vn.LowerFirst(u.Title()), localHref
	s.Lead = "Trong khung của huyện: từ " + p.From.Vi() + " đến " + p.Until.Vi() + "; chỉ tiêu bằng hoặc cao hơn số huyện giao."
	if home := a.Who.Tree().Home(); home != nil && a.Who.May("localplan.see", home.ID) == nil {
		s.District = localHref
		s.Crumbs = []Crumb{{"Kế hoạch của các xã", localHref}, {Title: u.Title()}}
	}
	here := localHref + "/" + u.Code
	writes, issues := a.Who.May("localplan.write", u.ID) == nil, a.Who.May("localplan.approve", u.ID) == nil
	s.None = Empty{Icon: "plan", Title: "Xã chưa có kế hoạch riêng", Text: "Các tổ đang theo số huyện chia. Bấm “Tạo từ kế hoạch của huyện” để có bản thảo với chỉ tiêu, lộ trình, tổ và số liệu hôm nay của xã."}
	shown := x.Draft
	switch {
	case x.Draft != nil:
		s.Draft, s.State, s.Mood = true, fmt.Sprintf("Bản thảo %d", x.Draft.N), "warn"
		s.Revision = strconv.FormatInt(x.Draft.Revision, 10)
		if writes {
			s.Save, s.Drop = here, here+"/bo-ban-thao"
		}
		if issues {
			s.Issue = here + "/ban-hanh"
		}
		s.Correction = x.Draft.N > 1
		if x.Issued != nil {
			for _, c := range localplan.Diff(x.Issued.Spec, x.Draft.Spec) {
				s.Changes = append(s.Changes, LocalChange{c.What, cmpDash(c.Was), cmpDash(c.Now)})
			}
		}
	case x.Issued != nil:
		shown, s.State, s.Mood = x.Issued, fmt.Sprintf("Bản %d đang thực hiện", x.Issued.N), localMood(localplan.Issued, len(x.IssuedWrong) > 0)
		if issues {
			s.Withdraw = here + "/thu-hoi"
		}
	default:
		s.State = "Chưa có"
	}
	if x.Draft == nil && writes {
		s.Make = here + "/tao"
	}
	if writes {
		s.Bring = here + "/nhap"
	}
	if x.Issued != nil && a.Who.May("report.write", u.ID) == nil {
		s.Paper = "/van-ban/moi/ke-hoach?don_vi=" + u.Code
	}
	for _, f := range x.DraftWrong {
		s.Wrong = append(s.Wrong, f.Text)
	}
	for _, f := range x.IssuedWrong {
		s.Outgrown = append(s.Outgrown, f.Text)
	}
	for i := range x.Versions {
		v := &x.Versions[i]
		r := LocalVersion{Title: fmt.Sprintf("Bản %d", v.N), State: localplan.StateTitle(v.State), Mood: localMood(v.State, false), Why: v.Why, File: fmt.Sprintf("%s/ban-%d.yaml", here, v.N)}
		if r.By = v.WriterName + " soạn " + stampVi(v.At); v.IssuedName != "" {
			r.By = v.IssuedName + " ban hành " + stampVi(v.IssuedAt)
		}
		if v.State == localplan.Withdrawn {
			r.By += "; " + v.EndedName + " thu hồi " + stampVi(v.EndedAt)
		}
		s.Versions = append(s.Versions, r)
	}
	if shown != nil {
		s.File = fmt.Sprintf("%s/ban-%d.yaml", here, shown.N)
		a.localSpec(s, p, shown.Spec, x)
	}
	return s, x, u, nil
}

func cmpDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// localSpec fills the sheet from a plan; what was typed into a refused form stays.
func (a *Ask) localSpec(s *LocalPlan, p *plan.Plan, spec *localplan.Spec, x *localplan.Sheet) {
	s.Own = LocalDates{string(spec.From), string(spec.Until), spec.AsOf.Vi(), spec.From.Vi(), spec.Until.Vi()}
	s.Texts = []LocalText{{"title", "Tên kế hoạch", spec.Title}, {"number", "Số, ký hiệu", spec.Number}, {"signer", "Người ký", spec.Signer}, {"position", "Chức vụ", spec.Position}}
	for _, k := range spec.Roadmap {
		s.Knots = append(s.Knots, LocalKnot{string(k.Day), k.Day.Vi(), percentText(k.Percent), percentText(p.RoadmapPercent("", k.Day)) + " %"})
	}
	asked := map[string]localplan.Target{}
	for _, t := range x.Asked {
		asked[t.ID] = t
	}
	for _, t := range spec.Targets {
		now := asked[t.ID]
		r := LocalTarget{ID: t.ID, Title: t.Short, Eligible: now.Eligible, Confirmed: now.Confirmed, District: now.District, Number: t.Number}
		if t.Number < now.District {
			r.Problem = "thấp hơn huyện giao"
		}
		s.Targets = append(s.Targets, r)
	}
	for w, title := range []string{"Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"} {
		s.Weekdays = append(s.Weekdays, Choice{strconv.Itoa(w + 1), title, slices.Contains(spec.RestWeekdays, w+1)})
	}
	var rest []string
	for _, d := range spec.RestDays {
		rest = append(rest, d.Vi())
	}
	s.Rest = strings.Join(rest, ", ")
	for _, m := range spec.Measures {
		s.Measures = append(s.Measures, LocalMeasure{Title: m.Title, Text: m.Text})
	}
	if s.Save != "" {
		s.Knots = append(s.Knots, LocalKnot{})
		s.Measures = append(s.Measures, LocalMeasure{})
	}
	var targets []string
	for _, t := range spec.Targets {
		if slices.ContainsFunc(spec.Teams, func(m localplan.Team) bool { return m.Daily[t.ID] > 0 }) {
			targets, s.TeamHeads = append(targets, t.ID), append(s.TeamHeads, t.Short)
		}
	}
	for _, m := range spec.Teams {
		r := LocalTeam{Name: m.Name, Place: m.Place, Members: m.Members, Capacity: m.Capacity}
		for _, t := range targets {
			r.Daily = append(r.Daily, m.Daily[t])
		}
		s.Teams = append(s.Teams, r)
	}
}

func percentText(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}

func showLocalPlan(a *Ask) error {
	s, _, _, err := a.localPlan()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onLocalPlan runs a change of a commune's plan and shows it again.
func onLocalPlan(do func(a *Ask, s *LocalPlan, x *localplan.Sheet, unit int64) error) func(*Ask) error {
	return func(a *Ask) error {
		s, x, u, err := a.localPlan()
		if err != nil {
			return err
		}
		if err := do(a, s, x, u.ID); err != nil {
			return Again(s, atTop(err, "title", "until", "roadmap", "rest", "issue", "why", "file"))
		}
		return a.Go(localHref + "/" + u.Code)
	}
}

// atTop lets a sentence stand at the form's top when none of these fields shows it.
func atTop(err error, shown ...string) error {
	f, ok := fault.As(err)
	if !ok || slices.Contains(shown, f.Field) {
		return err
	}
	top := *f
	top.Field = ""
	return &top
}

var makeLocalPlan = onLocalPlan(func(a *Ask, _ *LocalPlan, _ *localplan.Sheet, unit int64) error {
	return a.LocalPlans.Make(a.Ctx(), a.Who, unit)
})

var dropLocalPlan = onLocalPlan(func(a *Ask, _ *LocalPlan, _ *localplan.Sheet, unit int64) error {
	return a.LocalPlans.Drop(a.Ctx(), a.Who, unit, a.revision("revision"))
})

var withdrawLocalPlan = onLocalPlan(func(a *Ask, _ *LocalPlan, _ *localplan.Sheet, unit int64) error {
	return a.LocalPlans.Withdraw(a.Ctx(), a.Who, unit, a.Post("why"))
})

var issueLocalPlan = onLocalPlan(func(a *Ask, _ *LocalPlan, _ *localplan.Sheet, unit int64) error {
	return a.LocalPlans.Issue(a.Ctx(), a.Who, unit, a.revision("revision"), a.Post("why"))
})

var bringLocalPlan = onLocalPlan(func(a *Ask, _ *LocalPlan, _ *localplan.Sheet, unit int64) error {
	f, _, err := a.R.FormFile("file")
	if err != nil {
		return fault.New(fault.Invalid, "web.no_file", "Hãy chọn tệp kế hoạch (.yaml).").On("file")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 512<<10))
	if err != nil {
		return err
	}
	return a.LocalPlans.Bring(a.Ctx(), a.Who, unit, a.revision("revision"), b)
})

var saveLocalPlan = onLocalPlan(func(a *Ask, s *LocalPlan, x *localplan.Sheet, unit int64) error {
	if x.Draft == nil {
		return fault.New(fault.Conflict, "web.no_draft", "Bản thảo không còn: đã được ban hành hoặc đã bỏ. Hãy tải lại trang.")
	}
	spec := *x.Draft.Spec
	err := a.typedPlan(&spec)
	a.localTyped(s, &spec, x)
	if err != nil {
		return err
	}
	n := a.revision("revision")
	if a.Post("force") != "" {
		n = a.revision("force") // having read what somebody else saved
	}
	err = a.LocalPlans.Save(a.Ctx(), a.Who, unit, n, &spec)
	if f, ok := fault.As(err); ok && f.Code == "localplan.changed" {
		s.Force, s.Revision = s.Revision, a.Post("revision")
	}
	return err
})

// revision reads a field that holds which saving somebody saw; 0 for none.
func (a *Ask) revision(name string) int64 {
	n, _ := strconv.ParseInt(a.Post(name), 10, 64)
	return n
}

// localTyped shows what was typed instead of what is kept, so that nothing is lost when the form is refused.
func (a *Ask) localTyped(s *LocalPlan, spec *localplan.Spec, x *localplan.Sheet) {
	s.Knots, s.Targets, s.Weekdays, s.Measures, s.Teams, s.TeamHeads = nil, nil, nil, nil, nil, nil
	a.localSpec(s, a.plan(), spec, x)
	s.Rest = a.Post("rest_days")
	s.Knots = nil
	for i, day := range a.R.PostForm["knot_day"] {
		percent := ""
		if i < len(a.R.PostForm["knot_percent"]) {
			percent = a.R.PostForm["knot_percent"][i]
		}
		s.Knots = append(s.Knots, LocalKnot{Day: day, Percent: percent})
	}
}

// typedPlan reads the form into a plan. An empty row of the roadmap or of the measures is none.
func (a *Ask) typedPlan(spec *localplan.Spec) error {
	spec.Title, spec.Number, spec.Signer, spec.Position = a.Post("title"), a.Post("number"), a.Post("signer"), a.Post("position")
	spec.From, spec.Until = clock.Day(a.Post("from")), clock.Day(a.Post("until"))
	form := a.R.PostForm
	spec.Targets = slices.Clone(spec.Targets)
	spec.Measures, spec.Roadmap, spec.RestWeekdays, spec.RestDays = nil, nil, nil, nil
	titles, texts := form["measure_title"], form["measure_text"]
	for i := range min(len(titles), len(texts)) {
		if m := (localplan.Measure{Title: strings.TrimSpace(vn.NFC(titles[i])), Text: strings.TrimSpace(vn.NFC(texts[i]))}); m.Title != "" || m.Text != "" {
			spec.Measures = append(spec.Measures, m)
		}
	}
	for _, w := range form["rest_weekday"] {
		n, _ := strconv.Atoi(w)
		spec.RestWeekdays = append(spec.RestWeekdays, n)
	}
	var bad error
	for i := range spec.Targets {
		t := &spec.Targets[i]
		n, err := wholeNumber(a.Post("target_" + t.ID))
		if err != nil {
			bad = fault.New(fault.Invalid, "web.number", "%s: chỉ tiêu ghi bằng số nguyên.", t.Short).On("target." + t.ID)
			continue
		}
		t.Number = n
	}
	days, percents := form["knot_day"], form["knot_percent"]
	for i := range min(len(days), len(percents)) {
		day, text := strings.TrimSpace(days[i]), strings.TrimSpace(percents[i])
		if day == "" && text == "" {
			continue
		}
		n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
		if err != nil {
			bad = fault.New(fault.Invalid, "web.percent", "Mốc thứ %d: tỷ lệ ghi bằng số, thí dụ 35 hoặc 37,5.", i+1).On("roadmap")
			continue
		}
		spec.Roadmap = append(spec.Roadmap, plan.Knot{Day: clock.Day(day), Percent: n})
	}
	for _, text := range strings.FieldsFunc(a.Post("rest_days"), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' }) {
		b, ok := vn.ParseBirth(text)
		day, err := clock.ParseDay(b.String())
		if !ok || err != nil {
			bad = fault.New(fault.Invalid, "web.rest", "Ngày nghỉ “%s” không đúng; viết dạng 30/4/2024, cách nhau bằng dấu phẩy.", text).On("rest")
			continue
		}
		spec.RestDays = append(spec.RestDays, day)
	}
	return bad
}

// localFile gives a version as its file.
func localFile(a *Ask) error {
	u := a.Who.Tree().ByCode(a.R.PathValue("code"))
	name, ok := strings.CutSuffix(strings.TrimPrefix(a.R.PathValue("file"), "ban-"), ".yaml")
	n, err := strconv.Atoi(name)
	if u == nil || !ok || err != nil {
		return notHere
	}
	v, err := a.LocalPlans.Version(a.Ctx(), a.Who, u.ID, n)
	if err != nil {
		return err
	}
	text, err := v.Spec.YAML()
	if err != nil {
		return err
	}
	a.attach(fmt.Sprintf("ke-hoach-%s-ban-%d.yaml", u.Code, n), "application/yaml; charset=utf-8")
	_, err = a.W.Write(text)
	return err
}
