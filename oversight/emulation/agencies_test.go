package emulation_test

import (
	"fmt"
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/officials"
	"bonphu/oversight/emulation"
)

// TestClause_IV_1_c_IV_1_d_AgenciesAreRankedByTheirOfficials: shares against targets, not counts (law J3), and only what extracts confirm
// (law C3), as of any day (law C5).
func TestClause_IV_1_c_IV_1_d_AgenciesAreRankedByTheirOfficials(t *testing.T) {
	p := build(t)
	who := root.On(p.tree)
	book := &officials.Book{DB: p.db, Plan: p.book.Plan}
	var first int64
	for i, name := range []string{"UBND xã An Khương", "Phòng Nội vụ"} {
		office, err := book.AddAgency(ctx, who, p.units[[]string{"25330", "694"}[i]], name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = book.AddAgency(ctx, who, p.units["694"], "Huyện đoàn"); err != nil { // nobody in it
			t.Fatal(err)
		}
		for k := range i + 1 {
			n := []int{0, 1, 10}[i+k]
			official, err := book.Add(ctx, who, officials.Official{Office: office, Name: fmt.Sprintf("Điểu Thử %c", 'A'+n), Birth: fmt.Sprintf("%d-%02d-%02d", 1960+n, 1+n%12, 1+n%28), Number: people.Number(fmt.Sprintf("0700%02d%06d", 60+n, n)), From: "2024-05-05"})
			if err != nil {
				t.Fatal(err)
			}
			first = max(first, official)
		}
	}
	p.write(func(tx *db.Tx) error {
		person, err := people.WithNumber(tx, "070060000000")
		if err != nil {
			return err
		}
		var events []coverage.Event
		for _, x := range [][2]string{{"sim", "signed"}, {"phone", "smart4g"}, {"eid", "active"}} {
			events = append(events, coverage.Event{Person: person, Coverage: x[0], State: x[1], Level: coverage.Confirmed, Day: "2024-05-15", AsOf: clock.Stamp(clock.Day("2024-05-15").Time()), Source: people.National, Batch: 9})
		}
		if err := coverage.Append(tx, events); err != nil {
			return err
		}
		return book.CreditFor(tx, who, first, officials.Ask{Number: "070071000011", Name: "Điểu Thử L", What: officials.Level2, Consent: true})
	})
	r, err := p.book.Ranks(ctx, who, emulation.Agencies, "")
	if err != nil || len(r.List) != 2 {
		t.Fatalf("%+v %v", r, err)
	}
	top, low := r.List[0].Evidence, r.List[1].Evidence
	if top.Name != "UBND xã An Khương" || top.Targets[0].Confirmed != 1 || top.Targets[0].Goal != 1 || low.Targets[0].Goal != 2 || low.Targets[0].Confirmed != 0 || low.Targets[1].Goal != 20 || low.Targets[1].Confirmed != 0 {
		t.Errorf("%+v\n%+v", top, low)
	}
	if r, err = p.book.Ranks(ctx, who, emulation.Agencies, "2024-05-10"); err != nil || r.List[0].Evidence.Targets[0].Confirmed+r.List[1].Evidence.Targets[0].Confirmed != 0 {
		t.Errorf("before the extract: %+v %v", r, err)
	}
	if r, err = p.book.Ranks(ctx, who, emulation.Agencies, "2024-05-01"); err != nil || len(r.List) != 0 {
		t.Errorf("before the rosters: %+v %v", r, err)
	}
}
