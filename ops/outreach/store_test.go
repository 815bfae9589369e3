package outreach

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
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
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

var ctx = context.Background()

type desk struct {
	t    *testing.T
	book *Book
	tree *territory.Tree
	now  time.Time
	unit map[string]int64
	vhtt int64
}

// newDesk makes a district of two communes with three hamlets each, on 20/5/2024.
func newDesk(t *testing.T) *desk {
	t.Helper()
	w := &desk{t: t, now: dbtest.Morning, unit: map[string]int64{}}
	p := plantest.HonQuan(t)
	w.book = &Book{DB: dbtest.OpenAt(t, func() time.Time { return w.now }), Plan: func() *plan.Plan { return p }}
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		add := func(code, parent, kind, name string, tier int) error {
			u := &territory.Unit{Code: code, Kind: kind, Name: name, Tier: tier, Parent: w.unit[parent]}
			err := territory.Insert(tx, u)
			w.unit[code] = u.ID
			return err
		}
		for _, u := range []struct {
			code, parent, kind, name string
			tier                     int
		}{{"694", "", "huyện", "Hớn Quản", 1}, {"101", "694", "xã", "Trong", 2}, {"102", "694", "xã", "Ngoài", 2}, {"101.01", "101", "ấp", "1", 3}, {"101.02", "101", "ấp", "2", 3}, {"101.03", "101", "ấp", "3", 3},
			{"102.01", "102", "ấp", "1", 3}, {"102.02", "102", "ấp", "2", 3}, {"102.03", "102", "ấp", "3", 3}} {
			if err := add(u.code, u.parent, u.kind, u.name, u.tier); err != nil {
				return err
			}
		}
		o := &territory.Office{Unit: w.unit["694"], Kind: "department", Name: "Phòng Văn hóa và Thông tin", Code: "vhtt"}
		if err := territory.AddOffice(tx, o); err != nil {
			return err
		}
		w.vhtt = o.ID
		var err error
		w.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *desk) as(account int64, role, code string) access.Viewer {
	return access.NewViewer(account, role, role, "test", []access.Grant{{Role: role, Unit: w.unit[code]}}, w.tree)
}

func (w *desk) office() access.Viewer {
	v := w.as(11, "information", "694")
	v.Office = w.vhtt
	return v
}

func (w *desk) write(who access.Viewer, a Activity, photos ...[]byte) int64 {
	w.t.Helper()
	n, err := w.book.Write(ctx, who, a, Repeat{}, photos)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func picture(t *testing.T) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	x := b.Bytes()
	return append(append(append([]byte{}, x[:2]...), 0xff, 0xe1, 0x00, 0x12, 'E', 'x', 'i', 'f', 0, 0, 'S', 'E', 'C', 'R', 'E', 'T', '!', '!', '!', '!'), x[2:]...)
}

