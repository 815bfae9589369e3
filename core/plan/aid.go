package plan

import (
	"fmt"
	"slices"
)

// Aid says what operators help people to and how orders are carried (KH:III.1.b, KH:III.2.c). The zero Aid has no items: no order can be
// taken.
type Aid struct {
	Items  []AidItem `yaml:"items"`
	Ages   []AidAge  `yaml:"ages"`   // days within which an order leaves a state
	Phones string    `yaml:"phones"` // coverage whose missing people lose their telephone when 2G is switched off
	Clause string    `yaml:"clause"`
}

// AidItem is a kind of order. Handed and Installed are the states of Coverage that a hand-over and an installation claim (law C2); ""
// where there is no such step. The later of the two is what an extract has to show.
type AidItem struct {
	ID        string `yaml:"id"`
	Title     string `yaml:"title"`
	Coverage  string `yaml:"coverage"`
	Handed    string `yaml:"handed"`
	Installed string `yaml:"installed"`
}

// AidAge is the most days that an order may stay in a state.
type AidAge struct {
	State string `yaml:"state"`
	Days  int    `yaml:"days"`
}

// AidStates are the states of an order that can grow old.
var AidStates = []string{"asked", "accepted", "ready", "handed", "installed"}

// Item finds a kind of order; nil when the plan has none of that id.
func (a Aid) Item(id string) *AidItem {
	for i := range a.Items {
		if a.Items[i].ID == id {
			return &a.Items[i]
		}
	}
	return nil
}

// Goal is the state that ends an order when an extract shows it.
func (i *AidItem) Goal() string {
	if i.Installed != "" {
		return i.Installed
	}
	return i.Handed
}

// Claims is the state of the coverage that a step of an order claims; "" for none.
func (i *AidItem) Claims(step string) string {
	switch step {
	case "handed":
		return i.Handed
	case "installed":
		return i.Installed
	}
	return ""
}

// Age is the most days in a state; 0 for no bound.
func (a Aid) Age(state string) int {
	for _, x := range a.Ages {
		if x.State == state {
			return x.Days
		}
	}
	return 0
}

func (c *checker) aid(p *Plan) {
	ids := map[string]bool{}
	for i, x := range p.Aid.Items {
		path := fmt.Sprintf("aid.items[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên loại đơn đăng ký")
		if x.Goal() == "" {
			c.at(path, "plan.aid_goal", "Loại đơn “%s” phải ghi trạng thái khi giao (handed) hoặc khi cài xong (installed).", x.ID)
		}
		cov := p.Coverage(x.Coverage)
		for _, s := range []string{x.Handed, x.Installed} {
			if s != "" && (cov == nil || cov.Rank(s) <= 0) {
				c.at(path, "plan.aid_state", "Mục tiêu “%s” không có trạng thái “%s”.", x.Coverage, s)
			}
		}
	}
	if p.Aid.Phones != "" && p.Coverage(p.Aid.Phones) == nil {
		c.at("aid.phones", "plan.aid_phones", "Mục tiêu “%s” không có trong kế hoạch.", p.Aid.Phones)
	}
	seen := map[string]bool{}
	for i, a := range p.Aid.Ages {
		path := fmt.Sprintf("aid.ages[%d]", i)
		if !slices.Contains(AidStates, a.State) || seen[a.State] {
			c.at(path+".state", "plan.aid_age_state", "Chặng “%s” của đơn đăng ký không có hoặc bị ghi hai lần.", a.State)
		}
		seen[a.State] = true
		if a.Days < 1 || a.Days > 90 {
			c.at(path+".days", "plan.aid_days", "Số ngày của một chặng đơn đăng ký phải từ 1 đến 90.")
		}
	}
}
