package app

import (
	"os"
	"path/filepath"
	"testing"

	"bonphu/internal/clock"
)

// Another place, another period and a fifth coverage need only the plan file: a list of a kind that no code knows confirms a state
// that no code knows, and is counted towards its target (KH:0.b).
func TestClause_0_b_AFifthCoverageNeedsOnlyThePlan(t *testing.T) {
	a := begun(t, t.TempDir(), "tinh-dong-xuan-2025.yaml")
	now := clock.Day("2025-10-15").Time().Add(demoHour)
	a.DB.Clock = clock.Fixed(now)
	a.Clock = a.DB.Clock
	who := self(t, a)
	root := who.Tree().ByCode(a.Plan().Place.Unit)
	if root == nil || len(a.Plan().Coverages) != 5 {
		t.Fatalf("place %v, %d coverages", root, len(a.Plan().Coverages))
	}
	bring := func(kind, name, text string, new, changed int64) {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := a.ImportFile(t.Context(), who, path, Bring{Kind: kind, AsOf: "2025-10-10"})
		if err != nil || b.Refused != "" {
			t.Fatalf("%s: %v %s", name, err, b.Refused)
		}
		if b.Sums.New != new || b.Sums.Changed != changed || b.Sums.Held != 0 {
			t.Errorf("%s: %+v", name, b.Sums)
		}
	}
	bring("units", "don-vi.csv", "Mã;Tên đơn vị hành chính;Loại;Mã cấp trên\n99.1;Xã Suối Ngọc;Xã;99\n99.1.1;Thôn Đông;Thôn;99.1\n", 2, 0)
	bring("register", "dan-cu.csv", "STT;Họ và tên;Ngày sinh;Giới tính;Số định danh cá nhân;Xã;Thôn\n"+
		"1;Lò Thị Mận;02/3/1980;Nữ;011180004321;Xã Suối Ngọc;Thôn Đông\n2;Quàng Văn Sơn;14/9/1975;Nam;011075001234;Xã Suối Ngọc;Thôn Đông\n", 2, 0)
	bring("extract.pay", "an-sinh.csv", "STT;Họ và tên;Ngày sinh;Giới tính;Số định danh cá nhân;Xã;Thôn;Tài khoản an sinh\n"+
		"1;Lò Thị Mận;02/3/1980;Nữ;011180004321;Xã Suối Ngọc;Thôn Đông;Đã liên kết\n2;Quàng Văn Sơn;14/9/1975;Nam;011075001234;Xã Suối Ngọc;Thôn Đông;Chưa\n", 0, 2)
	told, err := a.Figures.Standings(t.Context(), self(t, a), []int64{root.ID}, "")
	if err != nil {
		t.Fatal(err)
	}
	if s := told[root.ID]["pay"]; s.Eligible != 2 || s.Confirmed != 1 || s.Goal == 0 {
		t.Errorf("the fifth coverage stands at %+v", s)
	}
}
