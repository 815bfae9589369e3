package reconcile

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Said is one total that a unit declares, as read from its text: "SIM: 6.389/35.001 (18,3 %)".
type Said struct {
	Label   string // the words before the number
	Target  string // the plan's target that the words name, "" when they name none
	Done    int64
	Whole   int64  // 0 when not said
	Percent string // as written: "55,7"; "" when not said
}

// Fault says in a sentence what does not hold in the arithmetic, "" when it holds: "869/1.942 là 44,7 %, không phải 55,7 %" (law N3).
func (s *Said) Fault() string {
	if s.Whole > 0 && s.Done > s.Whole {
		return vn.Int(s.Done) + "/" + vn.Int(s.Whole) + ": số đã làm lớn hơn tổng số."
	}
	if s.Percent == "" || s.Whole == 0 {
		return ""
	}
	said, digits, ok := percent(s.Percent)
	if !ok {
		return ""
	}
	real := 100 * float64(s.Done) / float64(s.Whole)
	unit := math.Pow(10, -float64(digits))
	if math.Abs(real-said) < unit*0.5+1e-9 || math.Abs(math.Trunc(real/unit)*unit-said) < 1e-9 { // rounded, or cut
		return ""
	}
	return vn.Int(s.Done) + "/" + vn.Int(s.Whole) + " là " + vn.Percent(s.Done, s.Whole) + ", không phải " + s.Percent + " %."
}

// percent reads "55,7" and tells how many digits follow the comma.
func percent(s string) (v float64, digits int, ok bool) {
	s = strings.ReplaceAll(s, ",", ".")
	if i := strings.IndexByte(s, '.'); i >= 0 {
		digits = len(s) - i - 1
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, digits, err == nil
}

// number is digits with or without dots, spaces or commas between thousands.
const number = `\d{1,3}(?:[.,\x{a0} ]\d{3})+|\d+`

var (
	pair = regexp.MustCompile(`(` + number + `)(?:\s*[^\s\d/;:()%]{1,20}){0,3}?\s*/\s*(?:tổng số\s*)?(` + number + `)`)
	rate = regexp.MustCompile(`(\d{1,3}(?:[.,]\d{1,3})?)\s*%`)
	lone = regexp.MustCompile(number)
)

// textMax bounds a pasted text.
const textMax = 20_000

// Read reads the totals out of a unit's text, a line or a sentence each: "CCCD: 120/150", "SIM chính chủ 6.389/35.001 (18,3 %)",
// "869/1.942, đạt 55,7 %". Lines that hold no number are passed over. targets name what the words mean.
func Read(text string, p *plan.Plan) []Said {
	if len(text) > textMax {
		text = text[:textMax]
	}
	text = strings.ToValidUTF8(text, "")
	var out []Said
	label := ""
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == ';' || r == '\r' }) {
		all := pair.FindAllStringSubmatchIndex(line, -1)
		if all == nil {
			if s, ok := alone(line); ok && target(p, s.Label) != "" {
				s.Target = target(p, s.Label)
				out = append(out, s)
			} else if target(p, line) != "" {
				label = line // a heading over the numbers that follow
			}
			continue
		}
		from := 0
		for i, m := range all {
			end := len(line)
			if i+1 < len(all) {
				end = all[i+1][0]
			}
			s := Said{Label: tidy(line[from:m[0]])}
			var ok, ok2 bool
			s.Done, ok = count(line[m[2]:m[3]])
			s.Whole, ok2 = count(line[m[4]:m[5]])
			from = m[1]
			if r := rate.FindStringSubmatchIndex(line[m[1]:end]); r != nil {
				s.Percent = strings.ReplaceAll(line[m[1]+r[2]:m[1]+r[3]], ".", ",")
				from = m[1] + r[1]
			}
			if !ok || !ok2 || looksLikeDate(line, m) {
				continue
			}
			if s.Target = target(p, s.Label); s.Target == "" && tidy(s.Label) == "" {
				s.Target = target(p, label)
			}
			out = append(out, s)
		}
	}
	return out
}

