// Package officials is the roster of leaders, officials and armed forces by agency, the three conditions that each must meet (KH:IV.1.c) and
// the personal quota of citizens that each guides (KH:IV.1.d).
//
// An official may be linked to a record of the citizen register; then what the ledger says of that person tells the conditions on SIM,
// telephone and account, with its level of evidence (law C2). Sign-ins to the public-service portals are statements kept here. A citizen
// whom an official guided is credited once, to one official only; the credit counts when an extract confirms it.
package officials

import (
	"regexp"
	"slices"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Official is one row of an agency's roster.
type Official struct {
	ID       int64
	Office   int64 // of core/territory
	Name     string
	Birth    string // as people.Person
	Position string
	Number   people.Number
	Phone    people.Number
	Said     []string // conditions that the agency's list declares: ids of Conditions
	Person   int64    // record of the register, 0 while not known
	Account  int64    // that the official signs in with, 0 for none
	Batch    int64    // list that brought the row, 0 by hand
	From     clock.Day
	Until    clock.Day // last day in the agency, "" while there
}

// In tells whether the official is in the agency on a day.
func (o *Official) In(day clock.Day) bool {
	return (o.From == "" || o.From <= day) && (o.Until == "" || day <= o.Until)
}

func (o *Official) check() error {
	o.Name, o.Position = strings.Join(strings.Fields(vn.NFC(o.Name)), " "), strings.TrimSpace(vn.NFC(o.Position))
	switch {
	case o.Name == "" || len(o.Name) > 200:
		return fault.New(fault.Invalid, "officials.name", "Hãy ghi họ tên cán bộ (tối đa 200 ký tự).").On("name")
	case len(o.Position) > 200:
		return fault.New(fault.Invalid, "officials.position", "Chức vụ tối đa 200 ký tự.").On("position")
	case o.Number != "" && !twelveDigits(string(o.Number)):
		return fault.New(fault.Invalid, "officials.number", "Số định danh gồm đúng 12 chữ số; xem lại trên thẻ.").On("number")
	case o.Until != "" && o.From != "" && o.Until < o.From:
		return fault.New(fault.Invalid, "officials.until", "Ngày rời cơ quan phải sau ngày về cơ quan.").On("until")
	}
	return nil
}

func twelveDigits(s string) bool {
	return len(s) == 12 && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// Met is how well a condition is met: by the strongest evidence there is.
type Met int

// The strengths of evidence, weakest first (law C2). Unknown: the official is not linked to the register.
const (
	Unknown Met = iota
	None
	Denied
	Claimed
	Verified
	Confirmed
)

// MetTitle names a strength for people.
func MetTitle(m Met) string {
	switch m {
	case Confirmed:
		return "đã xác nhận"
	case Verified:
		return "đã kiểm chứng"
	case Claimed:
		return "tự khai, chờ xác nhận"
	case Denied:
		return "khai nhưng bị bác"
	case None:
		return "chưa có"
	}
	return "chưa đối chiếu"
}

// Condition is one of the three that an official must meet. Coverage and State are "" for the portals.
type Condition struct {
	ID, Title, Short string
	Coverage, State  string
}

// Portal is the id of the condition on both public-service portals.
const Portal = "portal"

// The two portals.
const (
	National   = "national"
	Provincial = "provincial"
)

// Portals lists them.
func Portals() []string { return []string{National, Provincial} }

// PortalTitle names a portal for people.
func PortalTitle(portal string) string {
	if portal == National {
		return "Cổng dịch vụ công quốc gia"
	}
	return "Cổng dịch vụ công của tỉnh"
}

var reachedCall = regexp.MustCompile(`reached\("([^"]+)",\s*"([^"]+)"\)`)

// account is the coverage whose state is part of the condition on the portals.
const account = "eid"

// Target gives the plan's target that is counted on the roster; nil when the plan has none.
func Target(p *plan.Plan) *plan.Target {
	for i := range p.Targets {
		if p.Targets[i].Basis == plan.BasisOfficials {
			return &p.Targets[i]
		}
	}
	return nil
}

// Conditions lists what an official must meet under a plan, the portals last: what the target's own rule names (KH:IV.1.c).
func Conditions(p *plan.Plan) []Condition {
	var out []Condition
	if t := Target(p); t != nil {
		for _, m := range reachedCall.FindAllStringSubmatch(t.Counts, -1) {
			c := p.Coverage(m[1])
			if c == nil || m[1] == account || slices.ContainsFunc(out, func(x Condition) bool { return x.ID == m[1] }) {
				continue
			}
			out = append(out, Condition{ID: m[1], Title: c.StateTitle(m[2]), Short: c.Short, Coverage: m[1], State: m[2]})
		}
	}
	return append(out, Condition{ID: Portal, Title: "Dùng tài khoản định danh đăng nhập hai Cổng dịch vụ công", Short: "Cổng DVC"})
}

// MetBy tells how well a state is reached by a standing.
func MetBy(s coverage.Standing, goal int) Met {
	switch {
	case s.Confirmed >= goal:
		return Confirmed
	case s.Verified >= goal:
		return Verified
	case s.Claimed >= goal:
		return Claimed
	case s.Denied >= goal:
		return Denied
	}
	return None
}

// metLevel is the strength of a portal statement.
func metLevel(l coverage.Level) Met {
	switch l {
	case coverage.Confirmed:
		return Confirmed
	case coverage.Verified:
		return Verified
	case coverage.Claimed:
		return Claimed
	}
	return None
}

// needed lists coverage and state of everything that the target's rule names.
func needed(p *plan.Plan) [][2]string {
	t := Target(p)
	if t == nil {
		return nil
	}
	var out [][2]string
	for _, m := range reachedCall.FindAllStringSubmatch(t.Counts, -1) {
		if p.Coverage(m[1]) != nil {
			out = append(out, [2]string{m[1], m[2]})
		}
	}
	return out
}
