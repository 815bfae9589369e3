package plan

import "fmt"

// Outreach says by which channels and to whom the campaign speaks (KH:I.1, KH:III.1.a). The zero Outreach works.
type Outreach struct {
	Channels  []Channel  `yaml:"channels"`
	Audiences []Audience `yaml:"audiences"`
	Clause    string     `yaml:"clause"`
}

// Channel is a way of speaking to people: loudspeakers, meetings, posters, social networks.
type Channel struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// Audience is whom an activity is for.
type Audience struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

func (c *checker) outreach(p *Plan) {
	ids := map[string]bool{}
	for i, x := range p.Outreach.Channels {
		path := fmt.Sprintf("outreach.channels[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên kênh tuyên truyền")
	}
	ids = map[string]bool{}
	for i, x := range p.Outreach.Audiences {
		path := fmt.Sprintf("outreach.audiences[%d]", i)
		c.id(path+".id", x.ID, ids)
		c.need(path+".title", x.Title, "tên đối tượng tuyên truyền")
	}
}
