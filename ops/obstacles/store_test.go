package obstacles

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
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	w := &desk{t: t, now: dbtest.Morning}
	p := plantest.HonQuan(t)
	w.book = &Book{DB: dbtest.OpenAt(t, func() time.Time { return w.now }), Plan: func() *plan.Plan { return p }}
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		units := []*territory.Unit{{Code: "694", Kind: "huyện", Tier: territory.TierDistrict, Name: "Hớn Quản"}, {Code: "101", Kind: "xã", Tier: territory.TierCommune, Name: "Trong"},
			{Code: "102", Kind: "xã", Tier: territory.TierCommune, Name: "Ngoài"}, {Code: "101.01", Kind: "ấp", Tier: territory.TierHamlet, Name: "1"}}
		for i, u := range units {
			if i > 0 {
				u.Parent = units[0].ID
			}
			if i == 3 {
				u.Parent = units[1].ID
			}
			if err := territory.Insert(tx, u); err != nil {
				return err
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

func (w *desk) unit(code string) int64 { return w.tree.ByCode(code).ID }

func (w *desk) as(role, code string) access.Viewer {
	return access.NewViewer(int64(len(role)), role, role, "test", []access.Grant{{Role: role, Unit: w.unit(code)}}, w.tree)
}

func (w *desk) send(category, text string) int64 {
	w.t.Helper()
	n, err := w.book.Send(ctx, w.as("phone", "101.01"), Obstacle{Unit: w.unit("101.01"), Category: category, Text: text, People: 12})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestClause_VI_AnObstacleIsSentRoutedAnsweredAndClosed(t *testing.T) {
	w := newDesk(t)
	n := w.send("mang", "Ấp 1 không có sóng 4G nên không cài được VNeID")
	k, steps, err := w.book.Get(ctx, w.as("district_police", "694"), n)
	if err != nil || k.State != Open || k.Level != plan.LevelDistrict || k.Due != "2024-05-23" || len(steps) != 1 || k.People != 12 {
		t.Fatalf("%+v %v %v", k, steps, err)
	}
	if _, _, err := w.book.Get(ctx, w.as("commune_police", "102"), n); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another commune reads it: %v", err)
	}
	if err := w.book.Answer(ctx, w.as("commune_police", "101"), n, "Dùng wifi của nhà văn hóa.", false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the commune answers for the district: %v", err)
	}
	if err := w.book.Answer(ctx, w.as("district_police", "694"), n, "Dùng wifi của nhà văn hóa ấp.", true); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Reopen(ctx, w.as("phone", "101.01"), n, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("reopened without why: %v", err)
	}
	if err := w.book.Reopen(ctx, w.as("phone", "101.01"), n, "Nhà văn hóa cũng mất mạng"); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Close(ctx, w.as("phone", "101.01"), n); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Close(ctx, w.as("phone", "101.01"), n); !fault.Is(err, fault.Conflict) {
		t.Errorf("closed twice: %v", err)
	}
	if err := w.book.Answer(ctx, w.as("district_police", "694"), n, "Thêm một câu.", false); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered after it was closed: %v", err)
	}
	if _, steps, _ = w.book.Get(ctx, w.as("district_police", "694"), n); len(steps) != 4 || steps[3].Kind != "closed" {
		t.Errorf("%+v", steps)
	}
	found, err := w.book.Search(ctx, w.as("phone", "101.01"), "khong co SONG 4g", "")
	if err != nil || len(found) != 1 {
		t.Fatalf("the answer is not found without marks: %v %v", found, err)
	}
	if err := w.book.Helped(ctx, w.as("phone", "101.01"), found[0].ID); err != nil {
		t.Fatal(err)
	}
	if found, _ = w.book.Search(ctx, w.as("phone", "101.01"), "", "mang"); len(found) != 1 || found[0].Uses != 1 {
		t.Errorf("%+v", found)
	}
	if found, _ = w.book.Search(ctx, w.as("phone", "101.01"), "máy in hết mực", ""); len(found) != 0 {
		t.Errorf("an answer to another question: %+v", found)
	}
}

func TestClause_VI_WhatTheCommuneDoesNotAnswerGoesToTheDistrict(t *testing.T) {
	w := newDesk(t)
	n := w.send("giay_to", "Sai ngày sinh trên dữ liệu dân cư")
	night := func(days int) int {
		w.now = dbtest.Morning.AddDate(0, 0, days)
		k, err := w.book.Escalate(ctx, access.System("đêm").On(w.tree))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	for _, days := range []int{3, 4} {
		if got := night(days); got != 0 {
			t.Errorf("after %d days %d go up", days, got)
		}
	}
	if k, _, _ := w.book.Get(ctx, w.as("commune_police", "101"), n); !k.Late(clock.DayOf(w.now)) {
		t.Error("it is not called late")
	}
	if got := night(5); got != 1 {
		t.Errorf("after five days %d go up", got)
	}
	if got := night(5); got != 0 {
		t.Errorf("twice: %d", got)
	}
	if k, _, _ := w.book.Get(ctx, w.as("commune_police", "101"), n); k.Level != plan.LevelDistrict || k.State != Open {
		t.Errorf("%+v", k)
	}
	late, err := w.book.List(ctx, w.as("district_police", "694"), Query{Unit: w.unit("694"), State: "late"})
	if err != nil || len(late) != 0 {
		t.Errorf("the district has its own days: %v %v", late, err)
	}
	top, err := w.book.Top(ctx, w.as("district_police", "694"), w.unit("694"), "2024-05-01", "2024-05-31")
	if err != nil || len(top) != 1 || top[0].N != 1 || top[0].Open != 1 || top[0].People != 12 {
		t.Errorf("%+v %v", top, err)
	}
}

func TestLaw_O2_SendingAnObstacleTwiceIsSendingItOnce(t *testing.T) {
	w := newDesk(t)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 20, 20)), nil); err != nil {
		t.Fatal(err)
	}
	o := Obstacle{ID: id.New(), Unit: w.unit("101.01"), Category: "?", Text: "Máy thu nhận vân tay bị hỏng", Photo: picture.Bytes()}
	for range 2 {
		if _, err := w.book.Send(ctx, w.as("phone", "101.01"), o); err != nil {
			t.Fatal(err)
		}
	}
	list, err := w.book.List(ctx, w.as("commune_police", "101"), Query{Unit: w.unit("101")})
	if err != nil || len(list) != 1 || list[0].Category != "khac" || !list[0].HasPhoto {
		t.Fatalf("%+v %v", list, err)
	}
	if b, err := w.book.Photo(ctx, w.as("commune_police", "101"), o.ID); err != nil || len(b) < 100 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	for name, bad := range map[string]Obstacle{
		"obstacles.text":   {Unit: o.Unit, Text: "ngắn"},
		"obstacles.number": {Unit: o.Unit, Text: "Ông A số 070 199 001 234 không có thẻ"},
		"obstacles.people": {Unit: o.Unit, Text: "Máy thu nhận vân tay bị hỏng", People: -1},
		"photo.bad":        {Unit: o.Unit, Text: "Máy thu nhận vân tay bị hỏng", Photo: []byte("GIF89a")},
	} {
		_, err := w.book.Send(ctx, w.as("phone", "101.01"), bad)
		if f, ok := fault.As(err); !ok || f.Code != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLaw_R3_NumbersOfPeopleAreFoundAndDaysAreNot(t *testing.T) {
	for text, number := range map[string]bool{
		"Ông A số 070 199 001 234 không có thẻ": true, "gọi 0912-345-678 nhé": true, "máy (0912)345678": true, "070-060-000-001": true, "số 070199001234": true, "số 0912.345.678 của bà": true, "cmnd 285123456": true,
		"từ ngày 20.5.2024 14 hộ chưa có": false, "các năm 2023 2024 2025": false, "khoảng 1.200.000 đồng một máy": false, "từ 08/4/2024 đến 08/7/2024": false, "lúc 07:30 ngày 20/5": false, "hộ 25330.01-0012": false,
	} {
		if vn.HoldsNumber(text) != number {
			t.Errorf("%q: %v", text, !number)
		}
	}
}

func TestClause_VI_OnlyTheSenderOrWhoAnswersClosesIt(t *testing.T) {
	w := newDesk(t)
	n := w.send("mang", "Ấp 1 không có sóng 4G nên không cài được VNeID")
	other := access.NewViewer(99, "khac", "Người khác", "test", []access.Grant{{Role: "member", Unit: w.unit("101.01")}}, w.tree)
	if err := w.book.Close(ctx, other, n); !fault.Is(err, fault.Forbidden) {
		t.Errorf("another member closes it: %v", err)
	}
	if _, _, err := w.book.Get(ctx, w.as("phone", "101.01"), n); err != nil {
		t.Errorf("the sender cannot read it: %v", err)
	}
	if err := w.book.Answer(ctx, w.as("district_police", "694"), n, "Lời giải một.", true); err != nil {
		t.Fatal(err)
	}
	if err := w.book.Answer(ctx, w.as("district_police", "694"), n, "Lời giải hai.", true); err != nil {
		t.Fatal(err)
	}
	if found, err := w.book.Search(ctx, w.as("phone", "101.01"), "", ""); err != nil || len(found) != 1 || found[0].Answer != "Lời giải hai." {
		t.Errorf("%+v %v", found, err)
	}
}

func TestLaw_R4_ObstaclesEndWithTheData(t *testing.T) {
	w := newDesk(t)
	n := w.send("mang", "Ấp 1 không có sóng 4G nên không cài được VNeID")
	if err := w.book.Answer(ctx, w.as("district_police", "694"), n, "Lời giải.", true); err != nil {
		t.Fatal(err)
	}
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		if _, err := Erase(tx); err != nil {
			return err
		}
		for _, table := range []string{"obstacle", "obstacle_step", "obstacle_photo", "answer_book"} {
			var left int
			if err := tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM " + table).Scan(&left); err != nil || left != 0 {
				t.Errorf("%s: %d left, %v", table, left, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
