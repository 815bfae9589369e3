package officials

import (
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/fault"
)

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// two brings a roster with two officials who have accounts.
func (w *town) two() (a, b access.Viewer) {
	w.t.Helper()
	w.live("070058698081", "Vũ Trường Ổn", "1958-02-13", "25330.01")
	w.bring(heading + "1,Vũ Trường Ổn,13/02/1958,070058698081,Trưởng phòng,Phòng Nội vụ,,,,\n2,Lý Văn Tám,01/02/1970,070070111222,Giáo viên,Trường THCS Tân Khai,,,,")
	for _, o := range w.roster() {
		account := int64(21)
		if o.Name == "Lý Văn Tám" {
			account = 22
		}
		if err := w.LinkAccount(ctx, w.root(), o.ID, account); err != nil {
			w.t.Fatal(err)
		}
	}
	return w.viewer(21, "official", "694"), w.viewer(22, "official", "694")
}

// TestClause_IV_1_d_OnceForEachCitizen: never twice for the same one, whoever records it, and the second is not told who has it.
func TestClause_IV_1_d_OnceForEachCitizen(t *testing.T) {
	w := newTown(t)
	a, b := w.two()
	citizen := w.live("070088217864", "Thị Nở", "1988-03-04", "25330.01")
	w.live("070094217863", "Điểu K'Lơi", "1994-01-07", "25330.01")
	ask := Ask{Number: "070 088 217 864", Name: "THỊ NỞ", What: Level2, Consent: true}
	for _, x := range []struct {
		name string
		ask  Ask
		want string
	}{
		{"no consent", Ask{Number: "070088217864", Name: "Thị Nở", What: Level2}, "officials.consent"},
		{"another's name", Ask{Number: "070088217864", Name: "Thị Hoa", What: Level2, Consent: true}, "officials.credit_unknown"},
		{"nobody", Ask{Number: "070088217865", Name: "Thị Nở", What: Level2, Consent: true}, "officials.credit_unknown"},
		{"oneself", Ask{Number: "070058698081", Name: "Vũ Trường Ổn", What: Level2, Consent: true}, "officials.credit_self"},
		{"short", Ask{Number: "07008821786", Name: "Thị Nở", What: Level2, Consent: true}, "officials.credit_number"},
		{"tomorrow", Ask{Number: "070088217864", Name: "Thị Nở", What: Level2, Day: today.Add(1), Consent: true}, "officials.credit_day"},
		{"no work", Ask{Number: "070088217864", Name: "Thị Nở", Consent: true}, "officials.credit_what"},
		{"bad QR", Ask{QR: "xin chào", What: SIM, Consent: true}, "officials.qr"},
		{"right", ask, ""},
		{"again", ask, "officials.credit_taken"},
		{"QR", Ask{QR: "070094217863|285000000|Điểu K'Lơi|07011994|Nam|Ấp 1|01012022", What: SIM, Consent: true}, ""},
	} {
		if got := code(w.Credit(ctx, a, x.ask)); got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
	err := w.Credit(ctx, b, ask)
	if code(err) != "officials.credit_taken" || strings.Contains(err.Error(), "Ổn") || strings.Contains(err.Error(), "Nội vụ") {
		t.Errorf("the second: %v", err)
	}
	mine, err := w.Mine(ctx, a)
	if err != nil || len(mine.Credits) != 2 || mine.Tally.Recorded != 2 || mine.Tally.Counted != 0 || mine.Tally.N != 10 || mine.Credits[1].State != Waiting {
		t.Fatalf("%+v %v", mine, err)
	}
	w.confirm(citizen, "eid", "active", "2024-05-20")
	if mine, _ = w.Mine(ctx, a); mine.Tally.Counted != 1 || mine.Credits[1].State != Counted {
		t.Errorf("confirmed: %+v", mine.Tally)
	}
	if got := code(w.VoidCredit(ctx, b, mine.Credits[1].ID, "thử")); got != "officials.credit_gone" {
		t.Errorf("another's credit: %q", got)
	}
	if err := w.VoidCredit(ctx, a, mine.Credits[1].ID, "ghi nhầm"); err != nil {
		t.Fatal(err)
	}
	if got := code(w.Credit(ctx, b, Ask{Number: "070088217864", Name: "Thị Nở", What: SIM, Consent: true})); got != "" {
		t.Errorf("after it was taken back: %q", got)
	}
	if got := code(w.Credit(ctx, b, Ask{Number: "070088217864", Name: "Thị Nở", What: SIM, Consent: true})); got != "officials.credit_taken" {
		t.Errorf("own again: %q", got)
	}
}

// TestClause_IV_1_d_ConfirmedBeforeIsNotCredited: refused at once, and told when an extract shows it later.
func TestClause_IV_1_d_ConfirmedBeforeIsNotCredited(t *testing.T) {
	w := newTown(t)
	a, _ := w.two()
	had := w.live("070088217864", "Thị Nở", "1988-03-04", "25330.01")
	later := w.live("070094217863", "Điểu Lơi", "1994-01-07", "25330.01")
	w.confirm(had, "eid", "active", "2024-05-01")
	if got := code(w.Credit(ctx, a, Ask{Number: "070088217864", Name: "Thị Nở", What: Level1, Consent: true})); got != "officials.credit_before" {
		t.Errorf("%q", got)
	}
	if err := w.Credit(ctx, a, Ask{Number: "070094217863", Name: "Điểu Lơi", What: Level1, Consent: true}); err != nil {
		t.Fatal(err)
	}
	w.confirm(later, "eid", "active", "2024-05-10")
	if m, err := w.Mine(ctx, a); err != nil || m.Credits[0].State != Before || m.Tally.Recorded != 0 || m.Tally.Before != 1 {
		t.Errorf("%+v %v", m.Tally, err)
	}
}

// TestClause_IV_1_c_AgencyBoard: officials by condition and level, with the target's own count; claims stand beside (law C3).
func TestClause_IV_1_c_AgencyBoard(t *testing.T) {
	w := newTown(t)
	a, _ := w.two()
	person := int64(0)
	for _, o := range w.roster() {
		person += o.Person
	}
	for _, x := range [][2]string{{"sim", "signed"}, {"phone", "smart4g"}, {"eid", "active"}} {
		w.confirm(person, x[0], x[1], "2024-05-10")
	}
	for _, p := range Portals() {
		if err := w.ClaimPortal(ctx, a, p, ""); err != nil {
			t.Fatal(err)
		}
	}
	board, err := w.Board(ctx, w.root(), w.unit("694"))
	if err != nil || len(board.Agencies) != 2 {
		t.Fatalf("%+v %v", board, err)
	}
	s := board.Total
	if s.Officials != 2 || s.Linked != 1 || s.Target != 1 || s.AtLeast(0, Confirmed) != 1 || s.AtLeast(2, Claimed) != 1 || s.AtLeast(2, Confirmed) != 0 || s.AtLeast(-1, Claimed) != 1 || s.AtLeast(-1, Confirmed) != 0 || s.Credits.N != 20 {
		t.Errorf("%+v", s)
	}
	var first Official
	for _, o := range w.roster() {
		if o.Person != 0 {
			first = o
		}
	}
	self := access.NewViewer(21, "a", "A", "cli", []access.Grant{{Role: "district_police", Unit: w.unit("694")}}, w.tree)
	if got := code(w.VerifyPortal(ctx, self, first.ID, National, "", "ảnh")); got != "officials.own_portal" {
		t.Errorf("law C2: verified by oneself: %q", got)
	}
	if err := w.VerifyPortal(ctx, w.root(), first.ID, National, "", "đã xem màn hình tài khoản"); err != nil {
		t.Fatal(err)
	}
	if _, _, lines, err := w.Agency(ctx, w.root(), first.Office); err != nil || lines[0].Portals != [2]Met{Verified, Claimed} || lines[0].All() != Claimed {
		t.Errorf("%+v %v", lines, err)
	}
}

// TestLaw_R1_OfficialsSeeOnlyTheirOwn: the role of an official opens neither the board nor a roster.
func TestLaw_R1_OfficialsSeeOnlyTheirOwn(t *testing.T) {
	w := newTown(t)
	a, _ := w.two()
	stranger := w.viewer(33, "official", "694")
	office := w.roster()[0].Office
	if _, err := w.Board(ctx, a, w.unit("694")); code(err) != "access.forbidden" {
		t.Error(err)
	}
	if _, _, _, err := w.Agency(ctx, a, office); code(err) != "access.forbidden" {
		t.Error(err)
	}
	if _, err := w.Mine(ctx, stranger); code(err) != "officials.no_row" {
		t.Error(err)
	}
	if got := code(w.Link(ctx, a, w.roster()[0].ID, "070058698081")); got != "access.forbidden" {
		t.Error(got)
	}
	commune := w.viewer(34, "commune_police", "25330")
	if _, _, _, err := w.Agency(ctx, commune, office); code(err) != "access.forbidden" {
		t.Error(err)
	}
}

// TestLaw_P4_MergedCitizensAreCreditedOnce: two records that prove to be one person count for the earlier credit.
func TestLaw_P4_MergedCitizensAreCreditedOnce(t *testing.T) {
	w := newTown(t)
	a, b := w.two()
	kept := w.live("070088217864", "Thị Nở", "1988-03-04", "25330.01")
	gone := w.live("070088217866", "Thị Nở", "1988-03-04", "25357.01")
	for who, number := range map[*access.Viewer]string{&a: "070088217864", &b: "070088217866"} {
		if err := w.Credit(ctx, *who, Ask{Number: number, Name: "Thị Nở", What: Level2, Consent: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := (people.Register{DB: w.DB}).Join(ctx, w.root(), kept, gone, "một người hai hồ sơ"); err != nil {
		t.Fatal(err)
	}
	w.confirm(kept, "eid", "active", today)
	x, _ := w.Mine(ctx, a)
	y, _ := w.Mine(ctx, b)
	if x.Tally.Counted+y.Tally.Counted != 1 || x.Tally.Before+y.Tally.Before != 1 {
		t.Errorf("%+v %+v", x.Tally, y.Tally)
	}
}
