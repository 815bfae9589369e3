package plan

import (
	"fmt"
	"slices"
)

// Outreach says by which channels and to whom the campaign speaks (KH:I.1, KH:III.1.a). The zero Outreach works.
type Outreach struct {
	Channels  []Channel  `yaml:"channels"`
	Audiences []Audience `yaml:"audiences"`
	QuietDays int        `yaml:"quiet_days"` // days without anything after which a hamlet stands out; 0: 7
	FollowMin int        `yaml:"follow_min"` // activations below which what followed is not shown; 0: 20
	Clause    string     `yaml:"clause"`
}

// Channel is a way of speaking to people: loudspeakers, meetings, posters, social networks. Reach says how its people are known: counted
// at the place, or estimated; Count says in words what is counted.
type Channel struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	Reach string `yaml:"reach"`
	Count string `yaml:"count"`
}

// How the reach of a channel is known.
const (
	ReachCounted   = "counted"
	ReachEstimated = "estimated"
)

// Audience is whom an activity is for.
type Audience struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

var (
	anyChannel  = Channel{ID: "khac", Title: "Kênh khác", Reach: ReachEstimated, Count: "số người ước tính"}
	allAudience = Audience{ID: "tat_ca", Title: "Mọi người dân"}
)

// ChannelList gives the channels, at least one.
func (o Outreach) ChannelList() []Channel {
	if len(o.Channels) == 0 {
		return []Channel{anyChannel}
	}
	return o.Channels
}

// AudienceList gives the audiences, at least one.
func (o Outreach) AudienceList() []Audience {
	if len(o.Audiences) == 0 {
		return []Audience{allAudience}
	}
	return o.Audiences
}

// Channel finds a channel; ok is false for one that the plan does not know, which is named by its id.
func (o Outreach) Channel(id string) (c Channel, ok bool) {
	for _, c := range o.ChannelList() {
		if c.ID == id {
			return c, true
		}
	}
	return Channel{ID: id, Title: id, Reach: ReachEstimated}, false
}

// Audience finds an audience; ok is false for one that the plan does not know, which is named by its id.
func (o Outreach) Audience(id string) (a Audience, ok bool) {
	for _, a := range o.AudienceList() {
		if a.ID == id {
			return a, true
		}
	}
	return Audience{ID: id, Title: id}, false
}

// Quiet is how many days a hamlet may be without anything.
func (o Outreach) Quiet() int {
	if o.QuietDays == 0 {
		return 7
	}
	return o.QuietDays
}

// Follow is how many activations there must be for what followed to be shown.
func (o Outreach) Follow() int {
	if o.FollowMin == 0 {
		return 20
	}
	return o.FollowMin
}

// LanguageTitle names a language that the plan knows; Vietnamese for "".
func (c Canvass) LanguageTitle(id string) string {
	if id == "" {
		return "Tiếng Việt"
	}
	for _, l := range c.Languages {
		if l.ID == id {
			return "Tiếng " + l.Title
		}
	}
	return id
}

func (c *checker) outreach(p *Plan) {
	o := p.Outreach
	ids := map[string]bool{}
	for i, x := range o.Channels {
		path := fmt.Sprintf("outreach.channels[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên kênh tuyên truyền")
		if !slices.Contains([]string{ReachCounted, ReachEstimated}, x.Reach) {
			c.at(path+".reach", "plan.outreach_reach", "Cách tính số người tiếp cận chỉ nhận counted (đếm tại chỗ) hoặc estimated (ước tính).")
		}
		c.need(path+".count", x.Count, "cách đếm số người tiếp cận")
	}
	ids = map[string]bool{}
	for i, x := range o.Audiences {
		path := fmt.Sprintf("outreach.audiences[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên đối tượng tuyên truyền")
	}
	if o.QuietDays < 0 || o.QuietDays > 90 {
		c.at("outreach.quiet_days", "plan.outreach_quiet", "Số ngày chưa có hoạt động phải từ 0 đến 90.")
	}
	if o.FollowMin < 0 || o.FollowMin > 10_000 {
		c.at("outreach.follow_min", "plan.outreach_follow", "Số lượt kích hoạt tối thiểu phải từ 0 đến 10.000.")
	}
}
