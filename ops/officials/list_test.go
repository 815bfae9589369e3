package officials

import (
	"context"
	"fmt"
	"strings"
	"testing"

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
)

var ctx = context.Background()

const today = clock.Day("2024-05-20")

type town struct {
	*Book
	t    *testing.T
	tree *territory.Tree
	desk *intake.Desk
}

func (w *town) unit(code string) int64 { return w.tree.ByCode(code).ID }

func (w *town) viewer(account int64, role, code string) access.Viewer {
	return access.NewViewer(account, "thu", "Người Thử", "cli", []access.Grant{{Role: role, Unit: w.unit(code)}}, w.tree)
}

// root is the district's police, who may do everything here.
func (w *town) root() access.Viewer { return w.viewer(1, "district_police", "694") }

func newTown(t *testing.T) *town {
	t.Helper()
	p := plantest.HonQuan(t)
	w := &town{t: t, Book: &Book{DB: dbtest.Open(t), Plan: func() *plan.Plan { return p }}}
	w.desk = intake.NewDesk(w.DB, List{Plan: w.Plan}, coverage.Lists{Plan: w.Plan})
	ids := map[string]int64{}
	w.write(func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25357", "thị trấn", "Tân Khai", "694", 2}, {"25345", "xã", "An Phú", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25357.01", "khu phố", "1", "25357", 3}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent]}
			if err := territory.Insert(tx, x); err != nil {
				return err
			}
			ids[u.code] = x.ID
		}
		var err error
		w.tree, err = territory.Load(tx)
		return err
	})
	return w
}

func (w *town) write(fn func(*db.Tx) error) {
	w.t.Helper()
	act := db.Act{Verb: "test"}
	if err := w.DB.WriteLong(ctx, &act, fn); err != nil {
		w.t.Fatal(err)
	}
}

// live puts somebody into the register and gives their id.
func (w *town) live(number, name, birth, unit string) int64 {
	w.t.Helper()
	var out []people.Booked
	w.write(func(tx *db.Tx) (err error) {
		b := people.NewBooker(tx, false, func(u int64) int64 { return w.tree.Commune(u).ID }, func(int64) bool { return true })
		out, err = b.Book([]people.Said{{Person: people.Person{Number: people.Number(number), Name: name, Birth: birth, Unit: w.unit(unit), Source: people.National, AsOf: clock.Stamp(clock.Day("2024-04-01").Time())}}})
		return err
	})
	return out[0].Person
}

// confirm books a confirmed state as an extract does.
func (w *town) confirm(person int64, cov, state string, day clock.Day) {
	w.t.Helper()
	w.write(func(tx *db.Tx) error {
		return coverage.Append(tx, []coverage.Event{{Person: person, Coverage: cov, State: state, Level: coverage.Confirmed, Day: day, AsOf: clock.Stamp(day.Time()), Source: people.National, Batch: 9}})
	})
}

// bring has the police bring a .csv list and apply it.
func (w *town) bring(text string) *intake.Batch {
	w.t.Helper()
	b, err := w.desk.Receive(ctx, w.root(), fileOf(text))
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err = w.desk.DryRun(ctx, w.root(), b.ID, nil); err != nil {
		w.t.Fatal(err)
	}
	dry := b.Sums
	if b, err = w.desk.Apply(ctx, w.root(), b.ID, nil); err != nil {
		w.t.Fatal(err)
	}
	if dry.Rows != 0 && dry != b.Sums {
		w.t.Errorf("tried %+v, applied %+v", dry, b.Sums)
	}
	return b
}

func (w *town) roster() []Official {
	w.t.Helper()
	var out []Official
	if err := w.DB.Read(ctx, func(tx *db.Tx) (err error) { out, err = roster(tx, ""); return err }); err != nil {
		w.t.Fatal(err)
	}
	return out
}

const heading = "STT,Họ và tên,Ngày sinh,Số CCCD,Chức vụ,Đơn vị công tác,SIM chính chủ + CKS,Điện thoại 4G,Đăng nhập Cổng DVC quốc gia,Đăng nhập Cổng DVC tỉnh\n"

