package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/budget"
)

const budgetHref = "/du-toan"

func budgetMood(state string) string {
	switch state {
	case budget.Approved:
		return "good"
	case budget.Returned:
		return "bad"
	case budget.Sent:
		return "warn"
	}
	return ""
}

func (a *Ask) madeAt() string { return "Lập lúc " + timeVi(a.Clock()) }

func showBudgets(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("budget.see")
	if err != nil {
		return err
	}
	office, _ := id.Parse(a.Query("co_quan"))
	list, err := a.Budget.List(a.Ctx(), a.Who, budget.Query{Unit: u.ID, Office: office, State: a.Query("tinh_trang")})
	if err != nil {
		return err
	}
	whole, err := a.Budget.Consolidate(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return err
	}
	s := &Budgets{Units: a.unitChoices("budget.see", u.ID), Words: vn.MoneyWords(whole.Whole.Proposed), File: "/du-toan/xlsx?don_vi=" + url.QueryEscape(u.Code)}
	s.Title, s.Area, s.Lead = "Kinh phí", budgetHref, "Đề xuất theo dòng chi có căn cứ, được duyệt bao nhiêu, đã chi bao nhiêu."
	if a.Who.MayAnywhere("budget.propose") && a.Who.Office != 0 {
		s.New = budgetHref + "/moi"
	}
	if a.Who.MayAnywhere("team.see") {
		s.Work = workDaysHref
	}
	s.States = []Choice{{"", "Mọi tình trạng", false}}
	for _, x := range []string{budget.Sent, budget.Approved, budget.Returned, budget.Draft} {
		s.States = append(s.States, Choice{x, budget.StateTitle(x), false})
	}
	for i := range s.States {
		s.States[i].Chosen = s.States[i].Value == a.Query("tinh_trang")
	}
	s.Offices = []Choice{{"", "Mọi cơ quan", office == 0}}
	for _, o := range whole.Offices {
		s.Offices = append(s.Offices, Choice{id.String(o.ID), vn.UpperFirst(o.Name), o.ID == office})
	}
	w := whole.Whole
	s.Stats = []Stat{{Label: "Đề xuất", Value: vn.Money(w.Proposed), Note: "đã gửi"}, {Label: "Đã duyệt", Value: vn.Money(w.Granted), Note: "bằng " + vn.Percent(w.Granted, w.Proposed) + " đề xuất"},
		{Label: "Đã chi", Value: vn.Money(w.Spent), Note: "bằng " + vn.Percent(w.Spent, w.Granted) + " số duyệt"}, {Label: "Chờ thẩm định", Value: vn.Int(int64(whole.Waiting)), Note: "đề xuất", Kind: kindWhen(whole.Waiting > 0, "warn"), Href: budgetHref + "?tinh_trang=" + budget.Sent}}
	var groups []string
	for _, g := range whole.Groups {
		if whole.Of(0, g).Proposed > 0 {
			groups = append(groups, g)
			s.Heads = append(s.Heads, p.Budget.GroupOf(g).Title)
		}
	}
	row := func(title, href string, office int64) BudgetSum {
		x := whole.Of(office, "")
		r := BudgetSum{Title: title, Href: href, Proposed: x.Proposed, Granted: x.Granted, Spent: x.Spent, Share: vn.Percent(x.Spent, x.Granted)}
		for _, g := range groups {
			r.Groups = append(r.Groups, whole.Of(office, g).Proposed)
		}
		return r
	}
	for _, o := range whole.Offices {
		s.Sums = append(s.Sums, row(vn.UpperFirst(o.Name), budgetHref+"?co_quan="+id.String(o.ID), o.ID))
	}
	if len(s.Sums) > 1 {
		t := row("Cộng", "", 0)
		t.Total = true
		s.Sums = append(s.Sums, t)
	}
	for i := range list {
		x := &list[i]
		sum := x.Sum()
		r := BudgetRow{Title: x.Title, Href: budgetHref + "/" + id.String(x.ID), Office: vn.UpperFirst(x.Office.Name), State: budget.StateTitle(x.State), Mood: budgetMood(x.State), Proposed: sum.Proposed, Granted: sum.Granted, Spent: sum.Spent}
		switch {
		case x.DecidedDay != "":
			r.When = "duyệt " + x.DecidedDay.Vi()
		case x.SentDay != "":
			r.When = "gửi " + x.SentDay.Vi()
		}
		s.Rows = append(s.Rows, r)
	}
	s.None = Empty{Icon: "folder", Title: "Chưa có đề xuất kinh phí nào", Text: "Đề xuất gồm các dòng chi: số lượng, đơn giá theo định mức, căn cứ. Thành tiền và số bằng chữ do chương trình tính.", Href: s.New, Do: "Lập đề xuất"}
	if s.New == "" {
		s.None.Do = ""
	}
	return a.Show(s)
}

