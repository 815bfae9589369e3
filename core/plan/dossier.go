package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Dossier says how long a dossier may lie in each state and why one is sent back (KH:III.3.d). The zero Dossier has no norms, and so no
// alarms.
type Dossier struct {
	Norms   []DossierNorm   `yaml:"norms"`
	Alarm   float64         `yaml:"alarm"` // times the norm after which somebody must step in; 0: 2
	Reasons []DossierReason `yaml:"reasons"`
	Clause  string          `yaml:"clause"`
}

// DossierNorm is the days that a dossier may lie in a state. Kind "" holds for every kind that has no norm of its own.
type DossierNorm struct {
	State string `yaml:"state"`
	Kind  string `yaml:"kind"`
	Days  int    `yaml:"days"`
	Title string `yaml:"title"`
}

// DossierReason is why the Ministry's department sends a dossier back.
type DossierReason struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// DossierKinds are what a dossier asks for: a card, an account of level 2 for somebody who has a card, or both at once.
var DossierKinds = []string{"card", "eid2", "both"}

// DossierStates are the states that a norm may be set for; ops/dossier gives them their meaning.
var DossierStates = []string{"collected", "transmitted", "rejected", "approved", "issued", "handed", "account"}

// Norm is the days that a dossier of a kind may lie in a state; false where the plan sets none.
func (d Dossier) Norm(state, kind string) (DossierNorm, bool) {
	for _, want := range []string{kind, ""} {
		for _, n := range d.Norms {
			if n.State == state && n.Kind == want {
				return n, true
			}
		}
	}
	return DossierNorm{}, false
}

// AlarmFactor is how many times its norm a dossier may lie before it alarms.
func (d Dossier) AlarmFactor() float64 {
	if d.Alarm == 0 {
		return 2
	}
	return d.Alarm
}

// ReasonTitle names a reason; its id where the plan does not know it.
func (d Dossier) ReasonTitle(id string) string {
	for _, r := range d.Reasons {
		if r.ID == id {
			return r.Title
		}
	}
	return id
}

func (c *checker) dossier(p *Plan) {
	d := p.Dossier
	if d.Alarm != 0 && (d.Alarm < 1 || d.Alarm > 20) {
		c.at("dossier.alarm", "plan.dossier_alarm", "Ngưỡng báo động là số lần thời hạn, từ 1 đến 20.")
	}
	seen := map[string]bool{}
	for i, n := range d.Norms {
		path := fmt.Sprintf("dossier.norms[%d]", i)
		if !slices.Contains(DossierStates, n.State) {
			c.at(path+".state", "plan.dossier_state", "Chặng “%s” không có; chọn một trong: %s.", n.State, strings.Join(DossierStates, ", "))
		}
		if n.Kind != "" && !slices.Contains(DossierKinds, n.Kind) {
			c.at(path+".kind", "plan.dossier_kind", "Loại hồ sơ “%s” không có; chọn một trong: %s, hoặc bỏ trống.", n.Kind, strings.Join(DossierKinds, ", "))
		}
		if n.Days < 1 || n.Days > 90 {
			c.at(path+".days", "plan.dossier_days", "Thời hạn của một chặng phải từ 1 đến 90 ngày.")
		}
		c.need(path+".title", n.Title, "tên thời hạn")
		if key := n.State + " " + n.Kind; seen[key] {
			c.at(path, "plan.dossier_twice", "Chặng này đã có thời hạn ở trên. Hãy bỏ một trong hai.")
		} else {
			seen[key] = true
		}
	}
	ids := map[string]bool{}
	for i, r := range d.Reasons {
		path := fmt.Sprintf("dossier.reasons[%d]", i)
		c.id(path+".id", r.ID, ids)
		c.need(path+".title", r.Title, "lý do trả lại")
	}
}
