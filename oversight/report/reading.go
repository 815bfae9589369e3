package report

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"strings"

	"bonphu/internal/clock"
	"bonphu/oversight/localplan"
	"bonphu/oversight/tally"
)

// Reading is what a document was made from: its numbers, frozen with their as-of, and the words beside them (laws D1, D2). It is
// kept as it is and never told anew; the same Reading gives the same document.
type Reading struct {
	Code    string    `json:"-"` // printed on the document; told by freeze
	Form    string    `json:"form"`
	Title   string    `json:"title"`
	Plan    string    `json:"plan"`
	PlanSHA string    `json:"plan_sha"`
	Unit    int64     `json:"unit,string"`
	Place   string    `json:"code"` // the unit's code
	From    clock.Day `json:"from"`
	Until   clock.Day `json:"until"`
	AsOf    clock.Day `json:"as_of"`            // the end of this day; earlier than Until while the period runs
	Signed  clock.Day `json:"signed,omitempty"` // the day on the paper; "" leaves room
	Version int64     `json:"version"`
	Old     string    `json:"replaces,omitempty"` // code of the version that this one corrects

	Targets   []Target          `json:"targets"`
	Rows      []Row             `json:"rows"` // the unit itself, then those directly under it, then theirs
	Extracts  []Extract         `json:"extracts"`
	Words     map[string]string `json:"words,omitempty"`
	Gathered  []Gathered        `json:"gathered,omitempty"` // words of the units below, for consolidation
	Owed      []Owed            `json:"owed,omitempty"`
	Judged    []Judged          `json:"judged,omitempty"`    // how the rules of the plan judge the units below, provisionally
	Inspected []Inspected       `json:"inspected,omitempty"` // closed inspections of the period
	Stuck     []Stuck           `json:"stuck,omitempty"`     // what stood in the way in the period, most frequent first
	Fields    map[string]string `json:"fields,omitempty"`    // what was typed in for a letter, a notice, an invitation
	Own       *Own              `json:"own,omitempty"`       // the commune's own plan in force, for its paper
}

// Stuck is one kind of obstacle that was told in the period by the unit and those under it (KH:VI): how often, how many are not answered yet,
// how many people it was said to affect.
type Stuck struct {
	Title  string `json:"title"`
	N      int    `json:"n"`
	Open   int    `json:"open"`
	People int    `json:"people"`
}

// Own is a commune's issued plan as its paper tells it (KH:V.6): the version, and the plan as data.
type Own struct {
	Version int             `json:"version"`
	Spec    *localplan.Spec `json:"spec"`
}

// Target is one of the plan's targets as it stood.
type Target struct {
	ID      string  `json:"id"`
	Title   string  `json:"title"`
	Short   string  `json:"short"`
	Clause  string  `json:"clause"`
	Percent float64 `json:"percent"`
	Main    bool    `json:"main"`
}

// Row is one unit's frozen numbers.
type Row struct {
	Unit    int64    `json:"unit,string"`
	Code    string   `json:"code"`
	Title   string   `json:"title"`
	Tier    int      `json:"tier"`
	Parent  int64    `json:"parent,string"`
	People  int64    `json:"people"`
	Numbers []Number `json:"numbers"` // by target
	Claims  Claims   `json:"claims"`
	Quota   int64    `json:"quota"`
	Done    int64    `json:"done"`
}

// Number is one unit in one target: see tally.Standing for what each is.
type Number struct {
	Goal      int64   `json:"goal"`
	Eligible  int64   `json:"eligible"`
	Confirmed int64   `json:"confirmed"`
	Before    int64   `json:"before"` // confirmed at the end of the day before the period
	Verified  int64   `json:"verified"`
	Claimed   int64   `json:"claimed"`
	Denied    int64   `json:"denied"`
	Base      int64   `json:"base"` // confirmed when the roadmap started
	Due       int64   `json:"due"`
	Ahead     float64 `json:"ahead"`
}