func TestClause_III_1_a_AnActivityIsPlannedDoneAndTakenBack(t *testing.T) {
	w := newDesk(t)
	n := w.write(w.office(), Activity{Units: []int64{w.unit["101.01"], w.unit["101.02"]}, Channel: "hop_ap", Language: "stieng", Day: "2024-05-22", Hour: "19:00"})
	a, _, err := w.book.Get(ctx, w.as(3, "commune_police", "101"), n)
	if err != nil || a.State != Planned || a.Office != w.vhtt || len(a.Units) != 2 || a.Audience != "tat_ca" {
		t.Fatalf("%+v %v", a, err)
	}
	if err := w.book.Did(ctx, w.office(), n, Result{Reach: 60}); !fault.Is(err, fault.Invalid) {
		t.Errorf("done on a day to come: %v", err)
	}
	w.now = w.now.AddDate(0, 0, 3)
	if waits, err := w.book.Waiting(ctx, w.office()); err != nil || waits.Overdue != 1 {
		t.Errorf("a planned day that is past does not wait: %+v %v", waits, err)
	}
	if err := w.book.Did(ctx, w.office(), n, Result{Reach: 60, Counted: true, Cost: 250_000, Note: "Bà con hỏi nhiều về mã kích hoạt.", Photos: [][]byte{picture(t)}}); err != nil {
		t.Fatal(err)
	}
	a, photos, err := w.book.Get(ctx, w.office(), n)
	if err != nil || a.State != Done || !a.Counted || a.Reach != 60 || a.Cost != 250_000 || len(photos) != 1 || a.Photos != 1 {
		t.Fatalf("%+v %v %v", a, photos, err)
	}
	shown, err := w.book.Photo(ctx, w.office(), n, photos[0])
	if err != nil || bytes.Contains(shown, []byte("SECRET")) {
		t.Errorf("what the camera wrote is still there: %v", err)
	}
	if err := w.book.Cancel(ctx, w.office(), n, "Ghi nhầm.", false); !fault.Is(err, fault.Conflict) {
		t.Errorf("what was done is cancelled: %v", err)
	}
	if err := w.book.Undo(ctx, w.office(), n); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Cancel(ctx, w.office(), n, "", false); !fault.Is(err, fault.Invalid) {
		t.Errorf("cancelled without why: %v", err)
	}
	if err := w.book.Cancel(ctx, w.office(), n, "Trời mưa to.", false); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Did(ctx, w.office(), n, Result{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a cancelled one is done: %v", err)
	}
	if err := w.book.DropPhoto(ctx, w.office(), n, photos[0]); err != nil {
		t.Fatal(err)
	}
	if a, photos, _ = w.book.Get(ctx, w.office(), n); len(photos) != 0 || a.Photos != 0 || a.Reason != "Trời mưa to." {
		t.Errorf("%+v %v", a, photos)
	}
}

func TestLaw_O2_SentTwiceIsOnce_ARecurringPlanToo(t *testing.T) {
	w := newDesk(t)
	a := Activity{ID: id.New(), Units: []int64{w.unit["101"]}, Channel: "loa", Day: "2024-05-21"}
	for range 2 {
		if _, err := w.book.Write(ctx, w.office(), a, Repeat{Every: 7, Until: "2024-06-12"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	list, err := w.book.List(ctx, w.office(), Query{Unit: w.unit["694"]})
	if err != nil || len(list) != 4 || list[0].Day != "2024-05-21" || list[3].Day != "2024-06-11" || list[3].Series != a.ID {
		t.Fatalf("%v %v", list, err)
	}
	if err := w.book.Cancel(ctx, w.office(), list[1].ID, "Loa hỏng.", true); err != nil {
		t.Fatal(err)
	}
	left, err := w.book.List(ctx, w.office(), Query{Unit: w.unit["694"], State: Planned})
	if err != nil || len(left) != 1 || left[0].ID != list[0].ID {
		t.Errorf("the turns that come after: %v %v", left, err)
	}
}

func TestClause_III_1_a_WhatCannotBeKept(t *testing.T) {
	w := newDesk(t)
	good := Activity{Units: []int64{w.unit["101.01"]}, Channel: "loa", Day: "2024-05-20", State: Done}
	for _, c := range []struct {
		name   string
		spoil  func(*Activity)
		photos [][]byte
		kind   fault.Kind
	}{
		{"nowhere", func(a *Activity) { a.Units = nil }, nil, fault.Invalid},
		{"an unknown channel", func(a *Activity) { a.Channel = "khong_co" }, nil, fault.Invalid},
		{"an unknown language", func(a *Activity) { a.Language = "la" }, nil, fault.Invalid},
		{"an unknown audience", func(a *Activity) { a.Audience = "x" }, nil, fault.Invalid},
		{"done tomorrow", func(a *Activity) { a.Day = "2024-05-21" }, nil, fault.Invalid},
		{"long before the campaign", func(a *Activity) { a.Day = "2023-05-21" }, nil, fault.Invalid},
		{"a bad hour", func(a *Activity) { a.Hour = "25:00" }, nil, fault.Invalid},
		{"a negative reach", func(a *Activity) { a.Reach = -1 }, nil, fault.Invalid},
		{"a negative cost", func(a *Activity) { a.Cost = -1 }, nil, fault.Invalid},
		{"a telephone number", func(a *Activity) { a.Note = "Gọi chị trưởng ấp 0912 345 678" }, nil, fault.Invalid},
		{"no picture", func(*Activity) {}, [][]byte{[]byte("GIF89a")}, fault.Invalid},
		{"five pictures", func(*Activity) {}, [][]byte{{1}, {2}, {3}, {4}, {5}}, fault.Invalid},
		{"an unknown text", func(a *Activity) { a.Content = 5 }, nil, fault.Missing},
	} {
		a := good
		c.spoil(&a)
		if _, err := w.book.Write(ctx, w.office(), a, Repeat{}, c.photos); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	n := w.write(w.office(), Activity{Units: []int64{w.unit["101.01"]}, Channel: "loa", Day: "2024-05-20", State: Done, Reach: 300, Counted: true})
	if a, _, _ := w.book.Get(ctx, w.office(), n); a.Counted {
		t.Error("a loudspeaker's reach is told as counted")
	}
}

func TestLaw_R1_WhoWritesAndChangesActivities(t *testing.T) {
	w := newDesk(t)
	in := Activity{Units: []int64{w.unit["101.01"]}, Channel: "hop_ap", Day: "2024-05-22"}
	if _, err := w.book.Write(ctx, w.as(3, "commune_police", "102"), in, Repeat{}, nil); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another commune writes: %v", err)
	}
	if _, err := w.book.Write(ctx, w.as(3, "commune_police", "101"), Activity{Units: []int64{w.unit["101.01"], w.unit["102.01"]}, Channel: "loa", Day: "2024-05-22"}, Repeat{}, nil); !fault.Is(err, fault.Forbidden) {
		t.Errorf("one place outside: %v", err)
	}
	if _, err := w.book.Write(ctx, w.as(9, "auditor", "694"), in, Repeat{}, nil); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an auditor writes: %v", err)
	}
	n := w.write(w.as(3, "commune_police", "101"), in)
	operator := w.as(8, "operator", "694")
	operator.Office = 77
	if err := w.book.Cancel(ctx, operator, n, "Không làm.", false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an operator cancels another's: %v", err)
	}
	if _, _, err := w.book.Get(ctx, w.as(4, "commune_police", "102"), n); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another commune reads: %v", err)
	}
	if _, err := w.book.List(ctx, w.as(4, "commune_police", "102"), Query{Unit: w.unit["101"]}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another commune lists: %v", err)
	}
	if err := w.book.Cancel(ctx, w.as(5, "commune_chair", "101"), n, "Trùng lịch họp.", false); err != nil {
		t.Errorf("the chairman who oversees: %v", err)
	}
	for name, do := range map[string]func(access.Viewer) error{
		"list":      func(v access.Viewer) error { _, err := w.book.List(ctx, v, Query{Unit: w.unit["694"]}); return err },
		"grid":      func(v access.Viewer) error { _, err := w.book.Grid(ctx, v, Query{Unit: w.unit["694"]}); return err },
		"get":       func(v access.Viewer) error { _, _, err := w.book.Get(ctx, v, n); return err },
		"did":       func(v access.Viewer) error { return w.book.Did(ctx, v, n, Result{}) },
		"library":   func(v access.Viewer) error { _, err := w.book.Library(ctx, v, ContentQuery{}); return err },
		"compose":   func(v access.Viewer) error { _, err := w.book.Compose(ctx, v, Text{}); return err },
		"decide":    func(v access.Viewer) error { return w.book.Decide(ctx, v, n, true, "") },
		"seeds":     func(v access.Viewer) error { _, err := w.book.BringSeeds(ctx, v); return err },
		"followed":  func(v access.Viewer) error { _, err := w.book.Followed(ctx, v, Query{Unit: w.unit["694"]}); return err },
		"withdrawn": func(v access.Viewer) error { return w.book.Withdraw(ctx, v, n, "Sai.") },
	} {
		if err := do(access.Viewer{}); !fault.Is(err, fault.Unknown) && !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: nobody may: %v", name, err)
		}
	}
}

func TestClause_III_1_d_ATextIsUsedOnlyAfterSomebodyElseApproved(t *testing.T) {
	w := newDesk(t)
	writer, chief := w.office(), w.as(12, "information", "694")
	file, err := attach.Take("ảnh.png", picture(t))
	if err != nil {
		t.Fatal(err)
	}
	n, err := w.book.Compose(ctx, writer, Text{Title: "Bài loa tuần 7", Kind: "loa", Text: "Kính thưa bà con!", File: file})
	if err != nil {
		t.Fatal(err)
	}
	use := Activity{Units: []int64{w.unit["101"]}, Channel: "loa", Day: "2024-05-22", Content: n}
	if _, err := w.book.Write(ctx, writer, use, Repeat{}, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a draft is used: %v", err)
	}
	if _, _, err := w.book.Copy(ctx, writer, n); !fault.Is(err, fault.Conflict) {
		t.Errorf("a draft is copied: %v", err)
	}
	if err := w.book.Submit(ctx, writer, n); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Decide(ctx, writer, n, true, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("its writer approves: %v", err)
	}
	if err := w.book.Decide(ctx, w.as(5, "commune_chair", "101"), n, true, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a commune approves the district's: %v", err)
	}
	if waits, err := w.book.Waiting(ctx, chief); err != nil || waits.Approve != 1 {
		t.Errorf("it waits for nobody: %+v %v", waits, err)
	}
	if err := w.book.Decide(ctx, chief, n, false, "Thêm giờ họp."); err != nil {
		t.Fatal(err)
	}
	if waits, err := w.book.Waiting(ctx, writer); err != nil || waits.Returned != 1 {
		t.Errorf("what was returned waits for nobody: %+v %v", waits, err)
	}
	if err := w.book.Revise(ctx, writer, n, Text{Title: "Bài loa tuần 7", Text: "Kính thưa bà con! Họp lúc 19 giờ."}); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Submit(ctx, writer, n); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Decide(ctx, chief, n, true, ""); err != nil {
		t.Fatal(err)
	}
	w.write(writer, use)
	if _, v, err := w.book.Copy(ctx, w.as(3, "member", "101.01"), n); err != nil || v.N != 1 || v.DeciderName == "" {
		t.Errorf("%+v %v", v, err)
	}
	if f, err := w.book.File(ctx, writer, n, 1); err != nil || f.MIME != "image/jpeg" {
		t.Errorf("the file did not stay: %v", err)
	}
	if err := w.book.Revise(ctx, writer, n, Text{Title: "Bài loa tuần 8", Text: "Kính thưa bà con! Tuần này tổ đến nhà."}); err != nil {
		t.Fatal(err)
	}
	s, err := w.book.Content(ctx, writer, n)
	if err != nil || s.Newest != 2 || s.Approved != 1 || s.State != Draft || s.Uses != 1 || s.Copies != 1 || len(s.Versions) != 2 || !s.Use || !s.Submit || s.Decide {
		t.Fatalf("%+v %v", s, err)
	}
	if err := w.book.Withdraw(ctx, chief, n, "Nội dung đã cũ."); err != nil {
		t.Fatal(err)
	}
	if _, err := w.book.Write(ctx, writer, use, Repeat{}, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a withdrawn text is used: %v", err)
	}
	if list, err := w.book.Library(ctx, writer, ContentQuery{Text: "BA CON tuan"}); err != nil || len(list) != 1 {
		t.Errorf("not found without marks: %v %v", list, err)
	}
}

func TestClause_III_1_d_TheTextsOfTheProgramWaitForApproval(t *testing.T) {
	w := newDesk(t)
	n, err := w.book.BringSeeds(ctx, w.office())
	if err != nil || n < 9 {
		t.Fatal(n, err)
	}
	if again, err := w.book.BringSeeds(ctx, w.office()); err != nil || again != 0 {
		t.Errorf("brought twice: %d %v", again, err)
	}
	list, err := w.book.Library(ctx, w.office(), ContentQuery{State: Submitted})
	if err != nil || len(list) != n {
		t.Fatal(len(list), err)
	}
	if err := w.book.Decide(ctx, w.office(), list[0].ID, true, ""); err != nil {
		t.Errorf("who brought it reads and approves it: %v", err)
	}
	for _, term := range []plan.Term{w.book.Plan().Term("2024-05-20"), w.book.Plan().Term("2024-07-02"), {}} {
		seeds, err := Seeds(term)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range seeds {
			if err := s.check(nil); err != nil || vn.NFC(s.Text) != s.Text || bytes.ContainsAny([]byte(s.Title+s.Text), "{}") {
				t.Errorf("%s: %v", s.Seed, err)
			}
		}
	}
}

func TestClause_III_1_a_HamletsWithNothingStandFirst(t *testing.T) {
	w := newDesk(t)
	for _, x := range []struct {
		place string
		day   clock.Day
	}{{"101.01", "2024-05-19"}, {"101", "2024-04-10"}, {"102.02", "2024-05-02"}, {"694", "2024-05-18"}, {"101.01", "2024-04-01"}} {
		w.write(w.office(), Activity{Units: []int64{w.unit[x.place]}, Channel: "loa", Day: x.day, State: Done})
	}
	w.write(w.office(), Activity{Units: []int64{w.unit["102.01"]}, Channel: "loa", Day: "2024-05-25"})
	g, err := w.book.Grid(ctx, w.office(), Query{Unit: w.unit["694"]})
	if err != nil || len(g.Weeks) != 7 || len(g.Rows) != 6 {
		t.Fatalf("%+v %v", g, err)
	}
	var order []string
	for _, r := range g.Rows {
		order = append(order, r.Unit.Code)
	}
	want := []string{"102.01", "102.03", "101.02", "101.03", "102.02", "101.01"}
	for i := range want {
		if order[i] != want[i] {
			t.Fatalf("%v, want %v", order, want)
		}
	}
	if g.Never != 2 || g.Quiet != 5 || !g.Rows[0].Quiet || g.Rows[5].Quiet || g.Rows[5].Cells[0] != (Cell{0, 1}) || g.Rows[5].Cells[5] != (Cell{1, 0}) {
		t.Errorf("%+v", g)
	}
	if g, err = w.book.Grid(ctx, w.office(), Query{Unit: w.unit["101"], Channel: "hop_ap"}); err != nil || g.Never != 3 {
		t.Errorf("%+v %v", g, err)
	}
}

func TestClause_III_1_a_WhatFollowedIsReadFromTheStartOfTheRoadmap(t *testing.T) {
	w := newDesk(t)
	n := w.write(w.office(), Activity{Units: []int64{w.unit["101"]}, Channel: "loa", Day: "2024-05-01", State: Done})
	if f, err := w.book.FollowedOne(ctx, w.office(), n); err != nil || f != nil {
		t.Errorf("told without figures: %+v %v", f, err)
	}
	var from, until clock.Day
	var asked []int64
	w.book.Activated = func(_ context.Context, _ access.Viewer, units []int64, a, b clock.Day) (map[int64]Line, error) {
		from, until, asked = a, b, units
		out := map[int64]Line{}
		for _, u := range units {
			l := Line{From: a, Adults: 100}
			for d := range b.Sub(a) + 1 {
				l.Active = append(l.Active, int64(d))
			}
			out[u] = l
		}
		return out, nil
	}
	f, err := w.book.FollowedOne(ctx, w.office(), n)
	if err != nil || f.Hamlets != 3 || f.Others != 3 || f.Before != 21 || f.After != 21 || f.Enough || from != "2024-04-23" || until != "2024-05-07" || len(asked) != 6 {
		t.Errorf("%+v %v %s %s %d", f, err, from, until, len(asked))
	}
	early := w.write(w.office(), Activity{Units: []int64{w.unit["102.01"]}, Channel: "loa", Day: "2024-04-12", State: Done})
	if f, err = w.book.FollowedOne(ctx, w.office(), early); err != nil || f.Complete || f.Hamlets != 0 || from != w.book.Plan().Start() {
		t.Errorf("before the start: %+v %v %s", f, err, from)
	}
	if _, err = w.book.FollowedOne(ctx, w.as(3, "commune_police", "101"), n); err != nil || len(asked) != 3 {
		t.Errorf("a commune is told of others' hamlets: %d %v", len(asked), err)
	}
	if f, err = w.book.Followed(ctx, w.office(), Query{Unit: w.unit["102"], Channel: "loa"}); err != nil || f.Hamlets+f.Others > 6 {
		t.Errorf("%+v %v", f, err)
	}
}

func TestLaw_R4_ErasedActivitiesKeepTheirFigures(t *testing.T) {
	w := newDesk(t)
	n := w.write(w.office(), Activity{Units: []int64{w.unit["101.01"]}, Channel: "hop_ap", Day: "2024-05-20", State: Done, Reach: 41, Note: "Chị Lan hỏi nhiều."}, picture(t))
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error { _, err := Erase(tx); return err }); err != nil {
		t.Fatal(err)
	}
	a, photos, err := w.book.Get(ctx, w.office(), n)
	if err != nil || len(photos) != 0 || a.Note != "" || a.WhoName != "" || a.Reach != 41 {
		t.Errorf("%+v %v %v", a, photos, err)
	}
}
