package inspection_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
	"bonphu/oversight/inspection"
	"bonphu/oversight/tally"
)

var ctx = context.Background()

// town is a district of two communes; the first has three hamlets, one of them without people.
type town struct {
	t       testing.TB
	db      *db.DB
	plan    *plan.Plan
	book    *inspection.Book
	ledger  coverage.Ledger
	lists   coverage.Lists
	units   map[string]int64
	persons []int64
	tree    *territory.Tree
	root    access.Viewer
}

func newTown(t testing.TB, people int) *town {
	t.Helper()
	d := dbtest.Open(t)
	p := plantest.HonQuan(t)
	current := func() *plan.Plan { return p }
	w := &town{t: t, db: d, plan: p, ledger: coverage.Ledger{DB: d, Plan: current}, lists: coverage.Lists{Plan: current}, units: map[string]int64{}}
	figures := tally.Desk{Book: tally.Open(d, current), Allot: &allotment.Book{DB: d, Plan: current}}
	w.book = &inspection.Book{DB: d, Plan: current, Figures: figures}
	if err := d.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) (err error) {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25354", "xã", "Thanh Bình", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "ấp", "2", "25330", 3}, {"25330.03", "ấp", "3", "25330", 3}, {"25354.01", "ấp", "1", "25354", 3}} {
			unit := territory.Unit{Code: u.code, Kind: u.kind, Name: u.name, Parent: w.units[u.parent], Tier: u.tier}
			if err := territory.Insert(tx, &unit); err != nil {
				return err
			}
			w.units[u.code] = unit.ID
		}
		w.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.root = access.System("kiểm thử").On(w.tree)
	w.db.Clock = clock.Fixed(clock.Day("2024-05-10").Time().Add(12 * time.Hour))
	var rows []*intake.Row
	for n := range people {
		rows = append(rows, &intake.Row{Kind: intake.KindRegister, Line: n + 10, Name: fmt.Sprintf("Điểu Thử %c%c", 'A'+n%26, 'A'+n/26%26), Number: fmt.Sprintf("0700%02d%06d", 60+n%35, n),
			Birth: vn.Birth{Y: 1960 + n%35, M: 1 + n%12, D: 1 + n%28}, Gender: []string{"male", "female"}[n%2], HamletText: []string{"Ấp 1", "Ấp 1", "Ấp 2"}[n%3]})
	}
	act := w.root.Act("intake.apply", 0, "batch", "")
	if err := d.WriteLong(ctx, &act, func(tx *db.Tx) error {
		run, err := w.lists.Start(tx, &intake.Batch{ID: 1, Kind: "register", AsOf: "2024-04-10", UnitID: w.units["25330"], Who: 1, Viewer: w.root})
		if err != nil {
			return err
		}
		out, err := run.Apply(rows, false)
		for _, o := range out {
			w.persons = append(w.persons, o.Person)
		}
		if err != nil {
			return err
		}
		return run.Finish()
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *town) viewer(account int64, role, unit string) access.Viewer {
	return access.NewViewer(account, role, "Người "+role, "test", []access.Grant{{Role: role, Unit: w.units[unit]}}, w.tree)
}

// claim has the first n persons claimed.
func (w *town) claim(n int) {
	w.t.Helper()
	for _, p := range w.persons[:n] {
		if _, err := w.ledger.Record(ctx, w.root, coverage.Claim{Person: p, Coverage: "cccd", State: "issued", AsOf: "2024-05-01T03:00:00.000Z", Team: 7}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// drawn plans and draws an inspection of claims in the first commune.
func (w *town) drawn(claims int) (int64, []inspection.Item) {
	w.t.Helper()
	w.claim(claims)
	n, err := w.book.New(ctx, w.root, inspection.Planning{Unit: w.units["25330"], Kind: inspection.Claimed, Target: w.plan.MainTarget("cccd").ID, Margin: 0.1, Seed: "hạt giống thử"})
	w.must(err)
	w.must(w.book.Draw(ctx, w.root, n))
	list, err := w.book.Items(ctx, w.root, n, "")
	w.must(err)
	return n, list
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) refused(kind fault.Kind, code string, err error) {
	w.t.Helper()
	if f, ok := err.(*fault.Fault); !ok || f.Kind != kind || f.Code != code {
		w.t.Errorf("want %s, got %v", code, err)
	}
}

func TestClause_IV_2_a_AnInspectionFromItsSeedToItsFindings(t *testing.T) {
	w := newTown(t, 60)
	n, list := w.drawn(45)
	in, err := w.book.Get(ctx, w.root, n)
	w.must(err)
	if in.Frame != 45 || in.Sample != int64(len(list)) || in.Sample != 31 || in.Seed != "hạt giống thử" || in.SeedAt == "" || in.State != inspection.Drawn || len(in.Estimate.Strata) != 2 {
		t.Fatalf("%+v, %d listed", in, len(list))
	}
	again, err := w.book.Redraw(ctx, w.root, n)
	w.must(err)
	if !again.Same || !again.FrameOK || again.Sample != in.Sample {
		t.Errorf("law J1: %+v", again)
	}
	w.refused(fault.Conflict, "inspection.drawn", w.book.Draw(ctx, w.root, n))
	w.claim(60) // the frame is frozen
	for i, x := range list {
		r := inspection.True
		switch {
		case i%10 == 0:
			r = inspection.False
		case i%10 == 1:
			r = inspection.Absent
		case i%10 == 2:
			r = inspection.Refused
		}
		w.must(w.book.Record(ctx, w.root, inspection.Record{Inspection: n, Person: x.Person.ID, Result: r, Note: "tại nhà"}))
	}
	in, err = w.book.Get(ctx, w.root, n)
	w.must(err)
	e := in.Estimate
	if e.Frame != 45 || e.False != 4 || e.Absent != 3 || e.Refused != 3 || e.True != 21 || e.Left() != 0 || !(e.Low < e.Share && e.Share < e.High) {
		t.Errorf("%+v", e)
	}
	if f, err := w.book.Findings(ctx, w.root, []int64{w.units["25330"]}, ""); err != nil || f[w.units["25330"]].True != 0 {
		t.Errorf("findings before closing: %+v %v", f, err)
	}
	w.must(w.book.Close(ctx, w.root, n))
	w.refused(fault.Conflict, "inspection.not_running", w.book.Record(ctx, w.root, inspection.Record{Inspection: n, Person: list[0].Person.ID, Result: inspection.True, Why: "nhầm"}))
	w.refused(fault.Conflict, "inspection.not_running", w.book.Close(ctx, w.root, n))
	shut, err := w.book.Get(ctx, w.root, n)
	w.must(err)
	if shut.Estimate.Share != e.Share || shut.Estimate.High != e.High || shut.ClosedDay != "2024-05-10" {
		t.Errorf("closing changed the estimate: %+v", shut)
	}
	w.must(w.db.Read(ctx, func(tx *db.Tx) error {
		var kept, note string
		if err := tx.QueryRow("SELECT estimate FROM inspection WHERE id=$1", n).Scan(&kept); err != nil {
			return err
		}
		if err := tx.QueryRow("SELECT note FROM trail WHERE object=$1 ORDER BY seq DESC LIMIT 1", "inspection:"+id.String(n)).Scan(&note); err != nil {
			return err
		}
		if want := fmt.Sprintf("kết thúc, SHA-256 của ước lượng %x", sha256.Sum256([]byte(kept))); note != want {
			t.Errorf("the trail says %q, not %q", note, want)
		}
		return nil
	}))
	f, err := w.book.Findings(ctx, w.root, []int64{w.units["694"], w.units["25330.01"], w.units["25330.02"], w.units["25354"]}, "")
	w.must(err)
	d, a, b := f[w.units["694"]], f[w.units["25330.01"]], f[w.units["25330.02"]]
	if d.False != 4 || d.True != 21 || a.False+b.False != 4 || a.True+b.True != 21 || d.Low >= 0.16 || d.High <= 0.16 || f[w.units["25354"]] != (inspection.Finding{High: 1}) {
		t.Errorf("findings %+v", f)
	}
	if f, _ := w.book.Findings(ctx, w.root, []int64{w.units["694"]}, "2024-05-09"); f[w.units["694"]].True != 0 {
		t.Error("findings before the day of closing")
	}
	lines, err := w.book.Lines(ctx, w.root, n)
	w.must(err)
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines, "\n")+"\n"))); len(lines) != 45 || got != shut.FrameSHA {
		t.Errorf("%d lines hash to %s, published %s", len(lines), got, shut.FrameSHA)
	}
	again, err = w.book.Redraw(ctx, w.root, n)
	w.must(err)
	if !again.Same || !again.FrameOK {
		t.Errorf("law J1, later: %+v", again)
	}
}

