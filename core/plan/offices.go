package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Office is a body that the plan orders to do something (law T3, KH:V): one of the place itself, or with Each one of every unit directly
// under it. Title may hold {đơn vị}, which stands for the unit: "UBND {đơn vị}" is "UBND xã An Khương". An account that belongs to no
// office stands for those that name its role.
type Office struct {
	ID    string   `yaml:"id"`
	Title string   `yaml:"title"`
	Kind  string   `yaml:"kind"`
	Each  bool     `yaml:"each"`
	Roles []string `yaml:"roles"`
}

// UnitHole is what stands for the unit in the title of an office that every unit has.
const UnitHole = "{đơn vị}"

// Kinds of offices that the program treats in a way of their own: telecom operators, and the police, who work for the whole of their unit.
const (
	OperatorKind = "operator"
	PoliceKind   = "police"
)

// OfficeKinds are the kinds of offices that a plan may name.
var OfficeKinds = []string{"committee", PoliceKind, "army", "party", "union", "department", "school", "health", OperatorKind}

// Records are the program's own records that may show a duty to be done. The wiring knows where each is kept.
var Records = []string{"", "outreach", "content", "offers", "lists", "teams", "sessions", "budget", "inspections", "letters", "proposals", "localplan", "quotas", "obstacles"}

// TitleOf names the office of a unit: kind and name of the unit as people write them in a sentence.
func (o Office) TitleOf(unit string) string { return strings.ReplaceAll(o.Title, UnitHole, unit) }

// Office finds an office of the plan; nil when there is none.
func (p *Plan) Office(id string) *Office {
	for i := range p.Offices {
		if p.Offices[i].ID == id {
			return &p.Offices[i]
		}
	}
	return nil
}

// Duty finds a duty; nil when the plan has none of that id.
func (p *Plan) Duty(id string) *Duty {
	for i := range p.Duties {
		if p.Duties[i].ID == id {
			return &p.Duties[i]
		}
	}
	return nil
}

func (c *checker) offices(p *Plan) {
	ids := map[string]bool{}
	for i, o := range p.Offices {
		path := fmt.Sprintf("offices[%d]", i)
		c.id(path+".id", o.ID, ids)
		c.need(path+".title", o.Title, "tên cơ quan")
		if !slices.Contains(OfficeKinds, o.Kind) {
			c.at(path+".kind", "plan.office_kind", "Loại cơ quan “%s” không có; chọn một trong: %s.", o.Kind, strings.Join(OfficeKinds, ", "))
		}
		if o.Each != strings.Contains(o.Title, UnitHole) {
			c.at(path+".title", "plan.office_title", "Tên cơ quan của từng đơn vị (each: true) phải có %s, tên cơ quan khác thì không.", UnitHole)
		}
	}
	for i, d := range p.Duties {
		seen := map[string]bool{}
		for j, o := range d.Offices {
			if !ids[o] || seen[o] {
				c.at(fmt.Sprintf("duties[%d].offices[%d]", i, j), "plan.duty_office", "Cơ quan “%s” không có trong danh sách cơ quan (offices) hoặc bị ghi hai lần.", o)
			}
			seen[o] = true
		}
		if !slices.Contains(Records, d.ShownBy) {
			c.at(fmt.Sprintf("duties[%d].shown_by", i), "plan.duty_shown", "Loại ghi nhận “%s” không có; chọn một trong: %s.", d.ShownBy, strings.Join(Records[1:], ", "))
		}
		if len(d.Offices) == 0 && len(p.Offices) > 0 {
			c.at(fmt.Sprintf("duties[%d]", i), "plan.duty_nobody", "Nhiệm vụ “%s” chưa giao cho cơ quan nào (offices).", d.ID)
		}
		if d.From != "" && c.day(fmt.Sprintf("duties[%d].from", i), d.From, true) && d.Due != "" && d.Due < d.From {
			c.at(fmt.Sprintf("duties[%d].due", i), "plan.duty_order", "Hạn của nhiệm vụ (%s) trước ngày bắt đầu (%s).", d.Due.Vi(), d.From.Vi())
		}
	}
}
