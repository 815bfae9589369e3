package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Canvass says how the work from door to door is done (KH:III.2.e). The zero Canvass works: no photo, a phone kept a week.
type Canvass struct {
	Photo     string     `yaml:"photo"`      // of a visit: "" for none, "optional", "required"
	PhoneDays int        `yaml:"phone_days"` // days after its last contact on which a phone's list ends; 0: 7
	Evening   string     `yaml:"evening"`    // hour from which those who are in the fields by day are at home: "17:30"; "": 17:30
	Languages []Language `yaml:"languages"`
	Reasons   []Reason   `yaml:"reasons"`
	Clause    string     `yaml:"clause"`
}

// Language is one that some residents speak better than Vietnamese, with the ethnic groups as lists spell them.
type Language struct {
	ID     string   `yaml:"id"`
	Title  string   `yaml:"title"`
	Ethnic []string `yaml:"ethnic"`
}

// Reason is why a visit ended as it did; Result is the result it belongs to.
type Reason struct {
	ID     string `yaml:"id"`
	Result string `yaml:"result"`
	Title  string `yaml:"title"`
}

// Photo of a visit: what the plan asks.
const (
	PhotoNone     = ""
	PhotoOptional = "optional"
	PhotoRequired = "required"
)

// Results of a contact at the door that reasons may belong to. ops/canvass gives them their meaning.
var Results = []string{"done", "promised", "away", "refused", "not_found", "moved", "needs", "helper"}

// Keep is how many days after its last contact a phone's list ends (law O3).
func (c Canvass) Keep() int {
	if c.PhoneDays == 0 {
		return 7
	}
	return c.PhoneDays
}

// EveningFrom is the hour of EveningFrom as "17:30".
func (c Canvass) EveningFrom() string {
	if c.Evening == "" {
		return "17:30"
	}
	return c.Evening
}

// LanguageOf gives the language that people of an ethnic group may need a helper for; nil for none.
func (c Canvass) LanguageOf(fold func(string) string, ethnic string) *Language {
	f := fold(ethnic)
	if f == "" {
		return nil
	}
	for i := range c.Languages {
		for _, e := range c.Languages[i].Ethnic {
			if fold(e) == f {
				return &c.Languages[i]
			}
		}
	}
	return nil
}

// ReasonTitle names a reason; its id where the plan does not know it.
func (c Canvass) ReasonTitle(id string) string {
	for _, r := range c.Reasons {
		if r.ID == id {
			return r.Title
		}
	}
	return id
}

func (c *checker) canvass(p *Plan) {
	x := p.Canvass
	if !slices.Contains([]string{PhotoNone, PhotoOptional, PhotoRequired}, x.Photo) {
		c.at("canvass.photo", "plan.canvass_photo", "Ảnh khi đến nhà chỉ nhận optional (tùy chọn), required (bắt buộc) hoặc bỏ trống.")
	}
	if x.PhoneDays < 0 || x.PhoneDays > 60 {
		c.at("canvass.phone_days", "plan.canvass_days", "Số ngày điện thoại giữ danh sách phải từ 0 đến 60.")
	}
	if x.Evening != "" && !hourForm(x.Evening) {
		c.at("canvass.evening", "plan.canvass_evening", "Giờ buổi tối ghi dạng 17:30.")
	}
	ids := map[string]bool{}
	for i, l := range x.Languages {
		path := fmt.Sprintf("canvass.languages[%d]", i)
		c.id(path+".id", l.ID, ids)
		c.need(path+".title", l.Title, "tên ngôn ngữ")
	}
	ids = map[string]bool{}
	for i, r := range x.Reasons {
		path := fmt.Sprintf("canvass.reasons[%d]", i)
		c.id(path+".id", r.ID, ids)
		c.need(path+".title", r.Title, "lý do")
		if !slices.Contains(Results, r.Result) {
			c.at(path+".result", "plan.canvass_result", "Kết quả “%s” không có; chọn một trong: %s.", r.Result, strings.Join(Results, ", "))
		}
	}
}

func hourForm(s string) bool {
	return len(s) == 5 && s[2] == ':' && s[:2] >= "00" && s[:2] <= "23" && s[3:] >= "00" && s[3:] <= "59"
}
