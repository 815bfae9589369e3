package emulation

import (
	"bonphu/internal/fault"
)

// Change is what might have been decided otherwise for one unit: refuted claims excused, reports counted as handed in or in time,
// false findings judged true, confirmed added to one target.
type Change struct {
	Key      string
	Excuse   int64  // of the denied claims
	Reports  int    // of the missing ones, counted as handed in late
	InTime   int    // of the late ones, counted as in time
	Findings int64  // of the false findings, judged true
	Target   string // with More
	More     int64  // persons more (or, negative, fewer) confirmed in it
}

// Empty tells whether nothing is changed.
func (c Change) Empty() bool {
	return c.Excuse == 0 && c.Reports == 0 && c.InTime == 0 && c.Findings == 0 && c.More == 0
}

// WhatIf judges a round anew with one case decided otherwise, and lists everybody who would stand otherwise. Nothing is kept.
func WhatIf(list []Verdict, th Thresholds, c Change) ([]Verdict, []Difference, error) {
	out := make([]Verdict, len(list))
	found := false
	for i, v := range list {
		out[i] = v
		if v.Evidence.Key != c.Key {
			continue
		}
		found = true
		if c.Empty() {
			continue
		}
		e, err := apply(v.Evidence, c)
		if err != nil {
			return nil, nil, err
		}
		out[i] = Judge(e, th)
	}
	if !found {
		return nil, nil, fault.New(fault.Missing, "emulation.subject", "Đợt xét này không có đơn vị đã chọn.").On("unit")
	}
	out = Rank(out)
	return out, Differences(list, out), nil
}

// apply changes a copy of the evidence; more than there is cannot be changed.
func apply(e Evidence, c Change) (Evidence, error) {
	bound := func(field string, n, most int64, what string) error {
		if n < 0 || n > most {
			return fault.New(fault.Invalid, "emulation.what_if", "%s phải từ 0 đến %d.", what, most).On(field)
		}
		return nil
	}
	for _, err := range []error{bound("excuse", c.Excuse, e.Claims.N, "Số trường hợp được xét không do đơn vị"), bound("reports", int64(c.Reports), int64(e.Reporting.Missing), "Số kỳ báo cáo coi như đã nộp"),
		bound("intime", int64(c.InTime), int64(e.Reporting.Late), "Số kỳ báo cáo coi như đúng hạn"), bound("findings", c.Findings, e.Found.N, "Số kết quả kiểm tra xét lại là đúng")} {
		if err != nil {
			return e, err
		}
	}
	e.Claims = ShareOf(e.Claims.N-c.Excuse, e.Claims.Of-c.Excuse)
	e.Excused += c.Excuse
	e.Found = ShareOf(e.Found.N-c.Findings, e.Found.Of)
	e.Reporting.Missing -= c.Reports
	e.Reporting.Late += c.Reports - c.InTime
	e.Reporting.InTime += c.InTime
	if c.Reports > 0 {
		e.Reporting.Names = nil
	}
	targets := append([]Done(nil), e.Targets...)
	for i := range targets {
		if t := &targets[i]; t.ID == c.Target {
			if t.Confirmed+c.More < 0 {
				return e, fault.New(fault.Invalid, "emulation.what_if", "Không bớt được nhiều hơn số đã xác nhận.").On("more")
			}
			t.Confirmed += c.More
		}
	}
	e.Targets = targets
	return e, nil
}
