package plan

import "fmt"

// Budget is the norms on which proposals of funds rest (KH:III.3.f, KH:V.5). The zero Budget works.
type Budget struct {
	Norms  []CostNorm `yaml:"norms"`
	Clause string     `yaml:"clause"`
}

// CostNorm is the price of one unit of a budget line, whole đồng: a kit, a day of work, a person.
type CostNorm struct {
	ID     string `yaml:"id"`
	Title  string `yaml:"title"`
	Per    string `yaml:"per"`    // what it is counted in, in words: "bộ", "ngày công"
	Amount int    `yaml:"amount"` // đồng
	Basis  string `yaml:"basis"`  // the document it rests on
}

func (c *checker) budget(p *Plan) {
	ids := map[string]bool{}
	for i, x := range p.Budget.Norms {
		path := fmt.Sprintf("budget.norms[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên định mức")
		c.need(path+".per", x.Per, "đơn vị tính")
		if x.Amount < 0 || x.Amount > 10_000_000_000 {
			c.at(path+".amount", "plan.budget_amount", "Mức chi phải từ 0 đến 10 tỷ đồng.")
		}
	}
}
