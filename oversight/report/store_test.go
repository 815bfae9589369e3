package report_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"bonphu/internal/fault"
	"bonphu/oversight/report"
)

// filled brings four people in each commune, three and one of them with a card, and sets the day.
func filled(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	w.on("2024-05-08")
	w.bring("2024-05-05", person(1, "An Khương", "Ấp 1", "issued"), person(2, "An Khương", "Ấp 1", "issued"), person(3, "An Khương", "Ấp 1", "issued"), person(4, "An Khương", "Ấp 1", "none"),
		person(5, "Thanh Bình", "Sóc Xoài", "issued"), person(6, "Thanh Bình", "Sóc Xoài", "none"), person(7, "Thanh Bình", "Sóc Xoài", "none"), person(8, "Thanh Bình", "Sóc Xoài", "none"))
	return w
}

// write fills in every section of a unit's report.
func (w *town) write(period, unit string) {
	w.t.Helper()
	chair := w.viewer(7, "commune_chair", unit)
	if unit == "694" {
		chair = w.viewer(8, "district_police", unit)
	}
	x, err := report.PeriodOf(w.plan, period, "2024-07-08")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, s := range report.Sections(x) {
		r, err := w.desk.Get(ctx, chair, period, w.units[unit])
		if err != nil {
			w.t.Fatal(err)
		}
		if err := w.desk.Write(ctx, chair, period, w.units[unit], s.ID, s.Title+" của "+unit, r.Words[s.ID].ID); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *town) submit(period, unit, why string) string {
	w.t.Helper()
	code, err := w.desk.Submit(ctx, w.viewer(7, "commune_chair", unit), period, w.units[unit], why)
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

func cccd(r *report.Reading) report.Number { return r.Head().Numbers[0] }

func TestLaw_D1_ASubmittedReportDoesNotChange(t *testing.T) {
	w := filled(t)
	w.write("soket1", "25330")
	code := w.submit("soket1", "25330", "")
	d, err := w.desk.Document(ctx, w.root, strings.ToLower(code))
	if err != nil {
		t.Fatal(err)
	}
	if n := cccd(d.Reading); n.Confirmed != 3 || n.Eligible != 4 {
		t.Fatalf("%+v", n)
	}
	chair := w.viewer(7, "commune_chair", "25330")
	if err := w.desk.Write(ctx, chair, "soket1", w.units["25330"], "strengths", "Khác", 0); !fault.Is(err, fault.Conflict) {
		t.Error("a report that was handed in was written:", err)
	}
	if _, err := w.desk.Submit(ctx, chair, "soket1", w.units["25330"], ""); !fault.Is(err, fault.Conflict) {
		t.Error("handed in twice:", err)
	}
	w.on("2024-05-20")
	w.bring("2024-05-08", person(4, "An Khương", "Ấp 1", "issued")) // a late extract of the same day
	again, err := w.desk.Document(ctx, w.root, code)
	if err != nil {
		t.Fatal(err)
	}
	if cccd(again.Reading).Confirmed != 3 || again.SHA != d.SHA {
		t.Error("the frozen reading moved")
	}
	drift, err := w.desk.Drifted(ctx, w.root, again)
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for _, x := range drift {
		seen = seen || x.Unit == w.units["25330"] && x.Was == 3 && x.Now == 4
	}
	if !seen {
		t.Errorf("the drift is not told: %+v", drift)
	}
}

func TestLaw_D1_ACorrectionIsANewVersionThatNamesTheOld(t *testing.T) {
	w := filled(t)
	w.write("soket1", "25330")
	first := w.submit("soket1", "25330", "")
	police := w.viewer(8, "district_police", "694")
	unit := w.units["25330"]
	if err := w.desk.Tell(ctx, police, "soket1", unit, "return", "", "Thiếu số liệu ấp 1"); err != nil {
		t.Fatal(err)
	}
	chair := w.viewer(7, "commune_chair", "25330")
	if _, err := w.desk.Submit(ctx, chair, "soket1", unit, ""); !fault.Is(err, fault.Invalid) {
		t.Error("a correction without a reason:", err)
	}
	second := w.submit("soket1", "25330", "Bổ sung ấp 1")
	if second == first {
		t.Error("the correction has the old code")
	}
	d, err := w.desk.Document(ctx, police, second)
	if err != nil {
		t.Fatal(err)
	}
	if d.Reading.Old != first || d.Reading.Version != 2 {
		t.Errorf("%q %d", d.Reading.Old, d.Reading.Version)
	}
	if _, err := w.desk.Document(ctx, police, first); err != nil {
		t.Error("the old version is gone:", err)
	}
	if err := w.desk.Tell(ctx, police, "soket1", unit, "accept", "", ""); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.Tell(ctx, police, "soket1", unit, "accept", "", ""); !fault.Is(err, fault.Conflict) {
		t.Error("accepted twice:", err)
	}
}

func TestLaw_D2_TwoWritersDoNotOverwriteEachOther(t *testing.T) {
	w := filled(t)
	unit := w.units["25330"]
	chair := w.viewer(7, "commune_chair", "25330")
	if err := w.desk.Write(ctx, chair, "soket1", unit, "causes", "Bản thứ nhất", 0); err != nil {
		t.Fatal(err)
	}
	err := w.desk.Write(ctx, w.viewer(9, "commune_police", "25330"), "soket1", unit, "causes", "Bản thứ hai", 0)
	if !fault.Is(err, fault.Conflict) {
		t.Fatal("the first writing was overwritten:", err)
	}
	r, err := w.desk.Get(ctx, chair, "soket1", unit)
	if err != nil {
		t.Fatal(err)
	}
	if r.Words["causes"].Text != "Bản thứ nhất" {
		t.Error(r.Words["causes"].Text)
	}
	if err := w.desk.Write(ctx, chair, "soket1", unit, "causes", "Bản thứ ba", r.Words["causes"].ID); err != nil {
		t.Error(err)
	}
}

func TestTwoPeopleHandInAtOnce(t *testing.T) {
	w := filled(t)
	w.write("soket1", "25330")
	var wait sync.WaitGroup
	won := make([]bool, 4)
	for i := range won {
		wait.Add(1)
		go func() {
			defer wait.Done()
			_, err := w.desk.Submit(ctx, w.viewer(7, "commune_chair", "25330"), "soket1", w.units["25330"], "")
			won[i] = err == nil
		}()
	}
	wait.Wait()
	n := 0
	for _, x := range won {
		if x {
			n++
		}
	}
	r, err := w.desk.Get(ctx, w.root, "soket1", w.units["25330"])
	if err != nil {
		t.Fatal(err)
	}
	if n != 1 || len(r.Versions) != 1 {
		t.Errorf("%d won, %d versions", n, len(r.Versions))
	}
}

func TestLaw_R1_WhoMayWriteSubmitAndReturn(t *testing.T) {
	w := filled(t)
	w.write("soket1", "25330")
	unit := w.units["25330"]
	for _, c := range []struct {
		role, at             string
		see, write, hand, up bool
	}{
		{"commune_chair", "25330", true, true, true, false}, {"commune_police", "25330", true, true, false, false}, {"commune_chair", "25354", false, false, false, false},
		{"district_police", "694", true, true, true, true}, {"district_leader", "694", true, false, true, true}, {"team_leader", "25330.01", false, false, false, false}, {"auditor", "694", true, false, false, false},
	} {
		who := w.viewer(20, c.role, c.at)
		if _, err := w.desk.Get(ctx, who, "soket1", unit); (err == nil) != c.see {
			t.Errorf("%s of %s sees: %v", c.role, c.at, err)
		}
		if err := w.desk.Write(ctx, who, "soket1", unit, "next", "", 1); fault.Is(err, fault.Forbidden) == c.write {
			t.Errorf("%s of %s writes: %v", c.role, c.at, err)
		}
		if _, err := w.desk.Submit(ctx, who, "khong-co", unit, ""); fault.Is(err, fault.Forbidden) == c.hand {
			t.Errorf("%s of %s hands in: %v", c.role, c.at, err)
		}
		if got := w.desk.MayDecide(who, unit); got != c.up {
			t.Errorf("%s of %s takes over: %v", c.role, c.at, got)
		}
	}
}

func TestClause_V_1_WhoIsLate(t *testing.T) {
	w := filled(t)
	w.write("soket1", "25330")
	w.submit("soket1", "25330", "")
	w.on("2024-05-10")
	w.write("soket1", "25354")
	w.submit("soket1", "25354", "")
	told, err := w.desk.Reporting(ctx, w.root, "2024-05-10")
	if err != nil {
		t.Fatal(err)
	}
	a, b := told[w.units["25330"]], told[w.units["25354"]]
	if a.InTime != 1 || a.Late != 0 || b.InTime != 0 || b.Late != 1 || a.Due != b.Due || a.Missing != a.Due-1 {
		t.Errorf("%+v %+v", a, b)
	}
	early, err := w.desk.Reporting(ctx, w.root, "2024-05-09")
	if err != nil {
		t.Fatal(err)
	}
	if x := early[w.units["25354"]]; x.Late != 0 || x.Missing != x.Due {
		t.Errorf("as of the day before, the late report has not come: %+v", x)
	}
	board, err := w.desk.Calendar(ctx, w.viewer(7, "commune_chair", "25330"), "", 7)
	if err != nil {
		t.Fatal(err)
	}
	if len(board.Lines) != 1 || board.Top != nil || board.Lines[0].Unit.Code != "25330" {
		t.Errorf("a commune sees %d lines", len(board.Lines))
	}
}

func TestLaw_D2_TheDistrictsDraftGathersTheCommunesWords(t *testing.T) {
	w := filled(t)
	w.write("soket1", "25330")
	code := w.submit("soket1", "25330", "")
	w.write("soket1", "25354") // written, not handed in
	r, err := w.desk.Get(ctx, w.viewer(8, "district_police", "694"), "soket1", w.units["694"])
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Live.Gathered) != 7 {
		t.Fatalf("%d words gathered", len(r.Live.Gathered))
	}
	for _, g := range r.Live.Gathered {
		if g.Code != code || g.Unit != "Xã An Khương" {
			t.Errorf("%+v", g)
		}
	}
	var sum int64
	for _, u := range r.Live.Under(w.units["694"]) {
		sum += u.Numbers[0].Confirmed
	}
	if sum != cccd(r.Live).Confirmed || sum != 4 {
		t.Error("the communes do not add up to the district", sum)
	}
}

func TestClause_VII_EveryDocumentCanBeMade(t *testing.T) {
	w := filled(t)
	for _, f := range report.Forms() {
		o := report.Order{Form: f.ID, Period: "soket1", Unit: w.units["694"], Signed: "2024-05-08", Fields: map[string]string{}}
		if f.Place == "below" {
			o.Unit = w.units["25330"]
		}
		for _, x := range f.Fields {
			if x.Must {
				if _, err := w.desk.Make(ctx, w.root, o); !fault.Is(err, fault.Invalid) {
					t.Errorf("%s was made without %s: %v", f.ID, x.Name, err)
				}
				o.Fields[x.Name] = "Điền d'Ấp <thử> & một dòng"
			}
		}
		r, err := w.desk.Make(ctx, w.root, o)
		if err != nil {
			t.Errorf("%s: %v", f.ID, err)
			continue
		}
		again, err := w.desk.Make(ctx, w.root, o)
		if err != nil || again.Code != r.Code {
			t.Errorf("%s made again is another document: %s, %s (%v)", f.ID, r.Code, again.Code, err)
		}
		paper, err := report.Paper(w.plan, r, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(paper.Recipients) == 0 || paper.Signature.Title == "" || paper.Code != r.Code || paper.Subject == "" {
			t.Errorf("%s: %+v", f.ID, paper)
		}
		var a, b bytes.Buffer
		if paper.Write(&a, nil) != nil || paper.Write(&b, nil) != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: the same reading gives other bytes", f.ID)
		}
		var x bytes.Buffer
		if err := w.desk.Workbook(r, &x); err != nil {
			t.Errorf("%s as .xlsx: %v", f.ID, err)
		}
	}
}
