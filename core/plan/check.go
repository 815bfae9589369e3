package plan

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// The bases of targets and the sources of extracts.
const (
	BasisRegister  = "register"
	BasisOfficials = "officials"
)

var (
	sources = []string{"field", "operator", "police", "national"}
	idForm  = regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,39}$`)
)

// check looks at everything that the types alone do not say.
func (c *checker) check(p *Plan) {
	c.need("code", p.Code, "mã kế hoạch")
	c.need("title", p.Title, "tên kế hoạch")
	c.need("place.unit", p.Place.Unit, "mã đơn vị hành chính")
	c.need("place.name", p.Place.Name, "tên địa bàn")
	c.need("issuer.body", p.Issuer.Body, "cơ quan ban hành")
	c.days(p)
	clauses := c.clauses(p)
	c.ladders(p, clauses)
	c.extracts(p, clauses)
	c.targets(p, clauses)
	slices.Sort(p.changes)
	p.changes = slices.Compact(p.changes)
	c.roadmap("roadmap", p.Roadmap, p)
	if len(p.Roadmap) == 0 {
		c.at("roadmap", "plan.roadmap_none", "Chưa có lộ trình. Hãy ghi ít nhất một mốc, mốc cuối là 100 %% vào ngày kết thúc.")
	}
	if p.PersonalQuota.N < 0 || p.PersonalQuota.N > 1000 {
		c.at("personal_quota.n", "plan.personal", "Chỉ tiêu mỗi cán bộ phải từ 0 đến 1.000.")
	}
	for i, w := range p.RestWeekdays {
		if w < 0 || w > 7 {
			c.at(fmt.Sprintf("rest_weekdays[%d]", i), "plan.weekday", "Ngày nghỉ trong tuần là số từ 1 (thứ hai) đến 7 (chủ nhật).")
		}
	}
	c.canvass(p)
	c.obstacles(p)
	c.dossier(p)
	c.aid(p)
	c.outreach(p)
	c.budget(p)
	c.offices(p)
	c.tiles(p)
	e := p.Emulation
	percent := func(v float64) bool { return v >= 0 && v <= 100 }
	if e.Excellent < 0 || e.Excellent > 200 || e.Good < 0 || e.Good > e.Excellent || !percent(e.OverClaim) {
		c.at("emulation", "plan.emulation", "Ngưỡng thi đua không hợp lý: mức khá không được cao hơn mức xuất sắc, tỷ lệ khai khống từ 0 đến 100.")
	} else if e.Complete < 0 || e.Complete > max(e.Good, 80) || !percent(e.InspectFalse) || !percent(e.MinReports) || e.ContestDays < 0 || e.ContestDays > 60 {
		c.at("emulation", "plan.emulation_more", "Ngưỡng thi đua không hợp lý: mức hoàn thành không được cao hơn mức khá; tỷ lệ kiểm tra sai và tỷ lệ báo cáo từ 0 đến 100; hạn khiếu nại từ 0 đến 60 ngày.")
	}
}

func (c *checker) need(path, value, what string) {
	if strings.TrimSpace(value) == "" {
		c.at(path, "plan.missing", "Thiếu %s. Hãy ghi vào mục này.", what)
	}
}

// day checks one date; an empty one is allowed when optional.
func (c *checker) day(path string, d clock.Day, optional bool) bool {
	if d == "" && optional {
		return false
	}
	if x, err := clock.ParseDay(string(d)); err != nil || x != d {
		c.at(path, "plan.date", "Ngày “%s” không đúng. Hãy viết năm-tháng-ngày, ví dụ 2024-04-08.", string(d))
		return false
	}
	return true
}

func (c *checker) days(p *Plan) {
	from, until := c.day("from", p.From, false), c.day("until", p.Until, false)
	c.day("retention", p.Retention, true)
	c.day("switch_off_2g", p.SwitchOff2G, true)
	if c.day("baseline", p.Baseline, true) && from && until && (p.Baseline < p.From || p.Baseline > p.Until) {
		c.at("baseline", "plan.baseline", "Ngày lấy số ban đầu phải nằm trong thời gian của đợt.")
	}
	if from && until && p.Until < p.From {
		c.at("until", "plan.period", "Ngày kết thúc (%s) trước ngày bắt đầu (%s).", p.Until.Vi(), p.From.Vi())
	}
	if from && until && p.Until.Sub(p.From) > 800 {
		c.at("until", "plan.period_long", "Đợt cao điểm dài hơn 800 ngày. Hãy kiểm tra lại năm.")
	}
	if p.Retention != "" && p.Retention < p.Until {
		c.at("retention", "plan.retention", "Ngày hết hạn lưu dữ liệu phải sau ngày kết thúc đợt.")
	}
	ids := map[string]bool{}
	for i, f := range p.Phases {
		path := fmt.Sprintf("phases[%d]", i)
		c.id(path+".id", f.ID, ids)
		c.need(path+".title", f.Title, "tên giai đoạn")
		if !c.day(path+".from", f.From, false) || !c.day(path+".until", f.Until, false) {
			continue
		}
		switch {
		case f.Until < f.From:
			c.at(path+".until", "plan.phase_order", "Giai đoạn kết thúc trước khi bắt đầu.")
		case from && until && (f.From < p.From || f.Until > p.Until):
			c.at(path, "plan.phase_outside", "Giai đoạn “%s” nằm ngoài thời gian của đợt (%s – %s).", f.Title, p.From.Vi(), p.Until.Vi())
		case i > 0 && f.From <= p.Phases[i-1].Until:
			c.at(path+".from", "plan.phase_overlap", "Giai đoạn này chồng lên giai đoạn trước (kết thúc %s).", p.Phases[i-1].Until.Vi())
		}
	}
	for i, r := range p.Reports {
		path := fmt.Sprintf("reports[%d]", i)
		c.id(path+".id", r.ID, ids)
		c.day(path+".from", r.From, true)
		c.day(path+".until", r.Until, true)
		c.day(path+".due", r.Due, true)
		c.every(path+".every", r.Every)
		c.need(path+".title", r.Title, "tên báo cáo")
		if from && until && r.From != "" && r.Until != "" && r.Until < r.From {
			c.at(path+".until", "plan.report_order", "Kỳ báo cáo kết thúc (%s) trước khi bắt đầu (%s).", r.Until.Vi(), r.From.Vi())
		}
		if r.Due != "" && (r.From != "" && r.Due < r.From || r.Due < p.From) {
			c.at(path+".due", "plan.report_early", "Hạn báo cáo (%s) trước khi kỳ báo cáo bắt đầu. Hãy kiểm tra lại ngày.", r.Due.Vi())
		}
		if r.Due == "" && r.Every == "" {
			c.at(path, "plan.report_due", "Báo cáo “%s” chưa có hạn: ghi ngày (due) hoặc định kỳ (every: day, week).", r.Title)
		}
	}
	for i, d := range p.Duties {
		path := fmt.Sprintf("duties[%d]", i)
		c.id(path+".id", d.ID, ids)
		c.need(path+".who", d.Who, "cơ quan thực hiện")
		c.need(path+".text", d.Text, "nội dung nhiệm vụ")
		c.day(path+".due", d.Due, true)
		c.every(path+".every", d.Every)
	}
	for i, t := range p.Terms {
		c.day(fmt.Sprintf("terms[%d].from", i), t.From, false)
		if i > 0 && t.From <= p.Terms[i-1].From {
			c.at(fmt.Sprintf("terms[%d].from", i), "plan.terms", "Các tên gọi phải xếp theo ngày có hiệu lực tăng dần.")
		}
	}
	for i, d := range p.RestDays {
		c.day(fmt.Sprintf("rest_days[%d]", i), d, false)
	}
}

func (c *checker) every(path, every string) {
	if !slices.Contains([]string{"", "day", "week", "month"}, every) {
		c.at(path, "plan.every", "Định kỳ là day (hằng ngày), week (hằng tuần) hoặc month (hằng tháng).")
	}
}

func (c *checker) id(path, id string, seen map[string]bool) {
	switch {
	case !idForm.MatchString(id):
		c.at(path, "plan.id", "Mã “%s” không đúng: chữ thường không dấu, chữ số, gạch dưới, bắt đầu bằng chữ.", id)
	case seen[id]:
		c.at(path, "plan.id_twice", "Mã “%s” đã dùng ở trên. Mỗi mã chỉ dùng một lần.", id)
	}
	seen[id] = true
}

// clauses checks the list of clauses and that everything cites one of them.
func (c *checker) clauses(p *Plan) func(path, id string) {
	known := map[string]bool{}
	for i, x := range p.Clauses {
		path := fmt.Sprintf("clauses[%d]", i)
		if x.ID == "" || known[x.ID] {
			c.at(path+".id", "plan.clause_id", "Mục “%s” thiếu số hiệu hoặc bị ghi hai lần.", x.ID)
		}
		known[x.ID] = true
		c.need(path+".text", x.Text, "nội dung của mục")
	}
	cites := func(path, id string) {
		if !known[id] {
			c.at(path+".clause", "plan.clause_unknown", "Mục “%s” không có trong danh sách các mục (clauses) của kế hoạch.", id)
		}
	}
	for i, x := range p.Phases {
		cites(fmt.Sprintf("phases[%d]", i), x.Clause)
	}
	for i, x := range p.Reports {
		cites(fmt.Sprintf("reports[%d]", i), x.Clause)
	}
	for i, x := range p.Duties {
		cites(fmt.Sprintf("duties[%d]", i), x.Clause)
	}
	for i, x := range p.LegalBasis {
		if x.Clause != "" {
			cites(fmt.Sprintf("legal_basis[%d]", i), x.Clause)
		}
	}
	if p.PersonalQuota.N > 0 {
		cites("personal_quota", p.PersonalQuota.Clause)
	}
	if p.Obstacles.Clause != "" {
		cites("obstacles", p.Obstacles.Clause)
	}
	if p.Dossier.Clause != "" {
		cites("dossier", p.Dossier.Clause)
	}
	for _, x := range []struct{ path, clause string }{{"aid", p.Aid.Clause}, {"outreach", p.Outreach.Clause}, {"budget", p.Budget.Clause}} {
		if x.clause != "" {
			cites(x.path, x.clause)
		}
	}
	if p.Canvass.Clause != "" {
		cites("canvass", p.Canvass.Clause)
	}
	if p.Emulation != (Emulation{}) {
		cites("emulation", p.Emulation.Clause)
	}
	return cites
}

func (c *checker) ladders(p *Plan, cites func(string, string)) {
	if len(p.Coverages) == 0 {
		c.at("coverages", "plan.coverages_none", "Kế hoạch chưa có mục tiêu phủ nào.")
	}
	ids := map[string]bool{}
	for i, x := range p.Coverages {
		path := fmt.Sprintf("coverages[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên mục tiêu phủ")
		c.need(path+".short", x.Short, "tên ngắn của mục tiêu phủ, dùng trên bảng và biểu đồ")
		cites(path, x.Clause)
		if len(x.States) < 2 || len(x.States) > 20 {
			c.at(path+".states", "plan.states", "Mỗi mục tiêu phủ cần từ 2 đến 20 trạng thái, xếp từ thấp đến cao.")
		}
		states := map[string]bool{}
		for j, s := range x.States {
			c.id(fmt.Sprintf("%s.states[%d].id", path, j), s.ID, states)
			c.need(fmt.Sprintf("%s.states[%d].title", path, j), s.Title, "tên trạng thái")
		}
		if x.Rank(x.Goal) < 1 {
			c.at(path+".goal", "plan.goal", "Đích “%s” không phải một trạng thái (sau trạng thái đầu) của mục tiêu này.", x.Goal)
		}
	}
	facts := map[string]bool{}
	for i, x := range p.Facts {
		path := fmt.Sprintf("facts[%d]", i)
		c.id(path+".id", x.ID, facts)
		c.need(path+".title", x.Title, "tên tình trạng")
		cites(path, x.Clause)
	}
}

// states checks a map of coverage → state and gives it in a fixed order.
func (c *checker) states(p *Plan, path string, m map[string]string) []Reached {
	var out []Reached
	for cov, state := range m {
		x := p.Coverage(cov)
		switch {
		case x == nil:
			c.at(path+"."+cov, "plan.coverage_unknown", "Không có mục tiêu phủ nào mã “%s”.", cov)
		case x.Rank(state) < 0:
			c.at(path+"."+cov, "plan.state_unknown", "Mục tiêu “%s” không có trạng thái “%s”.", cov, state)
		default:
			out = append(out, Reached{cov, state})
		}
	}
	slices.SortFunc(out, func(a, b Reached) int { return strings.Compare(a.Coverage, b.Coverage) })
	return out
}

func (c *checker) extracts(p *Plan, cites func(string, string)) {
	kinds := map[string]bool{}
	for i := range p.Extracts {
		x := &p.Extracts[i]
		path := fmt.Sprintf("extracts[%d]", i)
		c.id(path+".kind", x.Kind, kinds)
		c.need(path+".title", x.Title, "tên loại danh sách")
		cites(path, x.Clause)
		if !slices.Contains(sources, x.Source) {
			c.at(path+".source", "plan.source", "Nguồn là national (CSDL quốc gia), police (công an), operator (nhà mạng) hoặc field (cơ sở).")
		}
		x.sets = c.states(p, path+".sets", x.Sets)
		if u := &x.Unnamed; len(u.Sets)+len(u.Below) > 0 || u.When != "" {
			u.sets = c.states(p, path+".unnamed.sets", u.Sets)
			u.below = c.states(p, path+".unnamed.below", u.Below)
			u.when = c.expression(p, path+".unnamed.when", u.When)
			if len(u.Sets)+len(u.Below) == 0 {
				c.at(path+".unnamed", "plan.unnamed", "Hãy ghi danh sách đầy đủ cho biết gì (sets hoặc below) về người không có tên.")
			}
		}
		for j := range x.Columns {
			for k := range x.Columns[j].Values {
				v := &x.Columns[j].Values[k]
				at := fmt.Sprintf("%s.columns[%d].values[%d]", path, j, k)
				v.sets = c.states(p, at+".sets", v.Sets)
				if len(v.Texts) == 0 {
					c.at(at, "plan.texts", "Hãy ghi các cách viết (texts) của giá trị này.")
				}
				for n := range v.Texts {
					v.Texts[n] = vn.Fold(v.Texts[n])
				}
				for f := range v.Needs {
					v.Needs[f] = vn.Fold(v.Needs[f])
				}
			}
		}
	}
}

func (c *checker) targets(p *Plan, cites func(string, string)) {
	if len(p.Targets) == 0 {
		c.at("targets", "plan.targets_none", "Kế hoạch chưa có chỉ tiêu nào.")
	}
	ids := map[string]bool{}
	mains := map[string]string{}
	for i := range p.Targets {
		t := &p.Targets[i]
		t.p = p
		path := fmt.Sprintf("targets[%d]", i)
		c.id(path+".id", t.ID, ids)
		c.need(path+".title", t.Title, "tên chỉ tiêu")
		c.need(path+".short", t.Short, "tên ngắn của chỉ tiêu, dùng trên bảng và biểu đồ")
		c.need(path+".in", t.In, "câu giải thích vì sao thuộc diện (in)")
		c.need(path+".out", t.Out, "câu giải thích vì sao không thuộc diện (out)")
		cites(path, t.Clause)
		if p.Coverage(t.Coverage) == nil && (t.Coverage != "" || t.Main) {
			c.at(path+".coverage", "plan.coverage_unknown", "Không có mục tiêu phủ nào mã “%s”.", t.Coverage)
		}
		if t.Main {
			if other := mains[t.Coverage]; other != "" {
				c.at(path+".main", "plan.main_twice", "Mục tiêu “%s” đã có chỉ tiêu chính là “%s”.", t.Coverage, other)
			}
			mains[t.Coverage] = t.ID
		}
		if math.IsNaN(t.Percent) || t.Percent <= 0 || t.Percent > 100 {
			c.at(path+".percent", "plan.percent", "Tỷ lệ phải lớn hơn 0 và không quá 100 (đang ghi %v).", t.Percent)
		}
		if t.Basis != BasisRegister && t.Basis != BasisOfficials {
			c.at(path+".basis", "plan.basis", "Cơ sở tính là register (dân cư) hoặc officials (cán bộ, công chức).")
		}
		t.eligible = c.expression(p, path+".eligible", t.Eligible)
		t.counts = c.expression(p, path+".counts", t.Counts)
		c.roadmap(path+".roadmap", t.Roadmap, p)
		for j := range t.Rules {
			r := &t.Rules[j]
			at := fmt.Sprintf("%s.rules[%d]", path, j)
			if c.day(at+".from", r.From, false) {
				p.changes = append(p.changes, r.From)
			}
			if j > 0 && r.From <= t.Rules[j-1].From {
				c.at(at+".from", "plan.rule_order", "Các quy tắc phải xếp theo ngày có hiệu lực tăng dần.")
			}
			if r.Eligible != "" {
				r.eligible = c.expression(p, at+".eligible", r.Eligible)
			}
			if r.Counts != "" {
				r.counts = c.expression(p, at+".counts", r.Counts)
			}
		}
	}
	for i := range p.Coverages {
		if mains[p.Coverages[i].ID] == "" {
			c.at(fmt.Sprintf("coverages[%d]", i), "plan.main_none", "Mục tiêu “%s” chưa có chỉ tiêu chính (main: true).", p.Coverages[i].Title)
		}
	}
	segments := map[string]bool{}
	for i := range p.Segments {
		g := &p.Segments[i]
		path := fmt.Sprintf("segments[%d]", i)
		c.id(path+".id", g.ID, segments)
		c.need(path+".title", g.Title, "tên nhóm")
		c.need(path+".work", g.Work, "việc phải làm cho nhóm này")
		cites(path, g.Clause)
		g.when = c.expression(p, path+".when", g.When)
		for j, f := range g.After {
			if !segments[f.Segment] && p.Segment(f.Segment) == nil || f.Segment == g.ID {
				c.at(fmt.Sprintf("%s.after[%d]", path, j), "plan.after", "Không có nhóm “%s” để làm trước nhóm này.", f.Segment)
			}
			c.need(fmt.Sprintf("%s.after[%d].why", path, j), f.Why, "vì sao phải làm trước")
		}
	}
}

// roadmap checks a curve: rising days inside the campaign, rising percents, 100 at the end (law A3).
func (c *checker) roadmap(path string, knots []Knot, p *Plan) {
	for i, k := range knots {
		at := fmt.Sprintf("%s[%d]", path, i)
		c.day(at+".day", k.Day, false)
		switch {
		case k.Day < p.From || k.Day > p.Until:
			c.at(at+".day", "plan.roadmap_day", "Mốc lộ trình nằm ngoài thời gian của đợt.")
		case i > 0 && k.Day <= knots[i-1].Day:
			c.at(at+".day", "plan.roadmap_order", "Các mốc lộ trình phải có ngày tăng dần.")
		case k.Percent < 0 || k.Percent > 100 || i > 0 && k.Percent < knots[i-1].Percent:
			c.at(at+".percent", "plan.roadmap_percent", "Tỷ lệ lũy kế của lộ trình phải tăng dần, từ 0 đến 100.")
		case i == len(knots)-1 && (k.Percent != 100 || k.Day != p.Until):
			c.at(at, "plan.roadmap_end", "Mốc cuối của lộ trình phải là 100 %% vào ngày kết thúc đợt (%s).", p.Until.Vi())
		}
	}
}
