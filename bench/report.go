package main

import (
	"bytes"
	"fmt"
	"time"

	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/oversight/report"
)

// reports makes the final report with an appendix a commune, and a report of each hamlet, from figures to .docx (KH:V.1).
func reports(b *bench) ([]result, error) {
	tree, err := b.app.Door.Tree(b.ctx)
	if err != nil {
		return nil, err
	}
	who := root.On(tree)
	paper := func(unit int64) (int, error) {
		r, err := b.app.Reports.Make(b.ctx, who, report.Order{Form: "bao-cao", Period: "tongket", Unit: unit, Day: "2024-07-08"})
		if err != nil {
			return 0, err
		}
		var out bytes.Buffer
		err = b.app.Reports.Docx(b.ctx, who, &report.Kept{Code: r.Code, Unit: unit, Reading: r}, "", &out)
		return out.Len(), err
	}
	top := tree.ByCode(b.app.Plan().Place.Unit)
	if top == nil {
		return nil, fault.New(fault.Missing, "bench.place", "Không có địa bàn của kế hoạch.")
	}
	mid, _, err := median(5, func(int) error {
		n, err := paper(top.ID)
		if err == nil && n < 10_000 {
			err = fmt.Errorf("the final report has %d bytes", n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var hamlets []int64
	for _, u := range tree.All() {
		if u.Tier == territory.TierHamlet && len(hamlets) < 102 {
			hamlets = append(hamlets, u.ID)
		}
	}
	began := time.Now()
	for _, h := range hamlets {
		if _, err := paper(h); err != nil {
			return nil, err
		}
	}
	all := time.Since(began)
	return []result{
		{work: "final report with its appendices, .docx", ours: mid.Round(time.Millisecond).String(), ratio: mid.Seconds(), limit: 3, unit: "s", atMost: true},
		{work: fmt.Sprintf("%d hamlet reports, .docx", len(hamlets)), ours: all.Round(time.Millisecond).String(), ratio: all.Seconds(), limit: 20, unit: "s", atMost: true},
	}, nil
}
