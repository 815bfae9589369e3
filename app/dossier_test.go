package app

import (
	"os"
	"path/filepath"
	"testing"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/dossier"
)

// TestClause_III_3_d_ExtractsMoveDossiersOn: a list brought moves the dossier in the same transaction, a list withdrawn takes the state
// back, and telling all figures anew changes nothing.
func TestClause_III_3_d_ExtractsMoveDossiersOn(t *testing.T) {
	a := begun(t, t.TempDir(), "hon-quan-2024.yaml")
	bring := func(kind string, asOf clock.Day, text string) int64 {
		t.Helper()
		path := filepath.Join(t.TempDir(), kind+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := a.ImportFile(t.Context(), self(t, a), path, Bring{Kind: kind, AsOf: asOf})
		if err != nil || b.Refused != "" {
			t.Fatalf("%s: %v %s", kind, err, b.Refused)
		}
		return b.ID
	}
	bring("units", "2024-05-01", "Mã;Tên đơn vị hành chính;Loại;Mã cấp trên\n25330;Xã An Khương;Xã;694\n25330.01;Ấp 1;Ấp;25330\n")
	const head = "STT;Họ và tên;Ngày sinh;Giới tính;Số định danh cá nhân;Xã;Ấp\n"
	bring("register", "2024-05-01", head+"1;Trần Văn Thử;02/3/1980;Nam;070080004321;Xã An Khương;Ấp 1\n2;Lê Thị Thử;14/9/1975;Nữ;070175001234;Xã An Khương;Ấp 1\n")
	var person int64
	if err := a.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		person, err = people.WithNumber(tx, "070080004321")
		return err
	}); err != nil || person == 0 {
		t.Fatal(person, err)
	}
	d, err := a.Dossiers.Take(t.Context(), self(t, a), person, dossier.Take{Kind: dossier.EID2, Day: "2024-05-10"})
	if err != nil {
		t.Fatal(err)
	}
	at := func(want dossier.State, confirmed bool) {
		t.Helper()
		h, err := a.Dossiers.Read(t.Context(), self(t, a), d.ID)
		if err != nil || h.State != want || h.Confirmed != confirmed {
			t.Errorf("%v: %s, want %s", err, h.State, want)
		}
	}
	batch := bring("extract.active", "2024-05-18", head+"1;Trần Văn Thử;02/3/1980;Nam;070080004321;Xã An Khương;Ấp 1\n")
	at(dossier.Activated, true)
	if err := a.Book.Rebuild(t.Context(), self(t, a), nil); err != nil {
		t.Fatal(err)
	}
	at(dossier.Activated, true)
	if _, err := a.Lists.Withdraw(t.Context(), self(t, a), batch, "nhầm tệp"); err != nil {
		t.Fatal(err)
	}
	at(dossier.Collected, false)
	b, err := a.Dossiers.Board(t.Context(), self(t, a), d.Unit, "")
	if err != nil || b.Sum[dossier.Collected] != 1 || b.Sum.All() != 1 {
		t.Errorf("%v %v", err, b)
	}
}
