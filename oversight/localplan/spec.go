package localplan

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Spec is a commune's plan as data: what is written, issued, and given as a file.
type Spec struct {
	District     string      `yaml:"district"` // code of the plan it stands under
	Unit         string      `yaml:"unit"`     // the commune's code
	Title        string      `yaml:"title"`
	Number       string      `yaml:"number"` // of the signed paper; "" for none yet
	Signer       string      `yaml:"signer"`
	Position     string      `yaml:"position"`
	From         clock.Day   `yaml:"from"`
	Until        clock.Day   `yaml:"until"`
	AsOf         clock.Day   `yaml:"as_of"` // the day of the figures it was made from
	Roadmap      []plan.Knot `yaml:"roadmap"`
	RestWeekdays []int       `yaml:"rest_weekdays"`
	RestDays     []clock.Day `yaml:"rest_days"`
	Targets      []Target    `yaml:"targets"`
	Teams        []Team      `yaml:"teams"`
	Measures     []Measure   `yaml:"measures"`
}

// Target is a number to reach: Number is the commune's own, District what the district's division asks of it; Eligible and Confirmed are
// people, as of the plan's day.
type Target struct {
	ID        string `yaml:"id"`
	Short     string `yaml:"short"`
	Eligible  int64  `yaml:"eligible"`
	Confirmed int64  `yaml:"confirmed"`
	District  int64  `yaml:"district"`
	Number    int64  `yaml:"number"`
}

// Team is a team with what it can do and is given on a working day.
type Team struct {
	Name     string           `yaml:"name"`
	Place    string           `yaml:"place"`
	Members  int64            `yaml:"members"`
	Capacity int64            `yaml:"capacity"`
	Daily    map[string]int64 `yaml:"daily"` // by target
}

// Measure is a heading with what will be done.
type Measure struct {
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
}

// maxSpec bounds a file in bytes.
const maxSpec = 256 << 10

// ParseSpec reads a commune's plan from its file; what it does not know is refused with line and column.
func ParseSpec(b []byte) (*Spec, error) {
	if len(b) > maxSpec {
		return nil, fault.New(fault.Invalid, "localplan.large", "Tệp kế hoạch của xã lớn hơn 256 KB. Hãy kiểm tra lại tệp.").On("file")
	}
	if !utf8.Valid(b) {
		return nil, fault.New(fault.Invalid, "localplan.text", "Tệp kế hoạch của xã không đọc được: phải là văn bản YAML mã UTF-8.").On("file")
	}
	var s Spec
	if err := plan.Read("kế hoạch của xã", b, &s); err != nil {
		line, _, _ := strings.Cut(err.Error(), "\n")
		return nil, fault.New(fault.Invalid, "localplan.yaml", "Tệp không đúng mẫu, %s", line).On("file")
	}
	return &s, nil
}

// YAML writes a plan as its file.
func (s *Spec) YAML() ([]byte, error) { return yaml.Marshal(s) }

// Percent is the share of what is to be done that the plan wants done by the end of a day, straight between knots.
func (s *Spec) Percent(day clock.Day) float64 { return along(s.Roadmap, s.From, day) }

func along(knots []plan.Knot, from, day clock.Day) float64 {
	p := plan.Plan{From: from, Roadmap: knots}
	return p.RoadmapPercent("", day)
}

// Target finds a target; nil when the plan has none of that id.
func (s *Spec) Target(id string) *Target {
	for i := range s.Targets {
		if s.Targets[i].ID == id {
			return &s.Targets[i]
		}
	}
	return nil
}

// Rests tells whether nobody works on a day.
func (s *Spec) Rests(day clock.Day) bool {
	w := int(day.Time().Weekday())
	if w == 0 {
		w = 7
	}
	return slices.Contains(s.RestWeekdays, w) || slices.Contains(s.RestDays, day)
}

// Days counts the working days from one to another, both included.
func (s *Spec) Days(from, until clock.Day) int64 {
	var n int64
	for d := from; d <= until; d = d.Add(1) {
		if !s.Rests(d) {
			n++
		}
	}
	return n
}

// tolerance is by how much a percentage may fall short before it is said to: rounding of what was typed.
const tolerance = 0.05

