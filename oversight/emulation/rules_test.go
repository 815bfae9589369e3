package emulation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var th = Thresholds{Excellent: 100, Good: 95, Complete: 80, OverClaim: 5, InspectFalse: 5, MinReports: 90, ContestDays: 5, Clause: "IV.2.b"}

// unit with targets given as "confirmed/goal".
func unit(code string, targets ...[2]int64) Evidence {
	e := Evidence{Key: code, Code: code, Name: "Xã " + code, Calendar: true}
	for i, t := range targets {
		e.Targets = append(e.Targets, Done{ID: fmt.Sprint("t", i), Short: fmt.Sprint("Chỉ tiêu ", i+1), Confirmed: t[0], Goal: t[1]})
	}
	return e
}

func TestClause_IV_2_b_ClassFollowsTheWeakestTarget(t *testing.T) {
	for _, c := range []struct {
		name    string
		targets [][2]int64
		want    Class
		points  int64
		reason  string
	}{
		{"all reached", [][2]int64{{100, 100}, {50, 50}}, Excellent, 10_000, "Mọi chỉ tiêu đạt từ 100 %"},
		{"beyond one target makes good for no other", [][2]int64{{300, 100}, {94, 100}}, Complete, 9_700, "Chưa đạt 95 %: Chỉ tiêu 2"},
		{"one person short is not all", [][2]int64{{99_999, 100_000}}, Good, 9_999, "99,99 %"},
		{"at the good mark", [][2]int64{{95, 100}, {100, 100}}, Good, 9_750, "thấp nhất là Chỉ tiêu 1: 95/100 (95,00 %)"},
		{"just below it", [][2]int64{{949, 1000}}, Complete, 9_490, "Chưa đạt 95 %"},
		{"at the lowest mark", [][2]int64{{80, 100}}, Complete, 8_000, "80 %"},
		{"below", [][2]int64{{79, 100}, {100, 100}}, Failed, 8_950, "Có chỉ tiêu dưới 80 %: Chỉ tiêu 1"},
		{"nothing done", [][2]int64{{0, 10}}, Failed, 0, "0/10 (0,00 %)"},
		{"a target of nobody is left out", [][2]int64{{0, 0}, {10, 10}}, Excellent, 10_000, ""},
		{"no target at all", [][2]int64{{0, 0}}, Unranked, -1, "không xếp hạng"},
		{"nothing known", nil, Unranked, -1, "không xếp hạng"},
	} {
		v := Judge(unit("1", c.targets...), th)
		if v.Class != c.want || v.Points != c.points || !strings.Contains(v.Reasons[0].Text, c.reason) {
			t.Errorf("%s: %s %d %q", c.name, v.Class, v.Points, v.Reasons[0].Text)
		}
	}
}

func TestLaw_J2_ExcludedWithTheEvidence(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Evidence)
		want   Class
		code   string
		says   string
	}{
		{"reported all", func(e *Evidence) { e.Reporting = Reporting{Due: 10, InTime: 10} }, Excellent, "reported", "10/10"},
		{"one missing of ten is within 90 %", func(e *Evidence) {
			e.Reporting = Reporting{Due: 10, InTime: 9, Missing: 1, Names: []string{"Báo cáo tuần"}}
		}, Excellent, "report_late", "1 kỳ còn thiếu"},
		{"two missing of ten", func(e *Evidence) {
			e.Reporting = Reporting{Due: 10, InTime: 8, Missing: 2, Names: []string{"Báo cáo tuần", "Sơ kết"}}
		}, Excluded, "not_reported", "Còn thiếu: Báo cáo tuần; Sơ kết"},
		{"late is handed in", func(e *Evidence) { e.Reporting = Reporting{Due: 10, Late: 10} }, Excellent, "report_late", "10 kỳ muộn"},
		{"no calendar excludes nobody", func(e *Evidence) { e.Calendar, e.Reporting = false, Reporting{Due: 10, Missing: 10} }, Excellent, "no_calendar", "Chưa có lịch"},
		{"refuted beyond the threshold", func(e *Evidence) { e.Claims = ShareOf(30, 200) }, Excluded, "over_claim", "30/200 (15,0 %"},
		{"a doubt speaks for the unit", func(e *Evidence) { e.Claims = ShareOf(1, 10) }, Excellent, "over_claim_doubt", "cận dưới chưa vượt"},
		{"within the threshold", func(e *Evidence) { e.Claims = ShareOf(4, 200) }, Excellent, "over_claim_few", "trong ngưỡng 5 %"},
		{"all excused", func(e *Evidence) { e.Claims, e.Excused = ShareOf(0, 100), 20 }, Excellent, "excused", "20 trường hợp"},
		{"inspection found false", func(e *Evidence) { e.Found = ShareOf(12, 60) }, Excluded, "inspect_false", "12/60"},
		{"a small sample", func(e *Evidence) { e.Found = ShareOf(1, 8) }, Excellent, "inspect_false_doubt", "Cần kiểm tra thêm"},
	} {
		e := unit("1", [2]int64{10, 10})
		c.change(&e)
		v := Judge(e, th)
		i := slices.IndexFunc(v.Reasons, func(r Reason) bool { return r.Code == c.code })
		if v.Class != c.want || i < 0 || !strings.Contains(v.Reasons[i].Text, c.says) {
			t.Errorf("%s: %s %+v", c.name, v.Class, v.Reasons)
		}
	}
}

