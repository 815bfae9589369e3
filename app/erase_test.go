package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// TestLaw_R4_DataHasAnEndAndTheFiguresStay brings a list, passes the retention day, erases, and looks into the file itself.
func TestLaw_R4_DataHasAnEndAndTheFiguresStay(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a.db")
	who := access.System("kiểm thử")
	open := func(day time.Time) *App {
		c := AtDatabase(path, true)
		c.Clock = clock.Fixed(day)
		a, err := New(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := open(time.Date(2024, 5, 20, 8, 0, 0, 0, clock.Zone))
	src, err := plan.Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Begin(ctx, who, "hon-quan-2024.yaml", src); err != nil {
		t.Fatal(err)
	}
	list := "Họ và tên;Ngày sinh;Số CCCD;Giới tính;Xã;Ấp;Tình trạng CCCD\nĐiểu Dấu Vết;13/02/1958;070058698081;Nam;An Khương;Ấp 1;Đã cấp\n"
	b, err := a.Import(ctx, who, Bring{Name: "ds.csv", Content: strings.NewReader(list), Size: int64(len(list)), Kind: "register", AsOf: "2024-05-01"})
	if err != nil || b.Sums.New != 1 {
		t.Fatalf("%v %+v", err, b)
	}
	if _, err := a.Erase(ctx, who); !fault.Is(err, fault.Conflict) {
		t.Errorf("erased before the retention day: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(time.Date(2025, 7, 9, 8, 0, 0, 0, clock.Zone))
	e, err := a.Erase(ctx, who)
	if err != nil || e.Persons != 1 || e.Events != 1 || e.Files != 1 || e.Left != 0 {
		t.Fatalf("%+v %v", e, err)
	}
	var n int64
	if err := a.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT n FROM roll_now WHERE series='t:cccd:confirmed' ORDER BY n DESC LIMIT 1").Scan(&n)
	}); err != nil || n != 1 {
		t.Errorf("the figure did not stay: %d %v", n, err)
	}
	if _, findings, err := a.Book.Check(ctx); err != nil || len(findings) > 0 {
		t.Errorf("%v %v", findings, err)
	}
	if err := a.Book.Rebuild(ctx, who, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("frozen figures were told anew: %v", err)
	}
	if length, broken, err := a.Door.TrailSound(ctx, who); err != nil || broken != 0 || length == 0 {
		t.Error("the trail did not stay whole")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{path, path + "-wal"} {
		raw, err := os.ReadFile(f)
		if err == nil && (strings.Contains(string(raw), "Dấu Vết") || strings.Contains(string(raw), "dau vet")) {
			t.Errorf("the name can still be read in %s", filepath.Base(f))
		}
	}
}
