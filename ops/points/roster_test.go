package points

import (
	"context"
	"strings"
	"testing"
)

// TestClause_III_3_e_AHostsListIsMatchedWithTheRegister: one verdict a row, nothing guessed, nothing written to the register; those found
// are invited first.
func TestClause_III_3_e_AHostsListIsMatchedWithTheRegister(t *testing.T) {
	p := newPlace(t)
	ctx, police := context.Background(), p.viewer("district_police", "694")
	folk := p.settle(30, "25357.01")
	p.settle(30, "25330.01")
	school := must(p.SavePoint(ctx, police, Point{Unit: p.unit("25330.01"), Name: "Trường THPT", Kind: Mobile, HostKind: HostSchool, Host: "Trường THPT"}))
	list := "TT;Họ và tên;Ngày sinh;Số CCCD;Lớp\n1;Thử 25357.01 4;02/01/1990;070090000004;10A\n2;Thử 25357.01 4;02/01/1990;070090000004;10A\n3;Người Xa Lạ;03/04/2008;;10B\n"
	got := must(p.BringRoster(ctx, police, school, "lop.csv", strings.NewReader(list), int64(len(list))))
	if got.Rows != 3 || got.Found != 1 || got.Unknown != 1 || got.Doubt != 1 {
		t.Errorf("%+v", got)
	}
	rows := must(p.RosterOf(ctx, police, school))
	if len(rows) != 3 || rows[2].Person != folk[4] || strings.Contains(rows[2].Number.String(), "0000") {
		t.Errorf("%+v", rows)
	}
	s := must(p.Hold(ctx, police, Session{Point: school, Kit: p.kit, Day: today, From: "7", Until: "11", Quota: 4}))
	must(p.Invite(ctx, police, InviteAsk{Session: s, Unit: p.unit("694"), Channel: ByHost}))
	if first := must(p.Invitations(ctx, police, s))[0]; first.Unit != p.unit("25357.01") {
		t.Errorf("the pupil's household is not first: %+v", first)
	}
	if _, err := p.BringRoster(ctx, police, p.yard, "x.csv", strings.NewReader("linh tinh"), 9); code(err) == "" {
		t.Error("a file without people was taken")
	}
}