func TestLaw_J3_TiesAreTies(t *testing.T) {
	list := JudgeAll([]Evidence{unit("c", [2]int64{97, 100}), unit("a", [2]int64{970, 1000}), unit("b", [2]int64{100, 100}), unit("d", [2]int64{96, 100}), unit("e"), unit("f", [2]int64{10, 100})}, th)
	var got []string
	for _, v := range list {
		got = append(got, fmt.Sprintf("%s%d%v", v.Evidence.Code, v.Rank, v.Tied))
	}
	if want := "b1false a2true c2true d4false f5false e0false"; strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
}

// A higher class stands before a higher mean: the mean of one who lets a target lie cannot pass one who did all.
func TestLaw_J3_TheMeanCannotHideATarget(t *testing.T) {
	list := JudgeAll([]Evidence{unit("a", [2]int64{100, 100}, [2]int64{100, 100}, [2]int64{94, 100}), unit("b", [2]int64{95, 100}, [2]int64{95, 100}, [2]int64{95, 100})}, th)
	if list[0].Evidence.Code != "b" || list[0].Points >= list[1].Points {
		t.Errorf("%+v", list)
	}
}

func random(r *rand.Rand) Evidence {
	e := unit(fmt.Sprintf("%05d", r.IntN(100_000)))
	for i := range 1 + r.IntN(4) {
		goal := int64(r.IntN(20))
		e.Targets = append(e.Targets, Done{ID: fmt.Sprint(i), Short: fmt.Sprint("Chỉ tiêu ", i), Goal: goal, Confirmed: int64(r.IntN(25))})
	}
	e.Reporting.Due = r.IntN(12)
	if e.Reporting.Due > 0 {
		e.Reporting.Missing = r.IntN(min(3, e.Reporting.Due))
	}
	e.Reporting.InTime = e.Reporting.Due - e.Reporting.Missing
	of := int64(r.IntN(300))
	e.Claims = ShareOf(of*int64(r.IntN(20))/100, of)
	return e
}

func TestLaw_J3_Properties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 6))
	for range 300 {
		var list []Evidence
		seen := map[string]bool{}
		for range 1 + r.IntN(20) {
			if e := random(r); !seen[e.Key] {
				seen[e.Key] = true
				list = append(list, e)
			}
		}
		told := JudgeAll(list, th)
		shuffled, scaled := slices.Clone(list), slices.Clone(list)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for i := range scaled {
			scaled[i].Targets = slices.Clone(scaled[i].Targets)
			for j := range scaled[i].Targets {
				scaled[i].Targets[j].Goal *= 37
				scaled[i].Targets[j].Confirmed *= 37
			}
		}
		for i, v := range JudgeAll(shuffled, th) {
			if v.Evidence.Key != told[i].Evidence.Key || v.Rank != told[i].Rank {
				t.Fatalf("order of input matters at %d", i)
			}
		}
		for i, v := range JudgeAll(scaled, th) {
			if v.Evidence.Key != told[i].Evidence.Key || v.Rank != told[i].Rank || v.Class != told[i].Class {
				t.Fatalf("scale matters at %d", i)
			}
		}
		for i, v := range told {
			if slices.ContainsFunc(v.Reasons, func(x Reason) bool { return x.Bars }) && (v.Class.Rewarded() || v.Rank != 0) {
				t.Fatalf("excluded and rewarded: %+v", v)
			}
			if i > 0 && v.Rank > 0 && (v.Rank == told[i-1].Rank) != (v.Class == told[i-1].Class && v.Points == told[i-1].Points) {
				t.Fatalf("ties: %+v %+v", told[i-1], v)
			}
		}
	}
}
