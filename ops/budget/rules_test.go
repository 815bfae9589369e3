package budget

import (
	"strings"
	"testing"

	"bonphu/core/plan"
	"bonphu/core/plan/plantest"
	"bonphu/internal/fault"
)

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return ""
}

func TestClause_III_3_f_ALineIsItsPartsTimesItsPrice(t *testing.T) {
	b := plantest.HonQuan(t).Budget
	for name, x := range map[string]struct {
		line   Line
		amount int64
		want   string
	}{
		"of a norm":         {Line{Norm: "may_van_tay", Parts: []int64{2, 30}}, 21_000_000, ""},
		"cheaper than it":   {Line{Norm: "may_van_tay", Parts: []int64{1}, Price: 300_000}, 300_000, ""},
		"dearer than it":    {Line{Norm: "may_van_tay", Parts: []int64{1}, Price: 350_001}, 0, "budget.norm"},
		"free":              {Line{Title: "Thuê hội trường", Per: "buổi", Basis: "Báo giá ngày 02/5", Parts: []int64{3}, Price: 1_500_000}, 4_500_000, ""},
		"free without why":  {Line{Title: "Thuê hội trường", Parts: []int64{3}, Price: 1_500_000}, 0, "budget.basis"},
		"nothing of it":     {Line{Norm: "bang_ron", Parts: nil}, 0, "budget.quantity"},
		"none of it":        {Line{Norm: "bang_ron", Parts: []int64{0}}, 0, "budget.quantity"},
		"too much of it":    {Line{Norm: "bang_ron", Parts: []int64{10_000, 10_000}}, 0, "budget.quantity"},
		"overflowing":       {Line{Norm: "bang_ron", Parts: []int64{10_000_000, 10_000_000, 10_000_000}}, 0, "budget.quantity"},
		"too dear":          {Line{Title: "Xây nhà", Basis: "không có", Parts: []int64{1_000_000}, Price: 1_000_001}, 0, "budget.amount"},
		"negative":          {Line{Title: "Xây nhà", Basis: "không có", Parts: []int64{1}, Price: -5}, 0, "budget.amount"},
		"somebody's number": {Line{Title: "Trả ông A 070199001234", Basis: "không có", Parts: []int64{1}, Price: 5}, 0, "budget.private"},
		"no title":          {Line{Basis: "không có", Parts: []int64{1}, Price: 5}, 0, "budget.title"},
	} {
		err := x.line.check(b)
		if code(err) != x.want || err == nil && x.line.Amount() != x.amount {
			t.Errorf("%s: %v, %d", name, err, x.line.Amount())
		}
	}
}

func TestQuantitiesAndMoneyAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int64{"60": 60, "2 x 30": 60, "2×30×2": 120, "1.500": 1500, "2 * 1.500": 3000, " 7 ": 7, "": -1, "x": -1, "2 x": 2, "1.5": -1, "-3": -1, "2 x 0": -1, "1x1x1x1x1": -1, "9999999999999999999": -1, "12.34.567": -1} {
		got := int64(-1)
		if parts, err := ParseParts(text); err == nil {
			l := Line{Parts: parts}
			got = l.Quantity()
		}
		if got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	for text, want := range map[string]int64{"350.000": 350_000, "350000": 350_000, "350 000 đ": 350_000, "1.200 đồng": 1200, "0": 0, "1,5": -1, "abc": -1, "-1": -1, "1.000.000.000.001": -1, "35.00": -1} {
		got, err := ParseMoney(text)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestClause_V_5_NothingBeyondWhatWasAskedIsGrantedOrPaid(t *testing.T) {
	l := Line{Title: "Băng rôn", Per: "chiếc", Parts: []int64{10}, Price: 450_000, Approved: -1}
	if l.Granted() != 0 || code(l.pay(1)) != "budget.over" {
		t.Error("paid before anything was decided")
	}
	for _, x := range []struct {
		n    int64
		why  string
		want string
	}{{11, "", "budget.grant"}, {-1, "", "budget.grant"}, {8, "", "budget.grant_why"}, {8, strings.Repeat("a", 301), "budget.grant_long"}, {8, "ngân sách còn ít", ""}, {10, "", ""}, {0, "không cần", ""}} {
		if got := code(l.grant(x.n, x.why)); got != x.want {
			t.Errorf("granting %d: %q, want %q", x.n, got, x.want)
		}
	}
	l.Approved = 8
	for _, x := range []struct {
		spent, amount int64
		want          string
	}{{0, 3_600_000, ""}, {0, 3_600_001, "budget.over"}, {3_600_000, 1, "budget.over"}, {0, 0, "budget.pay"}, {0, -5, "budget.pay"}, {3_000_000, 600_000, ""}} {
		l.Spent = x.spent
		if got := code(l.pay(x.amount)); got != x.want {
			t.Errorf("%d after %d: %q, want %q", x.amount, x.spent, got, x.want)
		}
	}
}

// Whatever the lines, their sum is the sum of their amounts and nothing overflows.
func FuzzLine(f *testing.F) {
	f.Add("2 x 30", "350.000")
	f.Add("9999999 x 1", "999.999.999.999")
	f.Fuzz(func(t *testing.T, quantity, money string) {
		parts, err := ParseParts(quantity)
		price, err2 := ParseMoney(money)
		if err != nil || err2 != nil {
			return
		}
		l := Line{Title: "Một dòng", Basis: "để thử", Parts: parts, Price: price}
		if l.check(plan.Budget{}) != nil {
			return
		}
		if a := l.Amount(); a < 0 || a > maxAmount || Total([]Line{l, l}).Proposed != 2*a {
			t.Errorf("%q of %q: %d", quantity, money, a)
		}
	})
}
