package plan

import (
	"fmt"
	"slices"
)

// Obstacles says who answers what stands in the way, and within how many days (KH:VI). The zero Obstacles has one category, answered by the
// district within three days.
type Obstacles struct {
	Escalate   int        `yaml:"escalate_days"` // days after the deadline on which the next level answers; 0: 2
	Categories []Category `yaml:"categories"`
	Clause     string     `yaml:"clause"`
}

// Category is a kind of obstacle. To is commune or district; "" is district.
type Category struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	To    string `yaml:"to"`
	Days  int    `yaml:"days"` // to answer; 0: 3

	Office string `yaml:"office"` // which of the plan's offices answers; "" for the level alone
}

// The levels that answer.
const (
	LevelCommune  = "commune"
	LevelDistrict = "district"
)

var anyObstacle = Category{ID: "khac", Title: "Vướng mắc khác"}

// List gives the categories, at least one.
func (o Obstacles) List() []Category {
	if len(o.Categories) == 0 {
		return []Category{anyObstacle}
	}
	return o.Categories
}

// Of finds a category; the last, the most general, for one that the plan does not know.
func (o Obstacles) Of(id string) Category {
	list := o.List()
	for _, c := range list {
		if c.ID == id {
			return c
		}
	}
	return list[len(list)-1]
}

// EscalateAfter is how many days after its deadline an unanswered obstacle goes to the next level.
func (o Obstacles) EscalateAfter() int {
	if o.Escalate == 0 {
		return 2
	}
	return o.Escalate
}

// Answer is the days to answer.
func (c Category) Answer() int {
	if c.Days == 0 {
		return 3
	}
	return c.Days
}

// Level is who answers.
func (c Category) Level() string {
	if c.To == "" {
		return LevelDistrict
	}
	return c.To
}

func (c *checker) obstacles(p *Plan) {
	o := p.Obstacles
	if o.Escalate < 0 || o.Escalate > 60 {
		c.at("obstacles.escalate_days", "plan.obstacles_escalate", "Số ngày chuyển cấp phải từ 0 đến 60.")
	}
	ids := map[string]bool{}
	for i, x := range o.Categories {
		path := fmt.Sprintf("obstacles.categories[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên loại vướng mắc")
		if !slices.Contains([]string{"", LevelCommune, LevelDistrict}, x.To) {
			c.at(path+".to", "plan.obstacles_to", "Cấp trả lời chỉ nhận commune (xã) hoặc district (huyện).")
		}
		if x.Office != "" && p.Office(x.Office) == nil {
			c.at(path+".office", "plan.obstacles_office", "Cơ quan “%s” không có trong danh sách cơ quan (offices).", x.Office)
		}
		if x.Days < 0 || x.Days > 60 {
			c.at(path+".days", "plan.obstacles_days", "Số ngày phải trả lời từ 0 đến 60.")
		}
	}
}