func budgetFile(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("budget.see")
	if err != nil {
		return err
	}
	list, err := a.Budget.List(a.Ctx(), a.Who, budget.Query{Unit: u.ID})
	if err != nil {
		return err
	}
	whole, err := a.Budget.Consolidate(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return err
	}
	a.attach("kinh-phi-"+u.Title()+".xlsx", attach.XLSX)
	return budget.ConsolidatedBook(p, whole, list, a.madeAt()).Write(a.W)
}

// normChoices are the plan's norms for a line, and one for what has none.
func normChoices(b plan.Budget, chosen string) []Choice {
	out := []Choice{{"", "Ngoài định mức", chosen == ""}}
	for _, n := range b.Norms {
		out = append(out, Choice{n.ID, fmt.Sprintf("%s: %s/%s", n.Title, vn.Money(int64(n.Amount)), n.Per), n.ID == chosen})
	}
	return out
}

// spareLines are empty rows to write into.
const spareLines = 3

func (a *Ask) budgetSheet() (*BudgetSheet, *budget.Proposal, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	s := &BudgetSheet{Today: string(a.today()), Norms: normChoices(p.Budget, "")}
	s.Area = budgetHref
	if a.R.PathValue("id") == "moi" {
		s.Title, s.Lead = "Lập đề xuất kinh phí", "Chọn định mức, ghi số lượng; thành tiền do chương trình tính."
		s.Crumbs = []Crumb{{"Kinh phí", budgetHref}, {Title: "Lập đề xuất"}}
		s.Editing, s.Save, s.Once, s.State = true, budgetHref+"/moi", id.String(id.New()), budget.StateTitle(budget.Draft)
		if v := a.R.FormValue("once"); v != "" {
			s.Once = v
		}
		for range spareLines {
			s.Lines = append(s.Lines, BudgetLine{Norms: s.Norms})
		}
		return s, nil, nil
	}
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	x, err := a.Budget.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	here := budgetHref + "/" + id.String(n)
	sum := x.Sum()
	s.Title, s.Office, s.State, s.Mood, s.Reason = x.Title, vn.UpperFirst(x.Office.Name), budget.StateTitle(x.State), budgetMood(x.State), x.Reason
	s.Lead = s.Office
	s.Crumbs = []Crumb{{"Kinh phí", budgetHref}, {Title: shorten(x.Title, 50)}}
	s.Proposed, s.Granted, s.Spent, s.Words = sum.Proposed, sum.Granted, sum.Spent, vn.MoneyWords(sum.Proposed)
	s.Revision, s.Once, s.PayOnce = fmt.Sprint(x.Revision), id.String(n), id.String(id.New())
	s.File, s.Paper = here+"/xlsx", here+"/docx"
	own := a.Who.Office == x.Office.ID && a.Who.May("budget.propose", x.Office.Unit) == nil
	judge := a.Who.Office != x.Office.ID && a.Who.May("budget.approve", x.Office.Unit) == nil
	switch x.State {
	case budget.Draft, budget.Returned:
		if own {
			s.Editing, s.Save, s.Send = true, here, here+"/gui"
			if x.State == budget.Draft && len(x.Steps) == 0 {
				s.Drop = here + "/bo"
			}
		}
	case budget.Sent:
		if own {
			s.Recall = here + "/rut"
		}
		if judge {
			s.Approve, s.Return = here+"/duyet", here+"/tra-lai"
		}
	case budget.Approved:
		s.GrantedWords = vn.MoneyWords(sum.Granted)
		if own || judge {
			s.Pay = here + "/chi"
		}
	}
	title := map[int64]string{}
	groups := map[string]*BudgetGroup{}
	for i := range x.Lines {
		l := &x.Lines[i]
		title[l.ID] = l.Title
		r := BudgetLine{ID: id.String(l.ID), Norm: l.Norm, Title: l.Title, Per: l.Per, Basis: l.Basis, Quantity: l.PartsText(), Price: vn.Int(l.Price), Group: p.Budget.GroupOf(l.Group).Title, Asked: fmt.Sprint(l.Quantity()), Amount: l.Amount(), Granted: l.Granted(), Spent: l.Spent, Why: l.Why, Recorded: l.Recorded, Norms: normChoices(p.Budget, l.Norm)}
		if r.GrantedQuantity = r.Asked; l.Approved >= 0 {
			r.GrantedQuantity = fmt.Sprint(l.Approved)
		}
		s.Lines = append(s.Lines, r)
		g := groups[l.Group]
		if g == nil {
			g = &BudgetGroup{Title: r.Group}
			groups[l.Group] = g
		}
		g.Proposed += l.Amount()
		g.Granted += l.Granted()
	}
	for _, g := range p.Budget.GroupList() {
		if x := groups[g.ID]; x != nil {
			s.Groups = append(s.Groups, *x)
		}
	}
	if s.Editing {
		for range spareLines {
			s.Lines = append(s.Lines, BudgetLine{Norms: s.Norms})
		}
	}
	for _, y := range x.Spends {
		r := BudgetSpend{Day: y.Day.Vi(), Line: title[y.Line], Document: y.Document, By: y.WhoName, Void: y.Void, Amount: y.Amount, ID: id.String(y.ID)}
		if s.Pay != "" && y.Void == "" {
			r.Undo = here + "/huy-chi"
		}
		s.Spends = append(s.Spends, r)
	}
	for _, y := range x.Steps {
		s.Moments = append(s.Moments, Moment{When: stampVi(y.At), Title: map[string]string{budget.Sent: "Đã gửi", budget.Returned: "Trả lại", budget.Approved: "Đã duyệt", "recalled": "Rút về"}[y.Kind], Text: y.Text, By: y.WhoName})
	}
	return s, x, nil
}

