package app

import (
	"os"
	"path/filepath"
	"testing"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/aid"
	"bonphu/ops/canvass"
)

// TestClause_III_2_c_AVisitsOrderGoesToTheExtract: a visit brings an order in its own transaction, the operator's extract confirms what was
// handed over, a withdrawn extract takes it back, a voided visit cancels what was not given, and visits from before are taken over once.
func TestClause_III_2_c_AVisitsOrderGoesToTheExtract(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	ctx := t.Context()
	bring := func(kind string, asOf clock.Day, text string) int64 {
		t.Helper()
		path := filepath.Join(t.TempDir(), kind+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := a.ImportFile(ctx, self(t, a), path, Bring{Kind: kind, AsOf: asOf})
		if err != nil || b.Refused != "" {
			t.Fatalf("%s: %v %s", kind, err, b.Refused)
		}
		return b.ID
	}
	bring("units", "2024-05-01", "Mã;Tên đơn vị hành chính;Loại;Mã cấp trên\n25330;Xã An Khương;Xã;694\n25330.01;Ấp 1;Ấp;25330\n")
	const head = "STT;Họ và tên;Ngày sinh;Giới tính;Số định danh cá nhân;Xã;Ấp"
	bring("register", "2024-05-01", head+"\n1;Trần Văn Thử;02/3/1980;Nam;070080004321;Xã An Khương;Ấp 1\n2;Lê Thị Thử;14/9/1975;Nữ;070175001234;Xã An Khương;Ấp 1\n")
	var first, second int64
	if err := a.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if first, err = people.WithNumber(tx, "070080004321"); err == nil {
			second, err = people.WithNumber(tx, "070175001234")
		}
		return err
	}); err != nil || first == 0 || second == 0 {
		t.Fatal(first, second, err)
	}
	visit := func(person int64) int64 {
		t.Helper()
		n, err := a.Canvass.Record(ctx, self(t, a), canvass.Visit{Person: person, Result: canvass.Needs, Reason: "device", Orders: []string{canvass.OrderDevice}})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	orders := func(person int64, want ...aid.State) []aid.Entry {
		t.Helper()
		list, err := a.Aid.OfPerson(ctx, self(t, a), person)
		if err != nil || len(list) != len(want) {
			t.Fatalf("%d orders, want %d: %v", len(list), len(want), err)
		}
		for i := range want {
			if list[i].State != want[i] {
				t.Errorf("%s, want %s", list[i].State, want[i])
			}
		}
		return list
	}
	visit(first)
	visit(first)
	o := orders(first, aid.Asked)[0]
	if o.ConsentAt == "" || o.Source != aid.FromVisit {
		t.Errorf("no consent: %+v", o)
	}
	offices, err := a.Aid.Operators(ctx, self(t, a))
	if err != nil || len(offices) != 3 {
		t.Fatal(offices, err)
	}
	if err := a.Aid.Choose(ctx, self(t, a), o.ID, offices[0].ID, 0); err != nil {
		t.Fatal(err)
	}
	for _, to := range []aid.State{aid.Accepted, aid.Handed} {
		if err := a.Aid.Advance(ctx, self(t, a), o.ID, aid.Move{To: to}); err != nil {
			t.Fatal(err)
		}
	}
	today := clock.DayOf(a.Clock())
	batch := bring("extract.operator", today, head+";Thiết bị\n1;Trần Văn Thử;02/3/1980;Nam;070080004321;Xã An Khương;Ấp 1;4G\n")
	orders(first, aid.Confirmed)
	if err := a.Book.Rebuild(ctx, self(t, a), nil); err != nil {
		t.Fatal(err)
	}
	orders(first, aid.Confirmed)
	if _, err := a.Lists.Withdraw(ctx, self(t, a), batch, "nhầm tệp"); err != nil {
		t.Fatal(err)
	}
	orders(first, aid.Handed)

	n := visit(second)
	orders(second, aid.Asked)
	if err := a.Canvass.VoidVisit(ctx, self(t, a), n, "ghi nhầm người"); err != nil {
		t.Fatal(err)
	}
	orders(second, aid.Cancelled)

	// as if the program had been older: its visits are known, their orders are not
	visit(second)
	if err := a.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, table := range []string{"aid_step", "aid_order", "aid_mark"} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := a.takeOrdersOver(ctx, self(t, a)); err != nil {
			t.Fatal(err)
		}
		orders(first, aid.Asked)
		orders(second, aid.Asked)
	}
}
