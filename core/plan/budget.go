package plan

import (
	"fmt"
	"slices"
)

// Budget is the norms on which proposals of funds rest (KH:III.3.f, KH:V.5). Unpaid names the kinds of teams whose members draw no state
// salary. The zero Budget works: lines without norms.
type Budget struct {
	Groups []CostGroup `yaml:"groups"`
	Norms  []CostNorm  `yaml:"norms"`
	Unpaid []string    `yaml:"unpaid"`
	Clause string      `yaml:"clause"`
}

// CostGroup is a heading under which lines are added up.
type CostGroup struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// CostNorm is the price of one unit of a budget line, whole đồng: a kit, a day of work, a person. Counts names the program's own record that
// gives the quantity, one of CostCounts; "" for none.
type CostNorm struct {
	ID     string `yaml:"id"`
	Group  string `yaml:"group"`
	Title  string `yaml:"title"`
	Per    string `yaml:"per"`    // what it is counted in, in words: "bộ", "ngày công"
	Amount int    `yaml:"amount"` // đồng
	Basis  string `yaml:"basis"`  // the document it rests on
	Counts string `yaml:"counts"`
}

// CostCounts are the records from which a quantity may be taken: days of work of unsalaried members.
var CostCounts = []string{"", "work_days"}

// Norm finds a norm; nil when there is none.
func (b Budget) Norm(id string) *CostNorm {
	for i := range b.Norms {
		if b.Norms[i].ID == id {
			return &b.Norms[i]
		}
	}
	return nil
}

var otherCosts = CostGroup{ID: "khac", Title: "Chi khác"}

// GroupList gives the headings, at least one; the last takes what belongs to no other.
func (b Budget) GroupList() []CostGroup {
	if len(b.Groups) == 0 {
		return []CostGroup{otherCosts}
	}
	return b.Groups
}

// GroupOf finds the heading of an id; the last one for an id that the plan does not know.
func (b Budget) GroupOf(id string) CostGroup {
	list := b.GroupList()
	for _, g := range list {
		if g.ID == id {
			return g
		}
	}
	return list[len(list)-1]
}

func (c *checker) budget(p *Plan) {
	groups := map[string]bool{}
	for i, g := range p.Budget.Groups {
		path := fmt.Sprintf("budget.groups[%d]", i)
		c.id(path+".id", g.ID, groups)
		c.need(path+".title", g.Title, "tên nhóm chi")
	}
	ids := map[string]bool{}
	for i, x := range p.Budget.Norms {
		path := fmt.Sprintf("budget.norms[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên định mức")
		c.need(path+".per", x.Per, "đơn vị tính")
		if x.Amount < 0 || x.Amount > 10_000_000_000 {
			c.at(path+".amount", "plan.budget_amount", "Mức chi phải từ 0 đến 10 tỷ đồng.")
		}
		if len(p.Budget.Groups) > 0 && !groups[x.Group] {
			c.at(path+".group", "plan.budget_group", "Nhóm chi “%s” không có trong danh sách nhóm (groups).", x.Group)
		}
		if !slices.Contains(CostCounts, x.Counts) {
			c.at(path+".counts", "plan.budget_counts", "Số lượng chỉ lấy được từ work_days (ngày công), hoặc bỏ trống.")
		}
	}
}
