package web

import (
	"html/template"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/web/chart"
)

// The structs of the parts under screens/parts: each part takes exactly one of these.

// Empty says that there is nothing and what to do about it.
type Empty struct {
	Icon  string
	Title string
	Text  string
	Href  string // of the button; "" for none
	Do    string // the button's words
}

// Pager walks a list by keyset: each side is the address of that page, "" where there is none.
type Pager struct {
	Text     string // "1–50 trong 12.345"
	Previous string
	Next     string
}

// Stat is one figure in a row of figures.
type Stat struct {
	Label string
	Value string
	Note  string
	Kind  string // "", "good", "warn", "bad"
	Href  string // the people behind the figure (law N2)
}

// Tab is one of several views of the same thing, each with its own address.
type Tab struct {
	Title   string
	Href    string
	Current bool
}

// Stage is one step of a flow.
type Stage struct {
	Title string
	State string // "done", "now", ""
}

// Moment is one entry of a time line.
type Moment struct {
	When  string
	Title string
	Text  string
	By    string
	Level string // "confirmed", "verified", "claimed", ""
	Void  string // why it was voided; "" while it stands
	Href  string // what it rests on, "" for nothing that may be opened
	More  string // the words of that link
}

// Diff shows two records beside one another.
type Diff struct {
	Left, Right DiffSide
	Rows        []DiffRow
}

// DiffSide heads one of the two records.
type DiffSide struct {
	Title string
	Note  string
}

// DiffRow is one attribute of both.
type DiffRow struct {
	Name        string
	Left, Right string
}

// Other tells whether the two differ.
func (r DiffRow) Other() bool { return vn.Fold(r.Left) != vn.Fold(r.Right) }

// Pace is how far before or behind the roadmap a unit is (law A3).
type Pace struct {
	Known bool
	Days  int // positive: ahead
}

// Kind gives the pill's colour.
func (p Pace) Kind() string {
	switch {
	case !p.Known:
		return ""
	case p.Days <= -7:
		return "bad"
	case p.Days < 0:
		return "warn"
	}
	return "good"
}

// Text says it: "Chậm 3 ngày".
func (p Pace) Text() string {
	switch {
	case !p.Known:
		return "Chưa có lộ trình"
	case p.Days < 0:
		return "Chậm " + vn.Int(int64(-p.Days)) + " ngày"
	case p.Days > 0:
		return "Nhanh " + vn.Int(int64(p.Days)) + " ngày"
	}
	return "Đúng lộ trình"
}

// Mark is the sign before the words, so that colour is not the only carrier.
func (p Pace) Mark() string {
	switch {
	case !p.Known:
		return "·"
	case p.Days < 0:
		return "↓"
	case p.Days > 0:
		return "↑"
	}
	return "="
}

// Target is one coverage of one unit against its target, for the card "target".
type Target struct {
	Name   string // "Thẻ CCCD"
	Clause string // "IV.1.a"
	Href   string // where it is shown alone
	People string // the people still lacking (law N2); "" where the asker may not see them
	AsOf   string // "Dữ liệu đến 22/5/2024"
	Bar    chart.Progress
	Pace   Pace
}

// Rate is the confirmed share, with its sign.
func (t Target) Rate() string { return vn.Percent(t.Bar.Confirmed, t.Bar.Target) }

// Left is how many are still to be confirmed before the target is reached.
func (t Target) Left() int64 { return max(t.Bar.Target-t.Bar.Confirmed, 0) }

// Lacking is how many of those who count are not confirmed, whether or not the target asks for all of them.
func (t Target) Lacking() int64 { return max(t.Bar.Eligible-t.Bar.Confirmed, 0) }

// Quota is what one coverage asks for today and what is done of it.
type Quota struct {
	Name string
	Href string
	N    int64
	Done int64
}

// SVG draws the share done.
func (q Quota) SVG() template.HTML {
	return chart.Progress{Target: q.N, Confirmed: min(q.Done, max(q.N, q.Done)), Slim: true}.SVG()
}

// Care is one thing that needs attention, most urgent first.
type Care struct {
	Kind string // "bad", "warn", ""
	Icon string
	Text string
	Note string
	Href string
}

// Ranked is one unit in a ranking.
type Ranked struct {
	Place   string // "1", or "3=" for a tie (law J3)
	Name    string
	Href    string
	Bar     chart.Progress
	Trend   chart.Spark
	Pace    Pace
	Current bool
}

// Rate is the confirmed share.
func (r Ranked) Rate() string { return vn.Percent(r.Bar.Confirmed, r.Bar.Target) }

// dayVi spells a day for a person.
func dayVi(d clock.Day) string { return d.Vi() }