func TestLaw_C2_TrueIsVerifiedAndACorrectionTakesItBack(t *testing.T) {
	w := newTown(t, 30)
	n, list := w.drawn(20)
	p := list[0].Person.ID
	level := func() (live, void int) {
		events, err := w.ledger.History(ctx, w.root, p)
		w.must(err)
		for _, e := range events {
			if e.Level == coverage.Verified && e.Void() {
				void++
			} else if e.Level == coverage.Verified {
				live++
			}
		}
		return live, void
	}
	one := inspection.Record{ID: id.New(), Inspection: n, Person: p, Result: inspection.True}
	w.must(w.book.Record(ctx, w.root, one))
	w.must(w.book.Record(ctx, w.root, one)) // pressed twice
	if live, void := level(); live != 1 || void != 0 {
		t.Fatalf("%d verified, %d void", live, void)
	}
	other := one
	other.Person = list[1].Person.ID
	w.refused(fault.Conflict, "inspection.id", w.book.Record(ctx, w.root, other))
	fix := inspection.Record{Inspection: n, Person: p, Result: inspection.False}
	w.refused(fault.Conflict, "inspection.why", w.book.Record(ctx, w.root, fix))
	fix.Why = "ghi nhầm người cùng tên"
	w.must(w.book.Record(ctx, w.root, fix))
	if live, void := level(); live != 0 || void != 1 {
		t.Errorf("law C4: %d verified, %d void", live, void)
	}
	after, err := w.book.Items(ctx, w.root, n, list[0].Code)
	w.must(err)
	if h := after[0].History; after[0].Result != inspection.False || len(h) != 2 || h[1].Why != fix.Why || h[0].Result != inspection.True {
		t.Errorf("history %+v", h)
	}
	w.refused(fault.Missing, "inspection.not_sampled", w.book.Record(ctx, w.root, inspection.Record{Inspection: n, Person: w.persons[29], Result: inspection.True}))
	w.refused(fault.Invalid, "inspection.result", w.book.Record(ctx, w.root, inspection.Record{Inspection: n, Person: p}))
	var wait sync.WaitGroup
	two := inspection.Record{ID: id.New(), Inspection: n, Person: list[1].Person.ID, Result: inspection.True}
	for range 8 {
		wait.Go(func() {
			if err := w.book.Record(ctx, w.root, two); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	p = list[1].Person.ID
	if live, _ := level(); live != 1 {
		t.Errorf("eight presses at once: %d verified", live)
	}
}

func TestLaw_R1_WhoMayInspect(t *testing.T) {
	w := newTown(t, 30)
	n, list := w.drawn(20)
	for _, c := range []struct {
		role, unit string
		code       string
	}{
		{"auditor", "694", ""}, {"auditor", "25330", ""}, {"auditor", "25354", "access.forbidden"}, {"district_police", "694", ""}, {"district_police", "25330", "inspection.own"},
		{"commune_police", "25330", "access.forbidden"}, {"member", "25330", "access.forbidden"}, {"district_leader", "694", "access.forbidden"},
	} {
		err := w.book.Record(ctx, w.viewer(50, c.role, c.unit), inspection.Record{Inspection: n, Person: list[0].Person.ID, Result: inspection.True, Why: "thử quyền"})
		if c.code == "" {
			w.must(err)
		} else {
			w.refused(fault.Forbidden, c.code, err)
		}
	}
	both := access.NewViewer(9, "x", "Người thử", "test", []access.Grant{{Role: "auditor", Unit: w.units["694"]}, {Role: "commune_police", Unit: w.units["25330.01"]}}, w.tree)
	w.refused(fault.Forbidden, "inspection.own", w.book.Record(ctx, both, inspection.Record{Inspection: n, Person: list[0].Person.ID, Result: inspection.True, Why: "thử"}))
	got, err := w.book.Get(ctx, both, n)
	w.must(err)
	if got.MayRecord || got.Barred == "" || !got.MayPlan {
		t.Errorf("%+v", got)
	}
	stranger := w.viewer(50, "commune_police", "25354")
	_, err = w.book.Get(ctx, stranger, n)
	w.refused(fault.Forbidden, "access.forbidden", err)
	_, err = w.book.Items(ctx, stranger, n, "")
	w.refused(fault.Forbidden, "access.forbidden", err)
	if list, err := w.book.List(ctx, w.viewer(50, "auditor", "25354"), 0); err != nil || len(list) != 0 {
		t.Errorf("a list of others' inspections: %v %v", list, err)
	}
	_, err = w.book.New(ctx, w.viewer(50, "commune_police", "25330"), inspection.Planning{Unit: w.units["25330"], Kind: inspection.Excluded})
	w.refused(fault.Forbidden, "access.forbidden", err)
	w.refused(fault.Forbidden, "access.forbidden", w.book.Close(ctx, stranger, n))
}

func TestLaw_W2_ExclusionsAreSampledToo(t *testing.T) {
	w := newTown(t, 30)
	reg := people.Register{DB: w.db}
	var kind string
	for _, f := range w.plan.Facts {
		if f.Approval {
			kind = f.ID
		}
	}
	planning := inspection.Planning{Unit: w.units["694"], Kind: inspection.Excluded, Margin: 0.05}
	n, err := w.book.New(ctx, w.root, planning)
	w.must(err)
	w.refused(fault.Conflict, "inspection.nobody", w.book.Draw(ctx, w.root, n))
	for i, p := range w.persons[:9] {
		f, err := reg.AskFact(ctx, w.root, people.Fact{Person: p, Kind: kind, From: "2024-04-20", Evidence: "giấy xác nhận"}, true)
		w.must(err)
		if i > 0 { // the first still waits for approval
			w.must(reg.DecideFact(ctx, w.viewer(99, "district_leader", "694"), f, true))
		}
	}
	pre, err := w.book.Preview(ctx, w.root, planning)
	w.must(err)
	if pre != (inspection.Preview{Frame: 8, Sample: 8, Strata: 2}) {
		t.Errorf("%+v", pre)
	}
	w.must(w.book.Draw(ctx, w.root, n))
	list, err := w.book.Items(ctx, w.root, n, "")
	w.must(err)
	w.must(w.book.Record(ctx, w.root, inspection.Record{Inspection: n, Person: list[0].Person.ID, Result: inspection.False, Note: "gặp tại nhà"}))
	w.must(w.book.Record(ctx, w.root, inspection.Record{Inspection: n, Person: list[1].Person.ID, Result: inspection.True}))
	events, err := w.ledger.History(ctx, w.root, list[1].Person.ID)
	w.must(err)
	for _, e := range events {
		if e.Level == coverage.Verified {
			t.Error("being away verifies no coverage")
		}
	}
}

func TestLaw_R3_EvidencePhotosAreSealed(t *testing.T) {
	w := newTown(t, 12)
	n, list := w.drawn(10)
	var b bytes.Buffer
	w.must(png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 20))))
	r := inspection.Record{ID: id.New(), Inspection: n, Person: list[0].Person.ID, Result: inspection.False, Photo: b.Bytes()}
	w.must(w.book.Record(ctx, w.root, r))
	out, err := w.book.Photo(ctx, w.root, n, r.ID)
	w.must(err)
	if !bytes.HasPrefix(out, []byte("\xff\xd8\xff")) {
		t.Error("not a JPEG")
	}
	w.must(w.db.Read(ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT sealed FROM inspection_photo", nil, func(scan func(...any) error) error {
			var kept []byte
			err := scan(&kept)
			if bytes.Contains(kept, []byte("JFIF")) || bytes.Equal(kept, out) {
				t.Error("the photo lies open")
			}
			return err
		})
	}))
	_, err = w.book.Photo(ctx, w.root, n, 4242)
	w.refused(fault.Missing, "inspection.no_photo", err)
	r = inspection.Record{Inspection: n, Person: list[1].Person.ID, Result: inspection.True, Photo: []byte("%PDF")}
	w.refused(fault.Invalid, "photo.bad", w.book.Record(ctx, w.root, r))
}