// alone reads a line with one number and no whole: "Cấp CCCD: 35 trường hợp".
func alone(line string) (Said, bool) {
	all := lone.FindAllStringIndex(line, -1)
	i := strings.IndexByte(line, ':')
	if i < 0 {
		return Said{}, false
	}
	for _, m := range all {
		if m[0] > i {
			n, ok := count(line[m[0]:m[1]])
			return Said{Label: tidy(line[:i]), Done: n}, ok && !strings.HasPrefix(strings.TrimSpace(line[m[1]:]), "%")
		}
	}
	return Said{}, false
}

// looksLikeDate tells a day, "20/5" or "20/5/2024", from a count and its whole.
func looksLikeDate(line string, m []int) bool {
	if strings.HasPrefix(line[m[1]:], "/") || m[0] > 0 && line[m[0]-1] == '/' {
		return true
	}
	before := vn.Fold(line[:m[0]])
	return strings.HasSuffix(strings.TrimSpace(before), "ngay")
}

// count reads "6.389", "6 389" or "6389".
func count(s string) (int64, bool) {
	n, err := strconv.ParseInt(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s), 10, 64)
	return n, err == nil && n < 1_000_000_000
}

func tidy(s string) string {
	return strings.Trim(strings.TrimSpace(s), " \t-–+*•:,.()")
}

// target finds the target whose words a label holds: its short title, or one of the usual words for its coverage.
func target(p *plan.Plan, label string) string {
	spaced := func(s string) string {
		return " " + strings.Join(strings.FieldsFunc(vn.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ") + " "
	}
	text := spaced(label)
	if strings.TrimSpace(text) == "" {
		return ""
	}
	for i := range p.Targets {
		if strings.Contains(text, spaced(p.Targets[i].Short)) {
			return p.Targets[i].ID
		}
	}
	for i := range p.Targets {
		x := &p.Targets[i]
		if !x.Main {
			continue
		}
		for _, w := range words[x.Coverage] {
			if strings.Contains(text, w) {
				return x.ID
			}
		}
	}
	return ""
}

// words are how people write of the coverages that the shipped plans have, folded.
var words = map[string][]string{
	"cccd":  {" cccd ", " can cuoc "},
	"eid":   {" dinh danh dien tu ", " dddt ", " vneid ", " eid "},
	"sim":   {" sim ", " chinh chu ", " chu ky so ", " cks "},
	"phone": {" 4g ", " smartphone ", " dien thoai "},
}

// Declared is what a unit declared by itself (law D2), beside the ledger's figure of that day.
type Declared struct {
	ID      int64
	Unit    int64
	Target  string
	Day     clock.Day
	Done    int64
	Whole   int64  // 0 when not said
	Percent string // as written
	Source  string // where it was said: "tin nhắn Zalo", "báo cáo số 12"
	Note    string // the text as it was pasted
	WhoName string
	At      string
	VoidWhy string // "" while it stands

	Ledger int64 // confirmed by extracts on that day
	Beside int64 // claimed by teams and not confirmed yet, on that day (law C3: never added)
	Goal   int64
}

// Fault says what does not hold in its own arithmetic, "" when it holds.
func (d *Declared) Fault() string {
	s := Said{Done: d.Done, Whole: d.Whole, Percent: d.Percent}
	return s.Fault()
}

// More is how much more was declared than the ledger confirms.
func (d *Declared) More() int64 { return d.Done - d.Ledger }

// Total holds what a unit declared for all against the sum of what the units right below it declared, for one target: the parts
// must add up to the whole (law A1).
type Total struct {
	Unit   int64
	Target string
	Day    clock.Day
	Said   int64 // the unit's own
	Parts  int64 // the sum of those below
	Units  int   // how many of them declared
	Of     int   // of how many
}

// Totals compares, for every unit that declared and of which at least one below declared, whole and parts.
func Totals(list []Declared, tree *territory.Tree) []Total {
	var out []Total
	for i := range list {
		d := &list[i]
		t := Total{Unit: d.Unit, Target: d.Target, Day: d.Day, Said: d.Done}
		for _, k := range tree.Children(d.Unit, d.Day) {
			t.Of++
			for j := range list {
				if x := &list[j]; x.Unit == k.ID && x.Target == d.Target {
					t.Units++
					t.Parts += x.Done
				}
			}
		}
		if t.Units > 0 {
			out = append(out, t)
		}
	}
	return out
}