func showBudget(a *Ask) error {
	s, _, err := a.budgetSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// typedLines reads the lines of the form; an empty row is none. What was typed comes back for showing again.
func (a *Ask) typedLines(b plan.Budget) (lines []budget.Line, typed []BudgetLine, bad error) {
	f := a.R.PostForm
	at := func(name string, i int) string {
		if i < len(f[name]) {
			return strings.TrimSpace(f[name][i])
		}
		return ""
	}
	for i := range f["quantity"] {
		t := BudgetLine{Norm: at("norm", i), Title: at("title_of", i), Per: at("per", i), Basis: at("basis", i), Quantity: at("quantity", i), Price: at("price", i)}
		t.Norms = normChoices(b, t.Norm)
		typed = append(typed, t)
		if t.Norm == "" && t.Title == "" && t.Quantity == "" && t.Price == "" {
			continue
		}
		l := budget.Line{Norm: t.Norm, Title: t.Title, Per: t.Per, Basis: t.Basis}
		parts, err := budget.ParseParts(t.Quantity)
		if err != nil {
			bad = err
		}
		if t.Price != "" {
			if l.Price, err = budget.ParseMoney(t.Price); err != nil {
				bad = err
			}
		}
		l.Parts = parts
		if n := b.Norm(t.Norm); n != nil && n.Counts != "" && slices.Contains(f["recorded"], fmt.Sprint(i)) {
			l.Recorded = true
		}
		lines = append(lines, l)
	}
	if len(f["quantity"]) > 400 {
		bad = fault.New(fault.Invalid, "web.lines", "Nhiều nhất 200 dòng chi trong một đề xuất.").On("lines")
	}
	return lines, typed, bad
}

func saveBudget(a *Ask) error {
	s, x, err := a.budgetSheet()
	if err != nil {
		return err
	}
	lines, typed, bad := a.typedLines(a.plan().Budget)
	s.Lines, s.Reason, s.Editing = typed, a.Post("reason"), true
	if bad != nil {
		return Again(s, bad)
	}
	p := budget.Proposal{Title: a.Post("title"), Reason: a.Post("reason"), Lines: lines}
	fmt.Sscan(a.Post("revision"), &p.Revision)
	if x != nil {
		p.ID = x.ID
	} else if p.ID, err = id.Parse(a.Post("once")); err != nil {
		p.ID = 0
	}
	n, err := a.Budget.Save(a.Ctx(), a.Who, p)
	if err != nil {
		return Again(s, err)
	}
	return a.Go(budgetHref + "/" + id.String(n))
}

// onBudget runs a change of one proposal and shows it again.
func onBudget(do func(a *Ask, x *budget.Proposal) error) func(*Ask) error {
	return func(a *Ask) error {
		s, x, err := a.budgetSheet()
		if err != nil {
			return err
		}
		if x == nil {
			return notHere
		}
		if err := do(a, x); err != nil {
			if strings.HasSuffix(a.R.URL.Path, "/huy-chi") {
				err = atTop(err)
			}
			return Again(s, atTop(err, "title", "reason", "quantity", "price", "basis", "lines", "grant", "why", "amount", "document", "day"))
		}
		return a.Go(budgetHref + "/" + id.String(x.ID))
	}
}

var sendBudget = onBudget(func(a *Ask, x *budget.Proposal) error {
	var n int64
	fmt.Sscan(a.Post("revision"), &n)
	return a.Budget.Send(a.Ctx(), a.Who, x.ID, n)
})

var recallBudget = onBudget(func(a *Ask, x *budget.Proposal) error { return a.Budget.Recall(a.Ctx(), a.Who, x.ID) })

var returnBudget = onBudget(func(a *Ask, x *budget.Proposal) error { return a.Budget.Return(a.Ctx(), a.Who, x.ID, a.Post("why")) })

var approveBudget = onBudget(func(a *Ask, x *budget.Proposal) error {
	grants := map[int64]budget.Grant{}
	for i := range x.Lines {
		l := &x.Lines[i]
		g := budget.Grant{Quantity: l.Quantity(), Why: a.Post("why_" + id.String(l.ID))}
		if text := a.Post("grant_" + id.String(l.ID)); text != "" {
			n, err := wholeNumber(text)
			if err != nil {
				return fault.New(fault.Invalid, "web.grant", "%s: số lượng duyệt ghi bằng số nguyên.", l.Title).On("grant")
			}
			g.Quantity = n
		}
		grants[l.ID] = g
	}
	return a.Budget.Approve(a.Ctx(), a.Who, x.ID, grants)
})

var payBudget = onBudget(func(a *Ask, x *budget.Proposal) error {
	amount, err := budget.ParseMoney(a.Post("amount"))
	if err != nil {
		return fault.New(fault.Invalid, "web.amount", "Số tiền ghi bằng số đồng nguyên, thí dụ 350.000.").On("amount")
	}
	s := budget.Spend{Amount: amount, Document: a.Post("document"), Day: clock.Day(a.Post("day"))}
	s.ID, _ = id.Parse(a.Post("once"))
	s.Line, _ = id.Parse(a.Post("line"))
	return a.Budget.Pay(a.Ctx(), a.Who, x.ID, s)
})

var voidPayment = onBudget(func(a *Ask, x *budget.Proposal) error {
	n, _ := id.Parse(a.Post("payment"))
	return a.Budget.VoidPay(a.Ctx(), a.Who, x.ID, n, a.Post("why"))
})

func dropBudget(a *Ask) error {
	s, x, err := a.budgetSheet()
	if err != nil {
		return err
	}
	if x == nil {
		return notHere
	}
	if err := a.Budget.Drop(a.Ctx(), a.Who, x.ID); err != nil {
		return Again(s, err)
	}
	return a.Go(budgetHref)
}

// budgetDocument gives a proposal as .docx or .xlsx.
func budgetDocument(a *Ask) error {
	_, x, err := a.budgetSheet()
	if err != nil {
		return err
	}
	if x == nil {
		return notHere
	}
	p := a.plan()
	name := "to-trinh-kinh-phi-" + x.Office.Name
	switch a.R.PathValue("kind") {
	case "xlsx":
		a.attach(name+".xlsx", attach.XLSX)
		return budget.Workbook(p, x, a.madeAt()).Write(a.W)
	case "docx":
		town := p.Issuer.Town
		if u := a.Who.Tree().ByID(x.Office.Unit); u != nil && u != a.Who.Tree().Home() {
			town = u.Name
		}
		a.attach(name+".docx", attach.DOCX)
		return budget.Paper(p, x, town).Write(a.W, nil)
	}
	return notHere
}
