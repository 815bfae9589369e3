package web

import (
	"cmp"
	"slices"
	"strconv"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/vn"
)

const leftHref = "/tat-2g"

// lately are the days over which the present pace of hand-overs is taken.
const lately = 7

// phoneOrders are the kinds of orders that give a telephone.
func phoneOrders(p *plan.Plan) []string {
	var out []string
	for _, item := range p.Aid.Items {
		if item.Coverage == p.Aid.Phones && item.Handed != "" {
			out = append(out, item.ID)
		}
	}
	return out
}

// perDay spells a pace to one decimal.
func perDay(n, days int64) string {
	if days <= 0 {
		return "–"
	}
	tenths := (n*10 + days - 1) / days
	return vn.Int(tenths/10) + "," + strconv.FormatInt(tenths%10, 10)
}

func showPhonesLeft(a *Ask) error {
	s := &PhonesLeft{None: Empty{Icon: "phone", Title: "Kế hoạch chưa nói đến điện thoại", Text: "Ghi mục aid.phones và chỉ tiêu của mục tiêu ấy trong kế hoạch để theo dõi người chưa có máy 4G."}}
	s.Title, s.Area = "Điện thoại 2G còn lại", leftHref
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("aid.see")
	if err != nil {
		return err
	}
	s.Units = a.unitChoices("aid.see", u.ID)
	target := p.MainTarget(p.Aid.Phones)
	if p.Aid.Phones == "" || target == nil {
		return a.Show(s)
	}
	days := int64(0)
	if off := p.SwitchOff2G; off != "" {
		s.Day, days = off.Vi(), int64(off.Sub(a.today()))
	}
	kids := a.Who.Tree().Children(u.ID, a.today())
	units := append([]*territory.Unit{u}, kids...)
	ids := make([]int64, len(units))
	for i, x := range units {
		ids[i] = x.ID
	}
	told, err := a.Figures.Standings(a.Ctx(), a.Who, ids, "")
	if err != nil {
		return err
	}
	flows, err := a.Aid.Flows(a.Ctx(), a.Who, u.ID, phoneOrders(p), a.today().Add(1-lately))
	if err != nil {
		return err
	}
	row := func(x *territory.Unit) PhonesRow {
		st := told[x.ID][target.ID]
		r := PhonesRow{Name: x.Title(), Left: max(0, st.Eligible-st.Confirmed), Claimed: st.Claimed, OrdersHref: ordersHref + "?don_vi=" + x.Code}
		if st.Eligible > 0 {
			r.Share = int(100 * st.Confirmed / st.Eligible)
		}
		for _, d := range a.Who.Tree().Descendants(x.ID) {
			r.Under += int64(flows[d].Before)
			r.Lately += int64(flows[d].Lately)
		}
		r.Need, r.Have = "–", perDay(r.Lately, lately)
		if days > 0 {
			r.Need = perDay(r.Left, days)
			r.Slow = r.Lately*days < r.Left*lately
		}
		if len(a.Who.Tree().Children(x.ID, a.today())) > 0 && x != u {
			r.Href = leftHref + "?don_vi=" + x.Code
		}
		r.People = a.peopleHref(x, "t:"+target.ID+":in", "t:"+target.ID+":confirmed")
		return r
	}
	s.Sum = row(u)
	s.Lead = u.Title() + ": ai còn chưa có điện thoại 4G, đang đăng ký bao nhiêu, mỗi ngày phải giao bao nhiêu máy."
	for _, k := range kids {
		s.Rows = append(s.Rows, row(k))
	}
	slices.SortStableFunc(s.Rows, func(x, y PhonesRow) int { return cmp.Compare(y.Left, x.Left) }) // where most are left first
	left := Stat{Label: "Còn đến ngày tắt sóng 2G", Value: "chưa có ngày", Note: "kế hoạch chưa ghi switch_off_2g"}
	switch {
	case s.Day != "" && days > 0:
		left.Value, left.Note, left.Kind = vn.Int(days)+" ngày", "tắt ngày "+s.Day, kindIf(days <= 30, "warn")
	case s.Day != "":
		left.Value, left.Note, left.Kind = "đã tắt sóng", "từ ngày "+s.Day, "bad"
	}
	s.Stats = []Stat{left, {Label: "Chưa có điện thoại 4G", Value: vn.Int(s.Sum.Left), Note: "theo bản trích xuất", Href: s.Sum.People}, {Label: "Đơn máy đang làm", Value: vn.Int(s.Sum.Under), Note: "chưa giao", Href: ordersHref + "?don_vi=" + u.Code},
		{Label: "Phải giao mỗi ngày", Value: s.Sum.Need, Note: "7 ngày qua giao " + s.Sum.Have + " máy mỗi ngày", Kind: kindIf(s.Sum.Slow, "warn")}}
	return a.Show(s)
}

// phonesCard tells the board how many lack a 4G telephone against the days to the switch-off; false where the plan says nothing of it.
func (f *unitFigures) phonesCard(a *Ask) (Care, bool) {
	p := f.plan
	target := p.MainTarget(p.Aid.Phones)
	if p.Aid.Phones == "" || target == nil || p.SwitchOff2G == "" || a.Aid == nil || a.Who.May("aid.see", f.unit.ID) != nil {
		return Care{}, false
	}
	st := f.own(target.ID)
	n, days := max(0, st.Eligible-st.Confirmed), int64(p.SwitchOff2G.Sub(f.day))
	if n == 0 {
		return Care{}, false
	}
	c := Care{Icon: "phone", Kind: kindIf(days <= 120, "warn"), Text: vn.Int(n) + " người chưa có điện thoại 4G", Href: leftHref + "?don_vi=" + f.unit.Code}
	if c.Note = "Còn " + vn.Int(days) + " ngày đến khi tắt sóng 2G (" + p.SwitchOff2G.Vi() + "): mỗi ngày phải giao " + perDay(n, days) + " máy."; days <= 0 {
		c.Kind, c.Note = "bad", "Sóng 2G đã tắt từ ngày "+p.SwitchOff2G.Vi()+"."
	}
	return c, true
}