// Check tells everything in which a commune's plan contradicts the district's (KH:V.6): dates outside of it, a roadmap below it on any day,
// a number below the part that the district's division gives, a text that holds somebody's number. asked is that part by target.
func (s *Spec) Check(p *plan.Plan, asked map[string]int64) []*fault.Fault {
	var out []*fault.Fault
	say := func(field, code, text string, args ...any) {
		out = append(out, fault.New(fault.Invalid, "localplan."+code, text, args...).On(field))
	}
	if s.District != p.Code {
		say("district", "district", "Kế hoạch này viết cho đợt “%s”, không phải “%s”. Hãy tạo lại từ kế hoạch của huyện.", s.District, p.Code)
	}
	if n := utf8.RuneCountInString(s.Title); n < 5 || n > 300 {
		say("title", "title", "Tên kế hoạch từ 5 đến 300 chữ.")
	}
	if utf8.RuneCountInString(s.Number) > 60 || utf8.RuneCountInString(s.Signer) > 120 || utf8.RuneCountInString(s.Position) > 120 {
		say("number", "long", "Số ký hiệu, người ký hoặc chức vụ dài quá. Hãy rút gọn.")
	}
	if vn.HoldsNumber(s.Title + "\n" + s.Number + "\n" + s.Signer + "\n" + s.Position) {
		say("title", "private", "Tên kế hoạch, số ký hiệu, người ký không được chứa số định danh hay số điện thoại của ai.")
	}
	real := func(d clock.Day) bool { x, err := clock.ParseDay(string(d)); return err == nil && x == d }
	if !real(s.From) || !real(s.Until) || s.From < p.From || s.Until > p.Until || s.Until < s.From {
		say("until", "dates", "Thời gian của xã phải nằm trong đợt của huyện, từ %s đến %s.", p.From.Vi(), p.Until.Vi())
		return out
	}
	if !s.knots(say) {
		return out
	}
	for day := p.From; day <= p.Until; day = day.Add(1) {
		if want, own := p.RoadmapPercent("", day), s.Percent(day); own < want-tolerance {
			say("roadmap", "behind", "Lộ trình của xã ngày %s là %s %%, thấp hơn lộ trình của huyện (%s %%). Hãy nâng mốc gần đó.", day.Vi(), percentVi(own), percentVi(want))
			break
		}
	}
	for _, w := range s.RestWeekdays {
		if w < 1 || w > 7 {
			say("rest", "rest", "Ngày nghỉ trong tuần là số từ 1 (thứ hai) đến 7 (chủ nhật).")
		}
	}
	if len(s.RestDays) > 100 || slices.ContainsFunc(s.RestDays, func(d clock.Day) bool { return !real(d) || d < p.From || d > p.Until }) {
		say("rest", "rest_days", "Ngày nghỉ phải là ngày có thật, nằm trong đợt.")
	} else if s.Days(s.From, s.Until) == 0 {
		say("rest", "rest_all", "Kế hoạch không còn ngày làm việc nào. Hãy bớt ngày nghỉ.")
	}
	for _, t := range s.Targets {
		want, known := asked[t.ID]
		switch {
		case !known:
			say("target."+t.ID, "target", "Huyện không có chỉ tiêu “%s”.", t.ID)
		case t.Number < want:
			say("target."+t.ID, "below", "%s: xã đặt %s người, huyện giao %s. Xã chỉ được đặt bằng hoặc cao hơn.", t.Short, vn.Int(t.Number), vn.Int(want))
		case t.Number > max(t.Eligible, want):
			say("target."+t.ID, "above", "%s: xã đặt %s người nhưng chỉ có %s người thuộc diện.", t.Short, vn.Int(t.Number), vn.Int(t.Eligible))
		}
	}
	for id := range asked {
		if s.Target(id) == nil {
			say("targets", "missing", "Kế hoạch của xã thiếu chỉ tiêu “%s” mà huyện giao.", id)
		}
	}
	if len(s.Measures) > 20 || len(s.Teams) > 200 {
		say("measures", "many", "Nhiều nhất 20 đề mục và 200 tổ.")
	}
	for i, m := range s.Measures {
		field := fmt.Sprintf("measure.%d", i)
		switch {
		case utf8.RuneCountInString(m.Title) > 120 || utf8.RuneCountInString(m.Text) > 4000:
			say(field, "measure", "Đề mục dài nhất 120 chữ, nội dung 4.000 chữ.")
		case vn.HoldsNumber(m.Title + "\n" + m.Text):
			say(field, "private", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.")
		}
	}
	return out
}

// knots checks the roadmap by itself; false when no percentage can be told from it.
func (s *Spec) knots(say func(field, code, text string, args ...any)) bool {
	if len(s.Roadmap) == 0 || len(s.Roadmap) > 30 {
		say("roadmap", "roadmap", "Lộ trình cần từ 1 đến 30 mốc.")
		return false
	}
	for i, k := range s.Roadmap {
		x, err := clock.ParseDay(string(k.Day))
		switch {
		case err != nil || x != k.Day || k.Day < s.From || k.Day > s.Until:
			say("roadmap", "knot_day", "Mốc thứ %d không phải một ngày trong thời gian của xã.", i+1)
			return false
		case i > 0 && k.Day <= s.Roadmap[i-1].Day:
			say("roadmap", "knot_order", "Các mốc phải có ngày tăng dần; mốc thứ %d không sau mốc trước.", i+1)
			return false
		case math.IsNaN(k.Percent) || k.Percent < 0 || k.Percent > 100 || i > 0 && k.Percent < s.Roadmap[i-1].Percent:
			say("roadmap", "knot_percent", "Tỷ lệ lũy kế phải tăng dần, từ 0 đến 100; xem lại mốc thứ %d.", i+1)
			return false
		}
	}
	if s.Roadmap[len(s.Roadmap)-1].Percent != 100 {
		say("roadmap", "knot_end", "Mốc cuối phải là 100 %%.")
	}
	return true
}

func percentVi(x float64) string {
	return strings.Replace(strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0"), ".", ",", 1)
}

// Change is one thing in which two versions differ.
type Change struct{ What, Was, Now string }

// Diff tells what one version changed of another, in words.
func Diff(was, now *Spec) []Change {
	var out []Change
	add := func(what, a, b string) {
		if a != b {
			out = append(out, Change{what, a, b})
		}
	}
	add("Tên kế hoạch", was.Title, now.Title)
	add("Số, ký hiệu", was.Number, now.Number)
	add("Người ký", was.Signer, now.Signer)
	add("Thời gian", was.From.Vi()+" – "+was.Until.Vi(), now.From.Vi()+" – "+now.Until.Vi())
	add("Lộ trình", knotsVi(was.Roadmap), knotsVi(now.Roadmap))
	add("Ngày nghỉ", restVi(was), restVi(now))
	for _, t := range now.Targets {
		old := was.Target(t.ID)
		if old == nil {
			old = &Target{}
		}
		add("Chỉ tiêu "+t.Short, vn.Int(old.Number), vn.Int(t.Number))
	}
	add("Số tổ", vn.Int(int64(len(was.Teams))), vn.Int(int64(len(now.Teams))))
	texts := map[string]string{}
	for _, m := range was.Measures {
		texts[m.Title] = m.Text
	}
	for _, m := range now.Measures {
		add(m.Title, texts[m.Title], m.Text)
		delete(texts, m.Title)
	}
	for _, m := range was.Measures {
		if text, gone := texts[m.Title]; gone {
			add(m.Title, text, "")
		}
	}
	return out
}

func knotsVi(knots []plan.Knot) string {
	var parts []string
	for _, k := range knots {
		parts = append(parts, k.Day.Vi()+": "+percentVi(k.Percent)+" %")
	}
	return strings.Join(parts, "; ")
}

func restVi(s *Spec) string {
	names := []string{"", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"}
	var parts []string
	for _, w := range s.RestWeekdays {
		if w >= 1 && w <= 7 {
			parts = append(parts, names[w])
		}
	}
	for _, d := range s.RestDays {
		parts = append(parts, d.Vi())
	}
	if len(parts) == 0 {
		return "không"
	}
	return strings.Join(parts, ", ")
}