// Claims is what became of a unit's claims up to the day (law C6).
type Claims struct {
	Confirmed  int64   `json:"confirmed"`
	Denied     int64   `json:"denied"`
	Excused    int64   `json:"excused"` // of the denied
	Found      int64   `json:"found"`
	Pending    int64   `json:"pending"`
	PendingOld int64   `json:"pending_old"` // older than two weeks
	Low        float64 `json:"low"`         // bounds of the share that is denied
	High       float64 `json:"high"`
}

// InPeriod is how many were confirmed within the period; negative when an extract took back more than was added.
func (n Number) InPeriod() int64 { return n.Confirmed - n.Before }

// AheadDays rounds the days before or behind the roadmap to whole ones, as the tally does for people.
func (n Number) AheadDays() int { return tally.Standing{Ahead: n.Ahead}.AheadDays() }

// Met tells whether the target is reached.
func (n Number) Met() bool { return n.Goal > 0 && n.Confirmed >= n.Goal }

// Extract is a list of official origin that the numbers rest on (KH:IV.2.d).
type Extract struct {
	Batch int64     `json:"batch,string"`
	Title string    `json:"title"`
	File  string    `json:"file"`
	SHA   string    `json:"sha"`
	AsOf  clock.Day `json:"as_of"`
	Rows  int64     `json:"rows"`
}

// Gathered is what a unit below wrote in a section.
type Gathered struct {
	Unit    string `json:"unit"`
	Code    string `json:"code"`
	Section string `json:"section"`
	Text    string `json:"text"`
}

// Owed is how a unit below kept the calendar.
type Owed struct {
	Unit    string `json:"unit"`
	Code    string `json:"code"`
	Due     int    `json:"due"`
	InTime  int    `json:"in_time"`
	Late    int    `json:"late"`
	Missing int    `json:"missing"`
}

// Judged is how the plan's rules judge a unit below as of the day; nobody has decided it yet (KH:IV.2.b).
type Judged struct {
	Unit  string `json:"unit"`
	Code  string `json:"code"`
	Rank  string `json:"rank"`
	Class string `json:"class"`
	Why   string `json:"why"`
}

// Inspected is a closed inspection with its frozen estimate (KH:IV.2.a, law J1).
type Inspected struct {
	Title  string  `json:"title"`
	Unit   string  `json:"unit"`
	Sample int64   `json:"sample"`
	True   int64   `json:"true"`
	False  int64   `json:"false"`
	Missed int64   `json:"missed"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Conf   float64 `json:"conf"`
}

// Row finds a unit's numbers; nil when it is not in the reading.
func (r *Reading) Row(unit int64) *Row {
	for i := range r.Rows {
		if r.Rows[i].Unit == unit {
			return &r.Rows[i]
		}
	}
	return nil
}

// Under lists the rows directly under a unit.
func (r *Reading) Under(unit int64) []*Row {
	var out []*Row
	for i := range r.Rows {
		if r.Rows[i].Parent == unit && r.Rows[i].Unit != unit {
			out = append(out, &r.Rows[i])
		}
	}
	return out
}

// Head is the row of the unit that reports.
func (r *Reading) Head() *Row { return r.Row(r.Unit) }

// freeze gives the reading's text and its SHA-256, and sets its code: ten signs of the sum, so that the same numbers and words have
// the same code.
func (r *Reading) freeze() (text, sha string, err error) {
	b, err := json.Marshal(r)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(b)
	r.Code = codeOf(sum[:])
	return string(b), hex.EncodeToString(sum[:]), nil
}

// signs are Crockford's: no letter that is taken for a digit.
var signs = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

func codeOf(sum []byte) string {
	s := signs.EncodeToString(sum)[:10]
	return s[:5] + "-" + s[5:]
}

// thaw reads a kept reading.
func thaw(text, code string) (*Reading, error) {
	r := &Reading{Code: code}
	return r, json.Unmarshal([]byte(text), r)
}

// NormalCode brings a code as people type it into its form: capitals, one dash, letters taken for digits put right.
func NormalCode(s string) string {
	s = strings.Map(func(c rune) rune {
		switch c {
		case '-', ' ', '\u2013':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return c
	}, strings.ToUpper(s))
	if len(s) != 10 {
		return s
	}
	return s[:5] + "-" + s[5:]
}
