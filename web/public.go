package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/ops/points"
)

// The public face: the schedule of collection points, without signing in and without a person in it (KH:III.1.a, KH:III.3.a). What was
// made is kept in memory until a session changes, the day turns, or a minute has passed.

// publicDays is how far the public schedule looks ahead.
const publicDays = 21

// Schedule is the public page. It stands alone: one small sheet, no script, readable at 240 pixels.
type Schedule struct {
	Page
	Communes []Choice
	Near     string // the commune chosen, "" for all
	Code     string
	Days     []ScheduleDay
	Feed     string
	Poster   string
	Until    string
	Map      template.HTML
}

// Template names the screen.
func (*Schedule) Template() string { return "public/schedule" }

// Frame names the layout: nothing of the desk around it.
func (*Schedule) Frame() string { return "bare" }

// ScheduleDay is one day's sessions.
type ScheduleDay struct {
	Name     string
	Sessions []ScheduleSession
}

// ScheduleSession is one session on the public page.
type ScheduleSession struct {
	Hours, Place, Address, Unit, Host, Far, Map string
	Gone                                        bool
	Reason                                      string
	Steps                                       bool // no way in for a wheelchair
}

// Poster is the schedule as it hangs on a wall, A4 or A3.
type Poster struct {
	Schedule
	Large  bool
	Issuer [2]string
	Other  string // the address of the other size
	Script string // for loudspeakers
	Board  string // for electronic boards
	Back   string
}

// Template names the screen.
func (*Poster) Template() string { return "public/poster" }

// kept is a page of the public face as it goes out.
type kept struct {
	version     int64
	day         clock.Day
	until       time.Time
	kind, tag   string
	plain, pack []byte
}

// publicPages keeps what was made, by address.
type publicPages struct {
	mu    sync.RWMutex
	pages map[string]*kept
}

