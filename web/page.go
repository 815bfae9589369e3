package web

import (
	"net/http"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/clock"
)

// Page is what every screen has around it: the frame's own struct, embedded in the struct of each screen.
type Page struct {
	Title    string // heading and window title
	Lead     string // a sentence under the heading, may be empty
	Area     string // path of the navigation entry this screen lies under: "/dan-cu"
	Path     string // this address with its query, where a theme change comes back to
	Search   string // what stands in the search box
	Theme    string // "", "sang" or "toi"
	Campaign Campaign
	User     *User // nil on screens before signing in
	Nav      []NavGroup
	Crumbs   []Crumb
	Flashes  []Flash
	Form     Form
}

// page lets the frame fill the part of a screen that it owns.
func (p *Page) page() *Page { return p }

// Screen is a struct that embeds Page and names its template "area/screen".
type Screen interface {
	page() *Page
	Template() string
}

// Campaign is the campaign as the top bar tells it.
type Campaign struct {
	Title string // "90 ngày, đêm · 4 phủ"
	Place string // "Huyện Hớn Quản"
	Day   int    // 46: counted from 1; 0 before the campaign
	Days  int    // 92
	Today clock.Day
	Aims  []Aim  // the plan's coverages, for the door before signing in
	Clock string // what a simulated clock says of itself; "" where the clock is the real one
}

// Aim is one coverage of the plan in a few words.
type Aim struct {
	Name string
	Note string
}

// User is the person signed in, as the top bar names them.
type User struct {
	Name string
	Role string // "Trưởng Công an xã · Xã An Khương"
}

// Initials are the last two words' first letters, for the round mark beside a name.
func (u User) Initials() string {
	words := strings.Fields(u.Name)
	if len(words) > 2 {
		words = words[len(words)-2:]
	}
	s := ""
	for _, w := range words {
		for _, r := range w {
			s += strings.ToUpper(string(r))
			break
		}
	}
	return s
}

// NavGroup is one titled part of the navigation.
type NavGroup struct {
	Title string
	Items []NavItem
}

// NavItem is one entry of the navigation. Key is the second letter of its shortcut "g …".
type NavItem struct {
	Title string
	Href  string
	Icon  string
	Key   string
	Right access.Verb // without it anywhere the entry is not shown
	Count int64       // of things that wait; 0 shows nothing
}

// Crumb is one unit on the way down to this screen; the last has no Href.
type Crumb struct {
	Title string
	Href  string
}

// Flash is a sentence about what was just done. Kind is "good", "warn", "bad" or "" for a note.
type Flash struct {
	Kind string
	Text string
	Href string // where more is told; "" for nowhere
	More string // the link's words
}

// Icon gives the flash's icon.
func (f Flash) Icon() string {
	switch f.Kind {
	case "good":
		return "check"
	case "warn", "bad":
		return "warn"
	}
	return "info"
}

// Current tells whether this is the entry that the screen lies under.
func (p Page) Current(href string) bool { return href == p.Area }

// HTMLTheme is the value of data-theme: "light", "dark" or "" to follow the machine.
func (p Page) HTMLTheme() string {
	switch p.Theme {
	case "sang":
		return "light"
	case "toi":
		return "dark"
	}
	return ""
}

// themeOf reads the wish for light or dark from its cookie.
func themeOf(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil || (c.Value != "sang" && c.Value != "toi") {
		return ""
	}
	return c.Value
}
