package report

import (
	"testing"

	"bonphu/core/plan/plantest"
	"bonphu/internal/clock"
)

func TestClause_V_1_PeriodsOfTheCalendar(t *testing.T) {
	p := plantest.HonQuan(t)
	for _, c := range []struct {
		today                     clock.Day
		daily, weekly, once, next int
	}{
		{"2024-04-07", 0, 0, 0, 0}, {"2024-04-08", 1, 1, 2, 0}, {"2024-05-23", 46, 7, 3, 0}, {"2024-07-08", 92, 14, 3, 0}, {"2025-01-01", 92, 14, 3, 0},
	} {
		daily, weekly, once := 0, 0, 0
		seen := map[string]bool{}
		last := clock.Day("9999")
		for _, x := range Periods(p, c.today) {
			if seen[x.ID] {
				t.Errorf("%s stands twice", x.ID)
			}
			seen[x.ID] = true
			if x.Due > last {
				t.Errorf("%s is due after the one before it", x.ID)
			}
			last = x.Due
			if x.From > x.Until || x.From > c.today || x.Due < p.From {
				t.Errorf("%+v", x)
			}
			switch x.Every {
			case "day":
				daily++
			case "week":
				weekly++
			default:
				once++
			}
		}
		if daily != c.daily || weekly != c.weekly || once != c.once {
			t.Errorf("on %s: %d days, %d weeks, %d sums; want %d %d %d", c.today, daily, weekly, once, c.daily, c.weekly, c.once)
		}
	}
}

func TestClause_V_1_WeeksCoverTheCampaignOnce(t *testing.T) {
	p := plantest.HonQuan(t)
	covered := map[clock.Day]int{}
	for _, x := range Periods(p, p.Until) {
		if x.Every == "week" {
			for d := x.From; d <= x.Until; d = d.Add(1) {
				covered[d]++
			}
		}
	}
	for d := p.From; d <= p.Until; d = d.Add(1) {
		if covered[d] != 1 {
			t.Errorf("%s lies in %d weeks", d, covered[d])
		}
	}
}

func TestPunctual(t *testing.T) {
	for _, c := range []struct {
		due, first, today clock.Day
		want              Punctuality
	}{
		{"2024-05-08", "", "2024-05-07", Open}, {"2024-05-08", "", "2024-05-08", DueNow}, {"2024-05-08", "", "2024-05-09", Missing},
		{"2024-05-08", "2024-05-08", "2024-06-01", InTime}, {"2024-05-08", "2024-05-09", "2024-06-01", Late},
	} {
		if got := Punctual(c.due, c.first, c.today); got != c.want {
			t.Errorf("due %s, first %q, today %s: %s", c.due, c.first, c.today, got)
		}
	}
}

func TestLaw_D1_TheSameReadingHasTheSameCode(t *testing.T) {
	a := &Reading{Form: "bao-cao", Plan: "x", AsOf: "2024-05-08", Words: map[string]string{"b": "hai", "a": "một"}}
	b := &Reading{Form: "bao-cao", Plan: "x", AsOf: "2024-05-08", Words: map[string]string{"a": "một", "b": "hai"}}
	first, sha, err := a.freeze()
	if err != nil {
		t.Fatal(err)
	}
	second, again, _ := b.freeze()
	if first != second || sha != again || a.Code != b.Code || len(a.Code) != 11 {
		t.Error(a.Code, b.Code)
	}
	b.Words["a"] = "một."
	if _, _, _ = b.freeze(); b.Code == a.Code {
		t.Error("a changed word has the same code")
	}
	if NormalCode(" "+a.Code[:3]+" "+a.Code[3:]) != a.Code {
		t.Error("a code typed with spaces")
	}
	if NormalCode("o1i1l-abcde") != "01111-ABCDE" {
		t.Error(NormalCode("o1i1l-abcde"))
	}
}