// public gives a page of the public face from memory, or makes it. key holds everything it depends on but the schedule itself.
func (a *Ask) public(key, kind string, make func() ([]byte, error)) error {
	now, day, version := a.Clock(), a.today(), int64(0)
	if a.Points != nil {
		version = a.Points.Version()
	}
	c := &a.pages
	c.mu.RLock()
	k := c.pages[key]
	c.mu.RUnlock()
	if k == nil || k.version != version || k.day != day || !now.Before(k.until) {
		body, err := make()
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		k = &kept{version: version, day: day, until: now.Add(time.Minute), kind: kind, tag: `"` + hex.EncodeToString(sum[:8]) + `"`, plain: body}
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, 9)
		_, _ = z.Write(body)
		if err := z.Close(); err != nil {
			return err
		}
		k.pack = b.Bytes()
		c.mu.Lock()
		if c.pages == nil || len(c.pages) > 500 {
			c.pages = map[string]*kept{}
		}
		c.pages[key] = k
		c.mu.Unlock()
	}
	h := a.W.Header()
	h.Set("Content-Type", k.kind)
	h.Set("Cache-Control", "public, max-age=60")
	h.Set("ETag", k.tag)
	if strings.Contains(a.R.Header.Get("If-None-Match"), k.tag) {
		a.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := k.plain
	if accepts(a.R, "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = k.pack
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, err := a.W.Write(body)
	return err
}

// publicCommune reads the commune of the address; nothing else of the asker is looked at, and nothing is kept.
func publicCommune(tree *territory.Tree, code string) (*territory.Unit, error) {
	if code == "" {
		return nil, nil
	}
	if u := tree.ByCode(code); u != nil && u.Tier == territory.TierCommune {
		return u, nil
	}
	return nil, fault.New(fault.Missing, "web.no_commune", "Không có xã, thị trấn mang mã này. Hãy chọn lại trong danh sách.")
}

// posterKm is how far from a commune a mobile point may be to stand on its poster.
const posterKm = 8

// schedule reads and lays out the public schedule; with within, a commune's has only the sessions so many kilometres away and fixed points.
func (a *Ask) schedule(code string, within float64) (*Schedule, []points.Shown, error) {
	list, tree, err := a.Points.Public(a.Ctx(), a.today(), a.today().Add(publicDays-1))
	if err != nil {
		return nil, nil, err
	}
	near, err := publicCommune(tree, code)
	if err != nil {
		return nil, nil, err
	}
	s := &Schedule{Code: code, Feed: "/lich.ics", Poster: "/lich/ap-phich", Until: a.today().Add(publicDays - 1).Vi()}
	s.Title, s.Campaign = "Lịch làm căn cước, định danh điện tử", a.campaign()
	var far []float64
	if near != nil {
		s.Near, far = near.Title(), points.NearestFirst(list, tree, near.ID)
		q := "?xa=" + url.QueryEscape(code)
		s.Feed, s.Poster = s.Feed+q, s.Poster+q
	}
	for _, u := range tree.All() {
		if u.Tier == territory.TierCommune && u.In(a.today()) {
			s.Communes = append(s.Communes, Choice{u.Code, u.Title(), u == near})
		}
	}
	s.Map = publicMap(list, tree, near)
	for i := range list {
		x := &list[i]
		if near != nil && within > 0 && far[i] > within && !x.Fixed {
			continue
		}
		name := weekdayOf(x.Day) + ", " + x.Day.Vi()
		if n := len(s.Days); n == 0 || s.Days[n-1].Name != name {
			s.Days = append(s.Days, ScheduleDay{Name: name})
		}
		row := ScheduleSession{Hours: x.From + "–" + x.Until, Place: x.Place, Address: x.Address, Unit: x.Unit, Host: x.Host, Gone: x.Gone, Reason: x.Reason, Steps: !x.Accessible}
		if near != nil && far[i] >= 1 {
			row.Far = "cách khoảng " + vn.Int(int64(far[i]+0.5)) + " km"
		}
		day := &s.Days[len(s.Days)-1]
		day.Sessions = append(day.Sessions, row)
	}
	return s, list, nil
}

// publicMap draws the communes by name and the points where something is held, with as little as can be.
func publicMap(list []points.Shown, tree *territory.Tree, near *territory.Unit) template.HTML {
	type mark struct {
		lat, lon  float64
		text, cls string
	}
	var marks []mark
	for _, u := range tree.All() {
		if u.Tier == territory.TierCommune && (u.Lat != 0 || u.Lon != 0) {
			marks = append(marks, mark{u.Lat, u.Lon, u.Name, map[bool]string{true: "near", false: ""}[u == near]})
		}
	}
	if len(marks) < 3 {
		return ""
	}
	seen := map[[2]float64]bool{}
	for _, x := range list {
		if at := [2]float64{x.Lat, x.Lon}; !x.Gone && (x.Lat != 0 || x.Lon != 0) && !seen[at] {
			seen[at] = true
			marks = append(marks, mark{x.Lat, x.Lon, "", "stop"})
		}
	}
	lo, hi := marks[0], marks[0]
	for _, m := range marks {
		lo.lat, hi.lat, lo.lon, hi.lon = min(lo.lat, m.lat), max(hi.lat, m.lat), min(lo.lon, m.lon), max(hi.lon, m.lon)
	}
	const side = 300.0
	scale := (side - 60) / max(hi.lat-lo.lat, hi.lon-lo.lon, 0.01)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="Bản đồ các xã và nơi có buổi thu nhận">`, (hi.lon-lo.lon)*scale+70, (hi.lat-lo.lat)*scale+40)
	for _, m := range marks {
		x, y := 30+(m.lon-lo.lon)*scale, 20+(hi.lat-m.lat)*scale
		if m.cls == "stop" {
			fmt.Fprintf(&b, `<circle class="stop" cx="%.0f" cy="%.0f" r="4"/>`, x, y)
			continue
		}
		fmt.Fprintf(&b, `<text class="%s" x="%.0f" y="%.0f">%s</text>`, m.cls, x, y-6, template.HTMLEscapeString(m.text))
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// rendered makes a screen's bytes.
func (a *Ask) rendered(s Screen) ([]byte, error) {
	var b bytes.Buffer
	err := a.screens.execute(&b, s)
	return b.Bytes(), err
}

func showSchedule(a *Ask) error {
	code := a.Query("xa")
	return a.public("lich?"+code, "text/html; charset=utf-8", func() ([]byte, error) {
		s, _, err := a.schedule(code, 0)
		if err != nil {
			return nil, err
		}
		return a.rendered(s)
	})
}

// scheduleFeed is the schedule for people's own calendars.
func scheduleFeed(a *Ask) error {
	code := a.Query("xa")
	return a.public("ics?"+code, "text/calendar; charset=utf-8", func() ([]byte, error) {
		s, list, err := a.schedule(code, 0)
		if err != nil {
			return nil, err
		}
		if s.Near != "" { // whoever chose a commune wants its own sessions alone
			near := list[:0]
			for _, x := range list {
				if strings.HasSuffix(x.Unit, s.Near) {
					near = append(near, x)
				}
			}
			list = near
		}
		return points.Calendar(list, s.Title, "bonphu", a.Clock()), nil
	})
}

// showPoster is the schedule to be hung up, with the script for loudspeakers and the text for boards.
func showPoster(a *Ask) error {
	code, large := a.Query("xa"), a.Query("kho") == "a3"
	return a.public("to?"+code+strconv.FormatBool(large), "text/html; charset=utf-8", func() ([]byte, error) {
		s, _, err := a.schedule(code, posterKm)
		if err != nil {
			return nil, err
		}
		p := &Poster{Schedule: *s, Large: large, Back: "/lich"}
		q := url.Values{}
		if code != "" {
			q.Set("xa", code)
			p.Back += "?" + q.Encode()
		}
		if !large {
			q.Set("kho", "a3")
		}
		p.Other = "/lich/ap-phich"
		if len(q) > 0 {
			p.Other += "?" + q.Encode()
		}
		if plan := a.plan(); plan != nil {
			p.Issuer = [2]string{plan.Issuer.Body, "CÔNG AN " + strings.ToUpper(plan.Place.Name)}
		}
		p.Board, p.Script = spoken(s)
		return a.rendered(p)
	})
}

// spoken tells the next seven days for boards, in capitals, and for loudspeakers, with room for a translation.
func spoken(s *Schedule) (board, script string) {
	var b, c strings.Builder
	for i := range s.Days {
		if i >= 7 {
			break
		}
		c.WriteString("\n" + s.Days[i].Name + ":\n")
		for _, x := range s.Days[i].Sessions {
			if x.Gone {
				continue
			}
			b.WriteString(strings.ToUpper(s.Days[i].Name+" "+x.Hours+": "+x.Place) + " * ")
			c.WriteString("- Từ " + strings.Replace(x.Hours, "–", " đến ", 1) + ", tại " + x.Place + ", " + x.Unit + ".\n")
		}
	}
	board = "LÀM CĂN CƯỚC, ĐỊNH DANH ĐIỆN TỬ * " + b.String() + "MANG THEO GIẤY TỜ TÙY THÂN, ĐIỆN THOẠI, SIM"
	script = "Kính thưa bà con! Công an tổ chức làm căn cước và định danh điện tử mức 2 theo lịch sau:\n" + c.String() + "\n" + bringAlong + "\nXin bà con đến đúng ngày, đúng điểm. Trân trọng cảm ơn!\n\n[Bản dịch tiếng S’tiêng, Khmer do người có uy tín đọc: ………………………………………]\n[Tệp thu âm: ………………………………………]"
	return board, script
}
