package duties

import (
	"context"
	"sync"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

var ctx = context.Background()

// desk is a district of two communes with the offices of the plan on them; the clock stands at 22/5/2024.
type desk struct {
	t       *testing.T
	book    *Book
	tree    *territory.Tree
	now     time.Time
	offices map[string]territory.Office // "vhtt", "ubndxa@101"
	records map[string]map[clock.Day]int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := &desk{t: t, now: clock.Day("2024-05-22").Time().Add(9 * time.Hour), offices: map[string]territory.Office{}, records: map[string]map[clock.Day]int{}}
	p := plantest.HonQuan(t)
	w.book = &Book{DB: dbtest.OpenAt(t, func() time.Time { return w.now }), Plan: func() *plan.Plan { return p }}
	w.book.Shown = func(_ *db.Tx, kind string, offices []territory.Office) (map[int64]map[clock.Day]int, error) {
		out := map[int64]map[clock.Day]int{}
		for _, o := range offices {
			out[o.ID] = w.records[kind+"@"+o.Code]
		}
		return out, nil
	}
	w.book.Staff = func(_ *db.Tx, o territory.Office) ([]Person, error) {
		return []Person{{Account: 77, Name: "Thị Mai"}, {Account: 78, Name: "Điểu Sang"}}, nil
	}
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		units := []*territory.Unit{{Code: "694", Kind: "huyện", Tier: territory.TierDistrict, Name: "Hớn Quản"}, {Code: "101", Kind: "xã", Tier: territory.TierCommune, Name: "Trong"}, {Code: "102", Kind: "xã", Tier: territory.TierCommune, Name: "Ngoài"}}
		for i, u := range units {
			if i > 0 {
				u.Parent = units[0].ID
			}
			if err := territory.Insert(tx, u); err != nil {
				return err
			}
		}
		for _, o := range p.Offices {
			for _, u := range units {
				if o.Each == (u.Code == "694") {
					continue
				}
				x := territory.Office{Unit: u.ID, Kind: o.Kind, Name: o.TitleOf(u.Kind + " " + u.Name), Code: o.ID}
				if err := territory.AddOffice(tx, &x); err != nil {
					return err
				}
				key := o.ID
				if o.Each {
					key += "@" + u.Code
				}
				w.offices[key] = x
			}
		}
		var err error
		w.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

// as gives a viewer with a role on the unit of an office, belonging to that office ("" for none).
func (w *desk) as(role, code, office string) access.Viewer {
	v := access.NewViewer(int64(len(role)+10*len(office)+1), role, role+" "+office, "test", []access.Grant{{Role: role, Unit: w.tree.ByCode(code).ID}}, w.tree)
	v.Office = w.offices[office].ID
	return v
}

func (w *desk) line(office, duty string) *Line {
	w.t.Helper()
	all, err := w.book.Board(ctx, w.as("district_police", "694", "conganhuyen"), Query{})
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range all {
		if all[i].Office.ID == w.offices[office].ID && all[i].Duty.ID == duty {
			return &all[i]
		}
	}
	w.t.Fatalf("no %s of %s among %d", duty, office, len(all))
	return nil
}

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return ""
}

func TestClause_V_1_EveryOfficeOwesWhatThePlanOrders(t *testing.T) {
	w := newDesk(t)
	for _, d := range w.book.Plan().Duties {
		for _, o := range d.Offices {
			key := o
			if w.book.Plan().Office(o).Each {
				key += "@101"
			}
			if l := w.line(key, d.ID); settled(l.State) {
				t.Errorf("%s of %s is settled before anybody did anything", d.ID, key)
			}
		}
	}
	if l := w.line("taichinh", "v5_taichinh"); !l.Late || l.Turn.Due != "2024-04-20" {
		t.Errorf("what was due in April is not late: %+v", l)
	}
	if l := w.line("vhtt", "iii1a_tuyentruyen"); l.Late || l.Past.Missed != 6 || l.Turn != (Turn{"2024-05-20", "2024-05-26"}) {
		t.Errorf("weeks: %+v", l)
	}
}

func TestClause_I_3_AcknowledgedPlannedDoneReturnedExcused(t *testing.T) {
	w := newDesk(t)
	own, boss := w.as("department", "694", "noivu"), w.as("district_leader", "694", "ubndhuyen")
	o, duty, due := w.offices["noivu"].ID, "v4_noivu", clock.Day("2024-07-08")
	say := func(who access.Viewer, kind, text string, day clock.Day, f *attach.File) string {
		return code(w.book.Say(ctx, who, Word{Office: o, Duty: duty, Due: due, Kind: kind, Text: text, Planned: day, File: f}))
	}
	pdf := &attach.File{Name: "to-trinh.pdf", MIME: attach.PDF, Bytes: []byte("%PDF-1.7 tờ trình")}
	for i, x := range []struct {
		who   access.Viewer
		kind  string
		text  string
		day   clock.Day
		file  *attach.File
		want  string
		state string
	}{
		{w.as("department", "694", "vhtt"), Acknowledged, "", "", nil, "duties.not_own", Owed},
		{w.as("official", "694", ""), Acknowledged, "", "", nil, "duties.not_own", Owed},
		{own, "hack", "", "", nil, "duties.word", Owed},
		{own, Acknowledged, "", "", nil, "", Acknowledged},
		{own, Acknowledged, "", "", nil, "duties.state", Acknowledged},
		{own, Planned, "", "2024-05-21", nil, "duties.planned", Acknowledged},
		{own, Planned, "họp xét", "2024-06-28", nil, "", Planned},
		{own, Done, "", "", nil, "duties.evidence", Planned},
		{own, Done, "Đã gửi, hỏi ông A 070199001234", "", nil, "duties.number", Planned},
		{own, Done, "", "", pdf, "", Done},
		{own, Returned, "thiếu danh sách xã", "", nil, "access.forbidden", Done},
		{boss, Returned, "", "", nil, "duties.why", Done},
		{boss, Returned, "thiếu danh sách xã", "", nil, "", Returned},
		{own, Done, "Đã bổ sung danh sách của 13 xã", "", nil, "", Done},
		{boss, Excused, "không cần nữa", "", nil, "duties.state", Done},
	} {
		if got := say(x.who, x.kind, x.text, x.day, x.file); got != x.want {
			t.Errorf("%d %s: %q, want %q", i, x.kind, got, x.want)
		}
		if l := w.line("noivu", duty); l.State != x.state {
			t.Errorf("%d %s: stands at %q, want %q", i, x.kind, l.State, x.state)
		}
	}
	s, err := w.book.Sheet(ctx, own, o, duty)
	if err != nil || len(s.Turns) != 1 || len(s.Turns[0].Steps) != 5 || !s.Does || s.Manages || s.Turns[0].Done != "2024-05-22" {
		t.Fatalf("%+v %v", s, err)
	}
	file := s.Turns[0].Steps[2].File
	if f, err := w.book.File(ctx, own, file); err != nil || string(f.Bytes) != string(pdf.Bytes) {
		t.Errorf("the file comes back as %+v, %v", f, err)
	}
	if _, err := w.book.File(ctx, w.as("operator", "694", "viettel"), file); code(err) != "duties.file" {
		t.Errorf("an operator reads it: %v", err)
	}
	if err := w.book.Undo(ctx, w.as("department", "694", "vhtt"), o, duty, due); code(err) != "duties.not_author" {
		t.Errorf("a stranger undoes: %v", err)
	}
	for _, want := range []string{Returned, Done, Planned, Acknowledged, Owed} {
		if err := w.book.Undo(ctx, boss, o, duty, due); err != nil {
			t.Fatal(err)
		}
		if l := w.line("noivu", duty); l.State != want {
			t.Errorf("undone to %q, want %q", l.State, want)
		}
	}
	if err := w.book.Undo(ctx, boss, o, duty, due); code(err) != "duties.nothing" {
		t.Errorf("undoing nothing: %v", err)
	}
	if err := w.book.Say(ctx, boss, Word{Office: w.offices["ubndhuyen"].ID, Duty: "iii3f_kinhphi", Due: "2024-04-25", Kind: Excused, Text: "tự miễn cho mình"}); code(err) != "duties.own_excuse" {
		t.Errorf("an office excuses itself: %v", err)
	}
}

func TestClause_III_1_a_RecordsSettleATurnWithoutATick(t *testing.T) {
	w := newDesk(t)
	w.records["outreach@vhtt"] = map[clock.Day]int{"2024-04-30": 3, "2024-05-20": 2, "2024-05-21": 1}
	l := w.line("vhtt", "iii1a_tuyentruyen")
	if l.State != Recorded || l.Shown != 3 || l.Past != (Past{Done: 1, Missed: 5}) {
		t.Errorf("%+v", l)
	}
	boss := w.as("district_leader", "694", "ubndhuyen")
	if err := w.book.Say(ctx, boss, Word{Office: l.Office.ID, Duty: l.Duty.ID, Due: l.Turn.Due, Kind: Returned, Text: "chỉ có loa, chưa đến nhà"}); err != nil {
		t.Fatal(err)
	}
	if l := w.line("vhtt", "iii1a_tuyentruyen"); l.State != Returned {
		t.Errorf("what was returned is settled again by the same records: %+v", l)
	}
}

func TestClause_V_8_ADutyIsGivenToAPerson(t *testing.T) {
	w := newDesk(t)
	own, o, duty := w.as("department", "694", "phunu"), w.offices["phunu"].ID, "v8_doanthe"
	person := access.NewViewer(77, "mai", "Thị Mai", "test", []access.Grant{{Role: "official", Unit: w.tree.ByCode("694").ID}}, w.tree)
	if _, err := w.book.Sheet(ctx, person, o, duty); code(err) != "duties.foreign" {
		t.Errorf("seen before it was given: %v", err)
	}
	if err := w.book.Give(ctx, own, o, duty, 999, ""); code(err) != "duties.stranger" {
		t.Errorf("given to a stranger: %v", err)
	}
	for range 2 {
		if err := w.book.Give(ctx, own, o, duty, 77, "phụ trách chi hội các xã phía bắc"); err != nil {
			t.Fatal(err)
		}
	}
	mine, err := w.book.Mine(ctx, person)
	if err != nil || len(mine) != 1 || mine[0].Duty != duty || mine[0].Office.ID != o {
		t.Fatalf("%+v %v", mine, err)
	}
	if err := w.book.Say(ctx, person, Word{Office: o, Duty: duty, Due: mine[0].Due, Kind: Done, Text: "Đã phân công 42 chi hội trưởng"}); err != nil {
		t.Fatal(err)
	}
	if mine := must(w.book.Mine(ctx, person)); len(mine) != 0 {
		t.Errorf("owed after it was done: %+v", mine)
	}
	if err := w.book.Take(ctx, own, o, duty, 77); err != nil {
		t.Fatal(err)
	}
	if mine, _ := w.book.Mine(ctx, person); len(mine) != 0 {
		t.Errorf("still owed: %+v", mine)
	}
}

func TestLaw_R1_OfficesSeeTheirOwnDuties(t *testing.T) {
	w := newDesk(t)
	for _, x := range []struct {
		role, code, office string
		only               string // the one office seen; "" for many
		n                  int    // offices seen at least
	}{
		{"district_leader", "694", "ubndhuyen", "", 18}, {"auditor", "694", "", "", 18}, {"department", "694", "noivu", "", 18}, {"operator", "694", "viettel", "viettel", 1},
		{"commune_chair", "101", "ubndxa@101", "", 2}, {"commune_police", "102", "conganxa@102", "", 2},
	} {
		v := w.as(x.role, x.code, x.office)
		list, err := w.book.Board(ctx, v, Query{Unit: w.tree.ByCode(x.code).ID})
		seen := map[int64]bool{}
		for _, l := range list {
			seen[l.Office.ID] = true
			if x.only != "" && l.Office.ID != w.offices[x.only].ID || x.code != "694" && l.Office.Unit != w.tree.ByCode(x.code).ID {
				t.Errorf("%s sees %s", x.role, l.Office.Name)
			}
		}
		if err != nil || len(seen) < x.n {
			t.Errorf("%s sees %d offices, %v", x.role, len(seen), err)
		}
	}
	if _, err := w.book.Board(ctx, w.as("commune_chair", "101", "ubndxa@101"), Query{Unit: w.tree.ByCode("102").ID}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a neighbour's board: %v", err)
	}
}

func TestClause_V_2_AnInstructionIsReadAndCarriedOut(t *testing.T) {
	w := newDesk(t)
	boss, ca, ct := w.as("district_leader", "694", "ubndhuyen"), w.as("commune_police", "101", "conganxa@101"), w.as("commune_chair", "102", "ubndxa@102")
	i := Instruction{ID: 12, Unit: w.tree.ByCode("694").ID, Kind: Dispatch, Number: "05/CĐ-UBND", Title: "Tập trung kích hoạt định danh mức 2", Text: "Yêu cầu các xã rà soát người đã duyệt mức 2 mà chưa kích hoạt.", Signer: "CHỦ TỊCH", Due: "2024-05-25",
		To: []Recipient{{Office: w.offices["conganxa@101"]}, {Office: w.offices["ubndxa@102"]}}}
	for name, bad := range map[string]func(*Instruction){
		"duties.kind": func(i *Instruction) { i.Kind = "x" }, "duties.title": func(i *Instruction) { i.Title = "a" }, "duties.to": func(i *Instruction) { i.To = nil },
		"duties.instruction_due": func(i *Instruction) { i.Due = "2024-05-01" }, "duties.number": func(i *Instruction) { i.Text += " 070199001234" },
	} {
		x := i
		bad(&x)
		if _, err := w.book.Issue(ctx, boss, x, nil); code(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.book.Issue(ctx, ct, i, nil); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a commune instructs the district: %v", err)
	}
	for range 2 { // a double click
		if _, err := w.book.Issue(ctx, boss, i, &attach.File{Name: "cong-dien.pdf", MIME: attach.PDF, Bytes: []byte("%PDF-1.7")}); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := w.book.Instructions(ctx, boss); err != nil || len(list) != 1 || list[0].FileName != "cong-dien.pdf" {
		t.Fatalf("%+v %v", list, err)
	}
	mine, err := w.book.Mine(ctx, ca)
	if err != nil || len(mine) == 0 || mine[0].Instruction != 12 {
		t.Fatalf("not first of what is owed: %+v %v", mine, err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if err := w.book.Acknowledge(ctx, ca, 12); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if err := w.book.Answer(ctx, ca, 12, "Đã rà soát 214 người, kích hoạt được 96"); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Acknowledge(ctx, w.as("commune_chair", "101", "ubndxa@101"), 12); code(err) != "duties.instruction" {
		t.Errorf("an office that was not told: %v", err)
	}
	got, err := w.book.Instruction(ctx, boss, 12)
	if err != nil {
		t.Fatal(err)
	}
	if told, read, done := got.Counts(); told != 2 || read != 1 || done != 1 {
		t.Errorf("%d told, %d read, %d done", told, read, done)
	}
	w.now = clock.Day("2024-05-27").Time().Add(8 * time.Hour)
	if mine, _ := w.book.Mine(ctx, ct); len(mine) == 0 || !mine[0].Late {
		t.Errorf("overdue and not late: %+v", mine)
	}
	if err := w.book.Withdraw(ctx, ct, 12, "không thuộc xã"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("withdrawn by who was told: %v", err)
	}
	if err := w.book.Withdraw(ctx, boss, 12, "thay bằng công điện khác"); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Acknowledge(ctx, ct, 12); code(err) != "duties.withdrawn" {
		t.Errorf("read after it was withdrawn: %v", err)
	}
	for _, x := range must(w.book.Mine(ctx, ct)) {
		if x.Instruction != 0 {
			t.Errorf("still owed: %+v", x)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
