package chart

import (
	"encoding/xml"
	"flag"
	"html/template"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bonphu/internal/clock"
)

var update = flag.Bool("update", false, "write the golden files anew")

func samples() map[string]template.HTML {
	road := Roadmap{Title: "Thẻ CCCD, xã Tân Lợi", Start: "2024-04-08", Days: 92, Today: 45, Target: 4200,
		Curve:     []Point{{0, 400}, {30, 2100}, {62, 3400}, {91, 4200}},
		Confirmed: []Point{{0, 380}, {10, 700}, {22, 1500}, {45, 2300}},
		Claimed:   []Point{{0, 380}, {20, 1700}, {45, 2600}},
		Phases:    []Phase{{0, 30, "Đợt 1"}, {31, 62, "Đợt 2"}, {63, 91, "Nước rút"}}}
	heat := Heat{What: "Mỗi ngày", Start: "2024-04-08", Days: 92, Today: 3, Done: []DayCount{{3, 5}, {0, 5}, {12, 5}, {7, 5}}}
	return map[string]template.HTML{
		"progress":      Progress{Target: 900, Eligible: 1000, Expected: 500, Confirmed: 420, Verified: 40, Claimed: 150}.SVG(),
		"progress-slim": Progress{Target: 900, Expected: 500, Confirmed: 920, Slim: true}.SVG(),
		"progress-none": Progress{}.SVG(),
		"spark":         Spark{Values: []int64{3, 4, 4, 9, 8}, What: "5 ngày qua"}.SVG(),
		"spark-none":    Spark{What: "14 ngày qua"}.SVG(),
		"road":          road.SVG(),
		"road-table":    road.Table(),
		"bars":          Bars{What: "Còn thiếu", Items: []Bar{{"Máy 2G & cũ", 12, "/dan-cu"}, {"SIM", 4, ""}}}.SVG(),
		"ladder":        Ladder{What: "Định danh", Steps: []Step{{"Chưa có", 4, ""}, {"Mức 1", 3, "/x"}, {"Mức 2", 9, ""}}}.SVG(),
		"heat":          heat.SVG(),
		"heat-table":    heat.Table(),
	}
}

func TestGolden(t *testing.T) {
	for name, got := range samples() {
		file := filepath.Join("testdata", name+".html")
		text := strings.ReplaceAll(string(got), "><", ">\n<") + "\n"
		if *update {
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != text {
			t.Errorf("%s changed; look at it, then run with -update\n%s", name, text)
		}
	}
}

// within reads every coordinate and tells those that lie outside: percentages beyond 0–100, plot points beyond 0–1000.
func within(t *testing.T, svg template.HTML) {
	t.Helper()
	if strings.Contains(string(svg), "NaN") || strings.Contains(string(svg), "Inf") || strings.Contains(string(svg), "style=") {
		t.Fatalf("not a picture: %s", svg)
	}
	d := xml.NewDecoder(strings.NewReader("<x>" + string(svg) + "</x>"))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, svg)
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		var x, w float64
		for _, a := range e.Attr {
			if n, found := strings.CutSuffix(a.Value, "%"); found {
				f, err := strconv.ParseFloat(n, 64)
				if err != nil || f < 0 || f > 100 {
					t.Errorf("<%s %s=%q> lies outside", e.Name.Local, a.Name.Local, a.Value)
				}
				switch a.Name.Local {
				case "x":
					x = f
				case "width":
					w = f
				}
			}
			if a.Name.Local == "points" {
				for _, p := range strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' }) {
					f, err := strconv.ParseFloat(p, 64)
					if err != nil || f < 0 || f > 1000 {
						t.Errorf("point %q lies outside", p)
					}
				}
			}
			if v, err := strconv.ParseFloat(a.Value, 64); err == nil && v < 0 && a.Name.Local != "viewBox" {
				t.Errorf("<%s %s=%q> is negative", e.Name.Local, a.Name.Local, a.Value)
			}
		}
		if e.Name.Local == "rect" && x+w > 100.02 {
			t.Errorf("a bar reaches %v %%", x+w)
		}
	}
}

func TestWhateverTheNumbersNothingLiesOutside(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	n := func() int64 {
		switch r.IntN(5) {
		case 0:
			return 0
		case 1:
			return int64(r.IntN(9))
		case 2:
			return 1 << 52
		}
		return int64(r.IntN(200_000))
	}
	day := func() int { return r.IntN(140) - 20 }
	line := func() (l []Point) {
		for range r.IntN(12) {
			l = append(l, Point{day(), n()})
		}
		return l
	}
	for range 400 {
		within(t, Progress{n(), n(), n(), n(), n(), n(), r.IntN(2) == 0}.SVG())
		var s Spark
		var l Ladder
		var b Bars
		var h Heat
		h.Start, h.Days, h.Today = "2024-04-08", r.IntN(120), day()
		for range r.IntN(40) {
			s.Values = append(s.Values, n())
			l.Steps = append(l.Steps, Step{"Bậc <1> & 2", n(), ""})
			b.Items = append(b.Items, Bar{`"Ấp"`, n(), "/a?b=c&d=e"})
			h.Done = append(h.Done, DayCount{n(), n()})
		}
		within(t, s.SVG())
		within(t, l.SVG())
		within(t, b.SVG())
		within(t, h.SVG())
		within(t, h.Table())
		road := Roadmap{"Phủ <x>", clock.Day("2024-04-08"), r.IntN(120), day(), n(), line(), line(), line(), []Phase{{0, r.IntN(90), "Đợt 1"}, {r.IntN(90), 91, "Đợt 2"}}}
		within(t, road.SVG())
		within(t, road.Table())
	}
}

func TestLaw_C3_ClaimsAreNeverAddedToTheFill(t *testing.T) {
	fill := func(p Progress) string {
		_, rest, _ := strings.Cut(string(p.SVG()), `class="c-confirmed"`)
		_, rest, _ = strings.Cut(rest, ` width="`)
		w, _, _ := strings.Cut(rest, `"`)
		return w
	}
	a := fill(Progress{Target: 1000, Confirmed: 400})
	b := fill(Progress{Target: 1000, Confirmed: 400, Verified: 150, Claimed: 300})
	if a != "40%" || a != b {
		t.Errorf("fill %s without claims, %s with; want 40%% both times", a, b)
	}
}

func TestLaw_A3_CurveIsStraightBetweenKnots(t *testing.T) {
	r := Roadmap{Days: 92, Curve: []Point{{0, 100}, {10, 200}, {91, 1010}}}
	for day, want := range map[int]int64{0: 100, 5: 150, 10: 200, 11: 210, 91: 1010, 120: 1010} {
		if got := r.CurveAt(day); got != want {
			t.Errorf("day %d: %d, want %d", day, got, want)
		}
	}
}