// TestLaw_F1_RosterFromAList: every row one verdict; linked by number, or by name and whole birth date within the agency's commune.
func TestLaw_F1_RosterFromAList(t *testing.T) {
	w := newTown(t)
	known := w.live("070058698081", "Vũ Trường Ổn", "1958-02-13", "25330.01")
	byName := w.live("070094217863", "Điểu K'Lơi", "1994-01-07", "25330.01")
	w.live("070088217864", "Thị Nở", "1988-03-04", "25330.01")
	w.live("070065111222", "Nguyễn Văn Bốn", "1965-05-05", "25357.01")
	list := heading + `1,Vũ Trường Ổn,13/02/1958,070058698081,Trưởng phòng,Phòng Nội vụ,x,x,x,
2,Điểu K’Lơi,07/01/1994,,Công chức,UBND xã An Khương,x,,x,x
3,Thị Nở,04/03/1988,,Chuyên viên,Phòng LĐ-TB và Xã hội,,,,
4,Lý Văn Tám,1970,,Giáo viên,Trường THCS Tân Khai,,x,,
5,Trần Văn Sai,01/01/1958,070058698081,Giáo viên,Trường THCS Tân Khai,,x,,
6,Trần Văn Cụt,01/01/1990,07005869808,Giáo viên,Trường THCS Tân Khai,,x,,
7,Phan Văn Khác,01/01/1965,070065111222,Giáo viên,Trường THCS Tân Khai,,x,,`
	b := w.bring(list)
	if s := b.Sums; s.Rows != 7 || s.New != 3 || s.Held != 4 || s.Refused+s.Changed+s.Same != 0 {
		t.Fatalf("%+v", s)
	}
	got := map[string]Official{}
	for _, o := range w.roster() {
		got[o.Name] = o
	}
	if o := got["Vũ Trường Ổn"]; o.Person != known || len(o.Said) != 2 {
		t.Errorf("%+v", o)
	}
	for name, o := range got {
		if strings.HasPrefix(name, "Điểu") && o.Person != byName || name == "Lý Văn Tám" && (o.Person != 0 || o.Birth != "1970") {
			t.Errorf("%s: %+v", name, o)
		}
	}
	again := w.bring(list + "\n") // another file, the same rows
	if s := again.Sums; s.New+s.Changed != 0 || s.Same != 3 || s.Held != 4 {
		t.Errorf("law F2: again %+v", s)
	}
	issues, err := w.desk.Issues(ctx, w.root(), b.ID, intake.IssueOpen, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	codes := ""
	for _, i := range issues {
		codes += i.Code + " "
		if i.Code == "officials.match_name" {
			if _, err := w.desk.Settle(ctx, w.root(), i.ID, intake.Decision{Person: i.Person}); err != nil {
				t.Error(err)
			}
		}
	}
	if codes != "officials.match_name row.repeated number.length match.number_other_person " {
		t.Error(codes)
	}
	if n := len(w.roster()); n != 4 {
		t.Errorf("law P4: settled, %d officials", n)
	}
}

// TestLaw_F3_RosterWithdrawn: what the list brought goes, what it changed is given back, its claims are void.
func TestLaw_F3_RosterWithdrawn(t *testing.T) {
	w := newTown(t)
	person := w.live("070058698081", "Vũ Trường Ổn", "1958-02-13", "25330.01")
	w.bring(heading + "1,Vũ Trường Ổn,13/02/1958,,Chuyên viên,UBND xã An Khương,,,,")
	second := w.bring(heading + "1,Vũ Trường Ổn,13/02/1958,070058698081,Phó Chủ tịch,Ủy ban nhân dân xã An Khương,x,x,x,x\n2,Lý Văn Tám,01/02/1970,,Công chức,UBND xã An Khương,,,x,")
	if s := second.Sums; s.Changed != 1 || s.New != 1 {
		t.Fatalf("%+v", s)
	}
	if got := w.met(person); got != "sim 3 phone 3 portal 3 " {
		t.Errorf("claimed: %s", got)
	}
	if _, err := w.desk.Withdraw(ctx, w.root(), second.ID, "nhầm tệp"); err != nil {
		t.Fatal(err)
	}
	list := w.roster()
	if len(list) != 1 || list[0].Position != "Chuyên viên" || list[0].Number != "" || list[0].Person != person {
		t.Errorf("%+v", list)
	}
	if got := w.met(person); got != "sim 1 phone 1 portal 1 " {
		t.Errorf("withdrawn: %s", got)
	}
}

// met spells the conditions of the official linked to a person.
func (w *town) met(person int64) string {
	w.t.Helper()
	out := ""
	if err := w.DB.Read(ctx, func(tx *db.Tx) error {
		events, err := coverage.EventsOf(tx, []int64{person})
		if err != nil {
			return err
		}
		list, err := roster(tx, "AND person_id=$1", person)
		if err != nil {
			return err
		}
		said, err := statements(tx, []int64{list[0].ID})
		conds := Conditions(w.Plan())
		for i, m := range MetOf(w.Plan(), conds, true, events[person], said[list[0].ID]) {
			out += fmt.Sprint(conds[i].ID, " ", int(m), " ")
		}
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func fileOf(text string) intake.File {
	return intake.File{Name: "can-bo.csv", Content: strings.NewReader(text), Size: int64(len(text)), AsOf: "2024-05-02"}
}

// TestLaw_C2_PortalsAreConfirmedByAnExtractAlone: the portals' own list confirms, others claim or verify; withdrawn, the claim stands again.
func TestLaw_C2_PortalsAreConfirmedByAnExtractAlone(t *testing.T) {
	w := newTown(t)
	person := w.live("070058698081", "Vũ Trường Ổn", "1958-02-13", "25330.01")
	w.bring(heading + "1,Vũ Trường Ổn,13/02/1958,070058698081,Chuyên viên,Phòng Nội vụ,,,x,x")
	b := w.bring("TRÍCH XUẤT TÀI KHOẢN ĐĂNG NHẬP CỔNG DỊCH VỤ CÔNG\nSTT,Họ và tên,Ngày sinh,Số CCCD,Đăng nhập Cổng DVC quốc gia,Đăng nhập Cổng DVC tỉnh\n1,Vũ Trường Ổn,13/02/1958,070058698081,x,x\n2,Lý Văn Tám,01/02/1970,070070111222,x,")
	if b.Kind != intake.KindPortal || b.Sums.Changed != 1 || b.Sums.Refused != 1 {
		t.Fatalf("%s %+v", b.Kind, b.Sums)
	}
	if got := w.met(person); got != "sim 1 phone 1 portal 5 " {
		t.Error(got)
	}
	if _, err := w.desk.Withdraw(ctx, w.root(), b.ID, "nhầm tệp"); err != nil {
		t.Fatal(err)
	}
	if got := w.met(person); got != "sim 1 phone 1 portal 3 " {
		t.Error(got)
	}
}

// TestLaw_T3_AgenciesHangOnTheirUnits: the commune an agency names, whatever else its name holds; the district's otherwise.
func TestLaw_T3_AgenciesHangOnTheirUnits(t *testing.T) {
	w := newTown(t)
	commune := w.tree.ByCode("25330")
	for _, x := range []struct {
		name, given, unit, kind string
	}{
		{"UBND xã An Khương", "", "25330", Committee}, {"Công an TT Tân Khai", "", "25357", Police}, {"Công an huyện", "", "694", Police}, {"Phòng Lao động - Thương binh và Xã hội", "", "694", Division},
		{"Văn phòng HĐND và UBND huyện", "", "694", Committee}, {"Hội Liên hiệp Phụ nữ huyện", "", "694", Union}, {"Huyện đoàn", "", "694", Union}, {"Công an xã", "25330", "25330", Police}, {"Công an xã", "", "", Police},
		{"Trường THCS Tân Khai", "", "694", School}, {"Trạm Y tế xã An Phú", "", "25345", Health}, {"Ban Chỉ huy Quân sự huyện", "", "694", Army}, {"Văn phòng Huyện ủy", "", "694", Party}, {"Bảo hiểm xã hội huyện", "", "694", Division},
	} {
		given := commune
		if x.given == "" {
			given = nil
		}
		code := ""
		if u := unitOf(w.tree, x.name, given); u != nil {
			code = u.Code
		}
		if code != x.unit || kindOf(x.name) != x.kind {
			t.Errorf("%s: unit %q, kind %s", x.name, code, kindOf(x.name))
		}
	}
	for from, to := range map[string]string{"UBND XÃ AN KHƯƠNG": "UBND xã An Khương", "PHÒNG NỘI VỤ": "Phòng nội vụ", "Phòng Nội vụ": "Phòng Nội vụ", "TRƯỜNG THCS XÃ AN KHƯƠNG": "Trường THCS xã An Khương"} {
		if got := tidy(from, commune); got != to {
			t.Errorf("%s: %s", from, got)
		}
	}
	if agencyKey("Ủy ban nhân dân xã An Khương") != agencyKey("UBND Xã An Khương") || agencyKey("P. Nội vụ") == agencyKey("Huyện đoàn") {
		t.Error(agencyKey("UBND xã An Khương"))
	}
}
