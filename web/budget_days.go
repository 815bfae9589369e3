package web

import (
	"fmt"
	"net/url"

	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/budget"
)

const workDaysHref = "/du-toan/cham-cong"

// workDaysAsked reads which days of work are asked for: the campaign up to today unless said otherwise.
func (a *Ask) workDaysAsked() (*WorkDays, []budget.Worker, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	u, err := a.askedUnit("budget.see")
	if err != nil {
		return nil, nil, err
	}
	s := &WorkDays{Units: a.unitChoices("budget.see", u.ID), From: string(p.From), Until: string(min(a.today(), p.Until))}
	for _, x := range []struct {
		name string
		to   *string
	}{{"tu", &s.From}, {"den", &s.Until}} {
		if v := a.R.FormValue(x.name); v != "" {
			if _, err := clock.ParseDay(v); err != nil {
				return nil, nil, fault.New(fault.Invalid, "web.day", "Ngày không đúng.").On(x.name)
			}
			*x.to = v
		}
	}
	s.Title, s.Area = "Chấm công lực lượng không hưởng lương", budgetHref
	s.Lead = u.Title() + ": ngày công là ngày có phiếu đến từng nhà được ghi nhận và chưa bị hủy."
	s.Crumbs = []Crumb{{"Kinh phí", budgetHref}, {Title: "Chấm công"}}
	list, err := a.Budget.WorkDays(a.Ctx(), a.Who, u.ID, clock.Day(s.From), clock.Day(s.Until))
	if err != nil {
		return nil, nil, err
	}
	s.Days = budget.UnpaidDays(list)
	for _, n := range p.Budget.Norms {
		if n.Counts == "work_days" {
			s.Money = fmt.Sprintf("%s × %s = %s", vn.Int(s.Days), vn.Money(int64(n.Amount)), vn.Money(s.Days*int64(n.Amount)))
			break
		}
	}
	s.File = "/du-toan/cham-cong/xlsx?" + url.Values{"don_vi": {u.Code}, "tu": {s.From}, "den": {s.Until}}.Encode()
	s.None = Empty{Icon: "team", Title: "Chưa có ngày công nào", Text: "Ngày công hiện ra khi thành viên tổ ghi phiếu đến từng nhà trên điện thoại hoặc ở bàn."}
	marks := a.Who.May("team.manage", u.ID) == nil || a.Who.May("budget.approve", u.ID) == nil
	for _, w := range list {
		if len(w.Days) == 0 {
			continue
		}
		r := WorkDayRow{Name: w.Name, Role: w.Role, Team: w.Team, ID: id.String(w.Member), Days: int64(len(w.Days)), Visits: int64(w.Visits), Paid: w.Paid}
		r.When = w.Days[0].Vi() + " – " + w.Days[len(w.Days)-1].Vi()
		if marks {
			r.Mark = workDaysHref
		}
		s.Rows = append(s.Rows, r)
	}
	return s, list, nil
}

func showWorkDays(a *Ask) error {
	s, _, err := a.workDaysAsked()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func markPaid(a *Ask) error {
	s, _, err := a.workDaysAsked()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("budget.see")
	if err != nil {
		return err
	}
	n, err := id.Parse(a.Post("member"))
	if err != nil {
		return notHere
	}
	if err := a.Budget.SetPaid(a.Ctx(), a.Who, u.ID, n, a.Post("paid") == "1"); err != nil {
		return Again(s, err)
	}
	return a.Go(workDaysHref + "?" + url.Values{"don_vi": {u.Code}, "tu": {s.From}, "den": {s.Until}}.Encode())
}

func workFile(a *Ask) error {
	s, list, err := a.workDaysAsked()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("budget.see")
	if err != nil {
		return err
	}
	if err := a.Budget.Exported(a.Ctx(), a.Who, u.ID, len(s.Rows)); err != nil {
		return err
	}
	a.attach("cham-cong-"+u.Title()+".xlsx", attach.XLSX)
	return budget.WorkBook(u.Title(), list, clock.Day(s.From), clock.Day(s.Until), a.madeAt()).Write(a.W)
}
