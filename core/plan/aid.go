package plan

import "fmt"

// Aid says how orders of telephones and SIMs are carried (KH:III.1.b, KH:III.2.c). The zero Aid works.
type Aid struct {
	Ages   []AidAge `yaml:"ages"` // days within which an order leaves a state
	Clause string   `yaml:"clause"`
}

// AidAge is the most days that an order may stay in a state.
type AidAge struct {
	State string `yaml:"state"`
	Days  int    `yaml:"days"`
}

func (c *checker) aid(p *Plan) {
	for i, a := range p.Aid.Ages {
		path := fmt.Sprintf("aid.ages[%d]", i)
		c.need(path+".state", a.State, "trạng thái của đơn đăng ký")
		if a.Days < 1 || a.Days > 90 {
			c.at(path+".days", "plan.aid_days", "Số ngày của một chặng đơn đăng ký phải từ 1 đến 90.")
		}
	}
}
