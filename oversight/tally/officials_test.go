package tally_test

import (
	"testing"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/allotment"
	"bonphu/ops/officials"
	"bonphu/oversight/tally"
)

// TestClause_IV_1_c_OfficialsAreCountedOnTheRoster: the target's denominator is the agencies' roster, by unit and as of any day; who is not
// linked with the register is in it and not confirmed, and claims stand beside (law C3).
func TestClause_IV_1_c_OfficialsAreCountedOnTheRoster(t *testing.T) {
	p := newPlace(t)
	p.bring("register", "2024-05-02", "25330", row(1, "Ấp 1", "issued", "active", "yes", "yes", "4G"), row(2, "Ấp 1", "issued", "active", "yes", "yes", "2G"), row(3, "Ấp 1", "issued", "active", "yes", "yes", "4G"))
	current := func() *plan.Plan { return p.plan }
	book := &officials.Book{DB: p.db, Plan: current}
	for i, unit := range []string{"25330", "694", "694", "25354"} {
		office, err := book.AddAgency(ctx, root, p.units[unit], []string{"UBND xã An Khương", "Phòng Nội vụ", "Phòng Nội vụ", "UBND xã Thanh Bình"}[i])
		if err != nil {
			t.Fatal(err)
		}
		r := row(i+1, "Ấp 1")
		if _, err := book.Add(ctx, root, officials.Official{Office: office, Name: r.Name, Birth: r.Birth.String(), Number: people.Number(r.Number), From: "2024-05-10"}); err != nil {
			t.Fatal(err)
		}
	}
	desk := tally.Desk{Book: p.book, Allot: &allotment.Book{DB: p.db, Plan: current}}
	for _, x := range []struct {
		unit, day       string
		goal, confirmed int64
	}{{"694", "", 4, 2}, {"25330", "", 1, 1}, {"25354", "", 1, 0}, {"694", "2024-05-09", 0, 0}} {
		var s tally.Standing
		if err := p.db.Read(ctx, func(tx *db.Tx) error {
			told, err := desk.StandingsIn(tx, nil, []int64{p.units[x.unit]}, clock.Day(x.day))
			s = told[p.units[x.unit]]["officials"]
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if s.Goal != x.goal || s.Eligible != x.goal || s.Confirmed != x.confirmed {
			t.Errorf("%s %s: %+v", x.unit, x.day, s)
		}
	}
}
