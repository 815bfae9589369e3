package web

import (
	"net/url"
	"strconv"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/reconcile"
)

const declaredHref = settlingHref + "/tu-bao"

// declaredScreen is what units declare by themselves beside the ledger (law D2).
func (a *Ask) declaredScreen() (*SelfDeclared, *plan.Plan, error) {
	u, err := a.askedUnit("reconcile.see")
	if err != nil {
		return nil, nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	day, err := a.day()
	if err != nil {
		return nil, nil, err
	}
	list, err := a.Reconcile.Declarations(a.Ctx(), a.Who, u.ID, day)
	if err != nil {
		return nil, nil, err
	}
	tree := a.Who.Tree()
	s := &SelfDeclared{Units: a.unitChoices("reconcile.see", u.ID), Unit: u.Code, Day: string(day), MayWrite: a.Who.MayAnywhere("declare.write"),
		None: Empty{Icon: "book", Title: "Chưa có số tự báo nào", Text: "Số mà đơn vị báo bằng tin nhắn hoặc văn bản được nhập ở đây và đặt cạnh số của sổ; không bao giờ thay cho số đã xác nhận."}}
	s.Title, s.Area, s.Lead = "Số đơn vị tự báo", settlingHref, u.Title()+": số mới nhất mỗi đơn vị tự báo đến hết ngày "+day.Vi()+", đặt cạnh số của sổ ngày ấy."
	s.Crumbs = []Crumb{{"Đối soát", settlingHref + "?don_vi=" + url.QueryEscape(u.Code)}, {Title: s.Title}}
	if s.MayWrite {
		s.Writable = a.unitChoices("declare.write", u.ID)
	}
	for i := range p.Targets {
		s.Targets = append(s.Targets, Choice{p.Targets[i].ID, p.Targets[i].Short, false})
	}
	for i := range list {
		d := &list[i]
		row := DeclaredRow{ID: id.String(d.ID), Unit: tree.FullName(d.Unit), Target: targetShort(p, d.Target), Day: d.Day.Vi(), Said: vn.Int(d.Done), Wrong: d.Fault(), Source: d.Source, Who: d.WhoName, Ledger: d.Ledger, Beside: d.Beside,
			MayDrop: a.Who.May("declare.write", d.Unit) == nil}
		if d.Whole > 0 {
			row.Said += "/" + vn.Int(d.Whole)
		}
		if d.Percent != "" {
			row.Said += " (" + d.Percent + " %)"
		}
		switch more := d.More(); {
		case more > 0:
			row.More, row.Mood = "báo nhiều hơn "+vn.Int(more), "bad"
		case more < 0:
			row.More, row.Mood = "báo ít hơn "+vn.Int(-more), "note"
		default:
			row.More, row.Mood = "khớp", "good"
		}
		s.Rows = append(s.Rows, row)
	}
	for _, t := range reconcile.Totals(list, tree) {
		row := TotalRow{Unit: tree.ByID(t.Unit).Title(), Target: targetShort(p, t.Target), Mood: "good",
			Text: "tự báo " + vn.Int(t.Said) + "; cộng " + strconv.Itoa(t.Units) + "/" + strconv.Itoa(t.Of) + " đơn vị trực thuộc được " + vn.Int(t.Parts)}
		if t.Said != t.Parts {
			row.Mood = "bad"
			if t.Units < t.Of && t.Parts < t.Said {
				row.Mood = "note"
			}
		}
		s.Totals = append(s.Totals, row)
	}
	return s, p, nil
}

func targetShort(p *plan.Plan, target string) string {
	if t := p.Target(target); t != nil {
		return t.Short
	}
	return target
}

func showDeclared(a *Ask) error {
	s, _, err := a.declaredScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// declare reads a pasted text, or keeps what was typed or read.
func declare(a *Ask) error {
	s, p, err := a.declaredScreen()
	if err != nil {
		return err
	}
	unit := a.Who.Tree().ByCode(a.Post("unit"))
	if unit == nil {
		return Again(s, fault.New(fault.Invalid, "web.unit", "Hãy chọn đơn vị tự báo.").On("unit"))
	}
	base := reconcile.Declared{Unit: unit.ID, Day: clock.Day(a.Post("day")), Source: a.Post("source"), Note: a.Post("text")}
	switch a.Post("what") {
	case "read":
		s.Pasted = a.Post("text")
		for i, x := range reconcile.Read(s.Pasted, p) {
			if i == readMax {
				break
			}
			row := ReadRow{N: i, Label: x.Label, Target: x.Target, Done: x.Done, Whole: x.Whole, Percent: x.Percent, Wrong: x.Fault(), Targets: []Choice{{"", "– bỏ qua –", x.Target == ""}}}
			for _, t := range p.Targets {
				row.Targets = append(row.Targets, Choice{t.ID, t.Short, t.ID == x.Target})
			}
			s.Read = append(s.Read, row)
		}
		if len(s.Read) == 0 {
			return Again(s, fault.New(fault.Invalid, "web.nothing_read", "Không đọc được số nào trong tin nhắn. Hãy dán câu có dạng “CCCD: 120/150 (80 %)”, hoặc nhập từng số.").On("text"))
		}
		s.Form = NewForm(a.R.PostForm)
		return a.Show(s)
	case "keep":
		kept := 0
		for i := range readMax {
			n := strconv.Itoa(i)
			d := base
			if d.Target = a.Post("target" + n); d.Target == "" {
				continue
			}
			d.Done, _ = strconv.ParseInt(a.Post("done"+n), 10, 64)
			d.Whole, _ = strconv.ParseInt(a.Post("whole"+n), 10, 64)
			d.Percent = a.Post("percent" + n)
			if _, err := a.Reconcile.Declare(a.Ctx(), a.Who, d); err != nil {
				return Again(s, err)
			}
			kept++
		}
		if kept == 0 {
			return Again(s, fault.New(fault.Invalid, "web.nothing_kept", "Chưa chọn chỉ tiêu cho số nào. Hãy chọn ít nhất một chỉ tiêu rồi lưu."))
		}
	default:
		d := base
		var err1, err2 error
		d.Target, d.Percent = a.Post("target"), a.Post("percent")
		d.Done, err1 = wholeNumber(a.Post("done"))
		d.Whole, err2 = wholeNumber(a.Post("whole"))
		if err1 != nil || err2 != nil || a.Post("done") == "" {
			return Again(s, fault.New(fault.Invalid, "web.number", "Số tự báo phải là số nguyên, ví dụ 1.942.").On("done"))
		}
		if _, err := a.Reconcile.Declare(a.Ctx(), a.Who, d); err != nil {
			return Again(s, err)
		}
	}
	return a.Go(declaredHref + "?" + url.Values{"don_vi": {s.Unit}}.Encode())
}

// readMax bounds how many totals of one text are kept.
const readMax = 40

// wholeNumber reads "1.942" or "1942"; "" is 0.
func wholeNumber(s string) (int64, error) {
	digits := ""
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case r != '.' && r != ' ':
			return 0, strconv.ErrSyntax
		}
	}
	if digits == "" {
		return 0, nil
	}
	return strconv.ParseInt(digits, 10, 64)
}

func dropDeclared(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	if err := a.Reconcile.Undeclare(a.Ctx(), a.Who, n, a.Post("why")); err != nil {
		s, _, listed := a.declaredScreen()
		if listed != nil {
			return listed
		}
		return Again(s, err)
	}
	return a.Go(declaredHref + "?" + url.Values{"don_vi": {a.Post("don_vi")}}.Encode())
}
