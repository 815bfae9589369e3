package canvass

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

type place struct {
	*Book
	tree *territory.Tree
}

const today = clock.Day("2024-05-20")

func (p *place) unit(code string) int64 { return p.tree.ByCode(code).ID }

func (p *place) viewer(role, code string) access.Viewer {
	return access.NewViewer(7, "thu", "Người Thử", "cli", []access.Grant{{Role: role, Unit: p.unit(code)}}, p.tree)
}

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{Book: &Book{DB: dbtest.Open(t)}}
	ids := map[string]int64{}
	if err := p.DB.Write(context.Background(), db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, u := range []struct {
			code, kind, name, parent string
			tier                     int
		}{{"694", "huyện", "Hớn Quản", "", 1}, {"25330", "xã", "An Khương", "694", 2}, {"25357", "thị trấn", "Tân Khai", "694", 2},
			{"25330.01", "ấp", "1", "25330", 3}, {"25330.02", "sóc", "Đồi Dầu", "25330", 3}, {"25357.01", "khu phố", "1", "25357", 3}} {
			x := &territory.Unit{Code: u.code, Kind: u.kind, Tier: u.tier, Name: u.name, Parent: ids[u.parent]}
			if err := territory.Insert(tx, x); err != nil {
				return err
			}
			ids[u.code] = x.ID
		}
		var err error
		p.tree, err = territory.Load(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestClause_III_2_b_EveryCommuneAndHamletHasItsTeam: units without one are told, get one, and keep at least one.
func TestClause_III_2_b_EveryCommuneAndHamletHasItsTeam(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	police := p.viewer("district_police", "694")
	if _, err := p.Add(ctx, police, Team{Unit: p.unit("25330.01"), Kind: KindVolunteer, Name: "Đội tình nguyện Đoàn xã", Capacity: 10}); err != nil {
		t.Fatal(err)
	}
	lacking, err := p.Lacking(ctx, police, p.unit("694"), today)
	if err != nil || len(lacking) != 5 {
		t.Fatalf("%v %v", lacking, err)
	}
	n, err := p.Complete(ctx, police, p.unit("694"), today)
	if err != nil || n != 5 {
		t.Fatalf("%d %v", n, err)
	}
	if n, err := p.Complete(ctx, police, p.unit("694"), today); err != nil || n != 0 {
		t.Errorf("again: %d %v", n, err)
	}
	if lacking, _ := p.Lacking(ctx, police, p.unit("694"), today); len(lacking) != 0 {
		t.Errorf("still lacking: %v", lacking)
	}
	list, err := p.List(ctx, police, p.unit("694"), today)
	if err != nil || len(list) != 6 || Describe(list) != "2 tổ cấp xã, 3 tổ ấp, sóc, khu phố, 1 tổ tình nguyện" {
		t.Errorf("%s %v", Describe(list), err)
	}
	var own Team
	if err := p.DB.Read(ctx, func(tx *db.Tx) error {
		of, err := TeamsOf(tx, p.unit("25330.02"))
		if err == nil && len(of) == 1 {
			own = of[0]
		}
		return err
	}); err != nil || own.Name != "Tổ công nghệ số cộng đồng sóc Đồi Dầu" || own.Kind != KindHamlet {
		t.Fatalf("%+v %v", own, err)
	}
	if err := p.Close(ctx, police, own.ID, today); !fault.Is(err, fault.Conflict) {
		t.Errorf("the only team closed: %v", err)
	}
	if _, err := p.Add(ctx, police, Team{Unit: own.Unit, Kind: KindHamlet, Name: "Tổ hai", Capacity: 20, Rest: []time.Weekday{time.Sunday}}); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(ctx, police, own.ID, today); err != nil {
		t.Fatal(err)
	}
	for day, want := range map[clock.Day]int{today: 2, today.Add(1): 1} {
		if list, _ := p.List(ctx, police, own.Unit, day); len(list) != want {
			t.Errorf("%s: %d teams, want %d", day, len(list), want)
		}
	}
}

func TestTeamsAreChangedAndRefused(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	chair := p.viewer("commune_chair", "25330")
	one, err := p.Add(ctx, chair, Team{Unit: p.unit("25330.01"), Name: "  Tổ   ấp 1 ", Capacity: 20})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Change(ctx, chair, Team{ID: one, Name: "Tổ ấp Một", Capacity: 35, Rest: []time.Weekday{time.Saturday, time.Sunday, time.Sunday}}); err != nil {
		t.Fatal(err)
	}
	list, err := p.List(ctx, chair, p.unit("25330"), today)
	if err != nil || len(list) != 1 || list[0].Name != "Tổ ấp Một" || list[0].Capacity != 35 || !slices.Equal(list[0].Rest, []time.Weekday{time.Sunday, time.Saturday}) || list[0].Kind != KindHamlet {
		t.Fatalf("%+v %v", list, err)
	}
	for name, c := range map[string]struct {
		team Team
		kind fault.Kind
	}{
		"no name":           {Team{Unit: p.unit("25330.01")}, fault.Invalid},
		"name taken":        {Team{Unit: p.unit("25330.01"), Name: "TỔ ẤP MỘT"}, fault.Conflict},
		"capacity":          {Team{Unit: p.unit("25330.01"), Name: "X", Capacity: -1}, fault.Invalid},
		"always at rest":    {Team{Unit: p.unit("25330.01"), Name: "X", Rest: []time.Weekday{0, 1, 2, 3, 4, 5, 6}}, fault.Invalid},
		"kind":              {Team{Unit: p.unit("25330.01"), Name: "X", Kind: "army"}, fault.Invalid},
		"another's commune": {Team{Unit: p.unit("25357.01"), Name: "X"}, fault.Forbidden},
		"ends before":       {Team{Unit: p.unit("25330.01"), Name: "X", From: today, Until: today.Add(-1)}, fault.Invalid},
	} {
		if _, err := p.Add(ctx, chair, c.team); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLaw_R3_PhonesAreSealedAndMasked: a member's number is not readable in the database, masked in lists, and shown whole only with a
// row in the trail.
func TestLaw_R3_PhonesAreSealedAndMasked(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	chair := p.viewer("commune_chair", "25330")
	team, err := p.Add(ctx, chair, Team{Unit: p.unit("25330.01"), Name: "Tổ ấp 1", Capacity: 20})
	if err != nil {
		t.Fatal(err)
	}
	m, err := p.AddMember(ctx, chair, Member{Team: team, Name: "Điểu Khởi", Role: "Tổ trưởng", Phone: "84912345678"})
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.Members(ctx, p.viewer("team_leader", "25330.01"), team, today)
	if err != nil || len(list) != 1 || list[0].Phone != "0912***678" || !list[0].Leads() {
		t.Fatalf("%+v %v", list, err)
	}
	whole, err := p.RevealPhone(ctx, chair, m)
	if err != nil || whole != "0912345678" {
		t.Errorf("%v", err)
	}
	if _, err := p.RevealPhone(ctx, p.viewer("team_leader", "25330.01"), m); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
	var sealed string
	var reveals int
	if err := p.DB.Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow("SELECT phone_sealed FROM team_member WHERE id=$1", m).Scan(&sealed); err != nil {
			return err
		}
		return tx.QueryRow("SELECT count(*) FROM trail WHERE verb='team.reveal'").Scan(&reveals)
	}); err != nil || strings.Contains(sealed, "912345678") || reveals != 1 {
		t.Errorf("%d rows in the trail, %v", reveals, err)
	}
	if err := p.ChangeMember(ctx, chair, Member{ID: m, Name: "Điểu Khởi", Role: "Tổ phó"}); err != nil {
		t.Fatal(err)
	}
	if whole, _ := p.RevealPhone(ctx, chair, m); whole != "0912345678" {
		t.Error("a change without a number lost it")
	}
	if _, err := p.AddMember(ctx, chair, Member{Team: team, Name: "Thị Nở", Phone: "12"}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if _, err := p.Leave(ctx, chair, m, today, 0); err != nil {
		t.Fatal(err)
	}
	if list, _ := p.Members(ctx, chair, team, today.Add(1)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// TestLaw_F1_TeamListVerdicts: each row one verdict, the same list again changes nothing (law F2), and a withdrawn one is undone (F3).
func TestLaw_F1_TeamListVerdicts(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	row := func(team, commune, hamlet, name, role, phone string) *intake.Row {
		return &intake.Row{Kind: intake.KindTeams, Team: team, CommuneText: commune, HamletText: hamlet, Name: name, Position: role, Phone: phone}
	}
	rows := []*intake.Row{
		row("Tổ công tác Đề án 06 xã An Khương", "Xã An Khương", "", "Trần Văn Ổn", "Tổ trưởng", "0912345678"),
		row("Tổ công tác Đề án 06 xã An Khương", "Xã An Khương", "", "Thị Bưởi", "Thành viên", ""),
		row("Tổ công nghệ số cộng đồng", "Xã An Khương", "Ấp 1", "Điểu Khởi", "Tổ trưởng", "0912345679"),
		row("Tổ số hóa sóc Đồi Dầu xã An Khương", "", "", "Điểu Lon", "", ""),
		row("Tổ số 5", "", "", "Lê Văn Sỹ", "", ""),
		row("Tổ công nghệ số", "An Khương", "Ấp 99", "Lê Văn Tám", "", ""),
		row("Tổ khu phố 1", "TT Tân Khai", "KP 1", "", "", ""),
	}
	apply := func(batch int64, who access.Viewer, dry bool) (out []intake.Verdict) {
		t.Helper()
		if err := p.DB.WriteLong(ctx, &db.Act{Verb: "test"}, func(tx *db.Tx) error {
			run, err := TeamList{}.Start(tx, &intake.Batch{ID: batch, Kind: intake.KindTeams, AsOf: today, Viewer: who})
			if err != nil {
				return err
			}
			got, err := run.Apply(rows, dry)
			for _, o := range got {
				out = append(out, o.Verdict)
				if (o.Verdict == intake.Held || o.Verdict == intake.Refused) && (o.Code == "" || o.Text == "") {
					t.Errorf("no reason: %+v", o)
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	police := p.viewer("district_police", "694")
	fresh := []intake.Verdict{intake.New, intake.New, intake.New, intake.New, intake.Held, intake.Held, intake.New}
	same := []intake.Verdict{intake.Same, intake.Same, intake.Same, intake.Same, intake.Held, intake.Held, intake.Same}
	count := func() int {
		list, err := p.List(ctx, police, p.unit("694"), today)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if v := apply(1, police, true); !slices.Equal(v, fresh) || count() != 0 {
		t.Errorf("dry: %v, %d teams", v, count())
	}
	if v := apply(1, police, false); !slices.Equal(v, fresh) || count() != 4 {
		t.Errorf("%v, %d teams", v, count())
	}
	if v := apply(2, police, false); !slices.Equal(v, same) {
		t.Errorf("again: %v", v)
	}
	rows[1].Position, rows[1].Phone = "Tổ phó", "0912345670"
	if v := apply(3, police, false); v[1] != intake.Changed {
		t.Errorf("changed: %v", v)
	}
	if v := apply(4, p.viewer("commune_police", "25357"), false); v[0] != intake.Refused || v[6] != intake.Same {
		t.Errorf("another commune's: %v", v)
	}
	if list, _ := p.List(ctx, police, p.unit("25330.02"), today); len(list) != 1 {
		t.Errorf("the team's own name tells its hamlet: %+v", list)
	}
	if err := p.DB.WriteLong(ctx, &db.Act{Verb: "test"}, func(tx *db.Tx) error {
		n, err := TeamList{}.Withdraw(tx, &intake.Batch{ID: 1})
		if n < 4 {
			t.Errorf("%d voided", n)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if count() != 0 {
		t.Errorf("%d teams after withdrawal", count())
	}
	rows[1].Position = "Tổ phó"
	if v := apply(5, police, false); !slices.Equal(v, fresh) || count() != 4 {
		t.Errorf("after withdrawal: %v, %d teams", v, count())
	}
}
