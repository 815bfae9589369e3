package web

import (
	"context"
	"strings"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

func showBatch(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return fault.New(fault.Missing, "web.no_list", "Không có danh sách này.")
	}
	s, err := a.batchScreen(n)
	if err != nil {
		return err
	}
	return a.Show(s)
}

var dryRun = work("Đang chạy thử", func(k *intake.Desk, ctx context.Context, who access.Viewer, n int64, p intake.Progress) (*intake.Batch, error) {
	return k.DryRun(ctx, who, n, p)
})

var applyList = work("Đang ghi vào sổ", func(k *intake.Desk, ctx context.Context, who access.Viewer, n int64, p intake.Progress) (*intake.Batch, error) {
	return k.Apply(ctx, who, n, p)
})

// batchScreen is the page of one list, whatever its state (laws F1–F4).
func (a *Ask) batchScreen(n int64) (*Batch, error) {
	b, err := a.Lists.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	s := &Batch{Href: batchHref(n), Refused: b.Refused, AsOf: string(b.AsOf)}
	s.Title, s.Area, s.Crumbs = b.FileName, "/danh-sach", []Crumb{{"Danh sách nhập", "/danh-sach"}, {Title: b.FileName}}
	s.Lead = b.State.Title() + " · " + b.WhoName + ", " + stampVi(b.CreatedAt) + " · SHA-256 " + short(b.SHA)
	var failed error
	if s.Job, failed = a.jobs.of(n); failed != nil {
		if f, ok := fault.As(failed); ok {
			s.Flashes = append(s.Flashes, Flash{Kind: "bad", Text: f.Text})
		}
	}
	s.Stages = stagesOf(b.State, s.Job.Running)
	if b.State != intake.StateRead && b.State != intake.StateRefused {
		s.Stats = sums(b)
	}
	if s.Job.Running {
		return s, nil
	}
	open := b.State == intake.StateRead || b.State == intake.StateTried || b.State == intake.StateBroken || b.State == intake.StateRefused && b.Kind == ""
	may := func(v access.Verb) bool { return a.Who.May(v, b.UnitID) == nil }
	s.MayWithdraw = b.State == intake.StateApplied && may("intake.withdraw")
	if open && b.State != intake.StateRefused {
		if may("intake.bring") {
			s.Steps = append(s.Steps, StepButton{Title: "Chạy thử", Href: s.Href + "/chay-thu", First: b.State != intake.StateTried})
		}
		if b.State == intake.StateTried && may("intake.apply") {
			s.Steps = append(s.Steps, StepButton{Title: "Ghi vào sổ", Href: s.Href + "/ghi", First: true})
			s.StepsNote = "Dòng chờ quyết định chưa được ghi; sau khi ghi có thể xử lý từng dòng."
		} else {
			s.StepsNote = "Chạy thử chưa ghi gì vào sổ."
		}
	}
	if open && may("intake.bring") {
		a.reading(s, b)
	}
	s.readSheets(b)
	return s, a.issues(s, b)
}

func short(sha string) string { return sha[:min(12, len(sha))] + "…" }

// stagesOf tells where a list stands in its flow.
func stagesOf(state intake.State, running bool) []Stage {
	at := 1
	switch state {
	case intake.StateTried:
		at = 2
	case intake.StateApplying:
		at = 3
	case intake.StateApplied, intake.StateWithdrawn:
		at = 4
	}
	if running && at < 3 {
		at = 2
	}
	out := []Stage{{Title: "Đưa tệp vào"}, {Title: "Nhận dạng cột"}, {Title: "Chạy thử"}, {Title: "Ghi vào sổ"}, {Title: "Kết quả"}}
	for i := range out {
		switch {
		case i < at:
			out[i].State = "done"
		case i == at:
			out[i].State = "now"
		}
	}
	return out
}

// sums are a list's rows by verdict; they add up (law F1).
func sums(b *intake.Batch) []Stat {
	n := b.Sums
	out := []Stat{
		{Label: "Dòng đọc được", Value: vn.Int(n.Rows), Note: "nữ " + vn.Int(n.Female) + ", nam " + vn.Int(n.Male)}, {Label: "Mới", Value: vn.Int(n.New), Kind: "good"},
		{Label: "Thay đổi", Value: vn.Int(n.Changed)}, {Label: "Như cũ", Value: vn.Int(n.Same)}, {Label: "Chờ quyết định", Value: vn.Int(n.Held), Kind: "warn"}, {Label: "Bị từ chối", Value: vn.Int(n.Refused), Kind: "bad"},
	}
	if b.Complete.Whole() {
		out = append(out, Stat{Label: "Không có tên mà đổi theo", Value: vn.Int(n.Unnamed), Note: "danh sách đầy đủ"})
	}
	return out
}

// completeness asks whether a list names everybody it is about, where the plan says what that means (KH:IV.2.d).
func (a *Ask) completeness(s *Batch, b *intake.Batch) {
	p := a.plan()
	if p == nil {
		return
	}
	for i := range p.Extracts {
		if x := &p.Extracts[i]; x.Kind != b.Kind || !x.Speaks() {
			continue
		}
		s.Complete = []Choice{{"partial", "Chỉ một phần: không nói gì về người không có tên", !b.Complete.Whole()}, {"full", "Đầy đủ: người cùng địa bàn không có tên cũng được hiểu theo danh sách", b.Complete == intake.Full},
			{"sure", "Đầy đủ, đã kiểm tra: nhận cả khi nhiều người đang được xác nhận bị bác", b.Complete == intake.Sure}}
		s.FullPlace = "cả địa bàn bạn được giao"
		if u := a.Who.Tree().ByID(b.UnitID); u != nil {
			s.FullPlace = u.Title()
		}
	}
}

// reading shows how the list was understood, for a person to settle.
func (a *Ask) reading(s *Batch, b *intake.Batch) {
	s.MayCorrect, s.Units = true, a.unitChoices("intake.bring", b.UnitID)
	for _, k := range intake.Kinds() {
		s.Kinds = append(s.Kinds, Choice{k, intake.KindTitle(k), k == b.Kind})
	}
	rd, _, err := a.Lists.Preview(a.Ctx(), a.Who, b.ID, 5)
	if err != nil || rd == nil {
		rd = b.Reading
	}
	if rd == nil {
		return
	}
	a.completeness(s, b)
	s.Why = strings.Join(rd.Why, " ")
	if rd.AsOfWhy != "" {
		s.Why += " Ngày số liệu: " + rd.AsOfWhy + "."
	}
	seen := map[string]bool{}
	for _, sh := range rd.Sheets {
		for _, c := range sh.Columns {
			if seen[c.Key] {
				continue
			}
			seen[c.Key] = true
			row := ColumnRow{Letter: c.Letter, Heading: c.Heading, Key: c.Key, Samples: strings.Join(c.Samples[:min(3, len(c.Samples))], " · "), Doubt: c.Field == "" || !c.Sure}
			if c.Field == intake.FieldNumber || c.Field == intake.FieldPhone || c.Field == intake.FieldOldID {
				row.Samples = maskDigits(row.Samples)
			}
			row.Choices = append(row.Choices, Choice{"", "Chưa rõ", c.Field == ""})
			for _, f := range intake.Fields() {
				row.Choices = append(row.Choices, Choice{string(f.Field), f.Title, f.Field == c.Field})
			}
			s.Columns = append(s.Columns, row)
		}
	}
}

// readSheets says what was read of each sheet and what was left out.
func (s *Batch) readSheets(b *intake.Batch) {
	if b.Reading == nil {
		return
	}
	for _, sh := range b.Reading.Sheets {
		text := sh.Reason
		if text == "" {
			text = vn.Int(int64(sh.Rows)) + " dòng"
			if t := intake.KindTitle(sh.Kind); t != "" {
				text = t + ", " + text
			}
			if sh.UnitText != "" {
				text += ", " + sh.UnitText
			}
		}
		for _, r := range []string{intake.SkipHead, intake.SkipHeading, intake.SkipNumbering, intake.SkipSection, intake.SkipTotal, intake.SkipFoot, intake.SkipBlank, intake.SkipSheet} {
			if n := sh.Skipped[r]; n > 0 {
				text += "; bỏ qua " + vn.Int(int64(n)) + " " + intake.SkipTitle(r)
			}
		}
		s.Sheets = append(s.Sheets, SheetRow{sh.Name, text})
	}
}

// issues lists the rows that need a look.
func (a *Ask) issues(s *Batch, b *intake.Batch) error {
	after, _ := id.Parse(a.Query("sau"))
	list, err := a.Lists.Issues(a.Ctx(), a.Who, b.ID, "", after, issuesPage+1)
	if err != nil {
		return err
	}
	s.Marked = len(list) > 0
	if len(list) > issuesPage {
		list = list[:issuesPage]
		s.Pager.Next = s.Href + "?sau=" + id.String(list[issuesPage-1].ID) + "#nghi-ngo"
	}
	s.IssuesNote = "Mỗi dòng kèm lý do và cách xử lý."
	for i := range list {
		x := &list[i]
		row := IssueRow{Place: x.SheetName + " dòng " + vn.Int(int64(x.Row)), Text: x.Text, Suggestion: x.Suggestion, State: "ghi chú"}
		if x.Column != "" {
			row.Place += ", cột " + x.Column
		}
		switch x.State {
		case intake.IssueOpen:
			row.State, row.Mood = "chờ quyết định", "warn"
			if b.State == intake.StateApplied && a.Who.May("people.settle", b.UnitID) == nil {
				row.Href = "/dong-cho/" + id.String(x.ID)
			}
		case intake.IssueSettled:
			row.State, row.Mood = "đã nhận", "good"
		case intake.IssueDropped:
			row.State = "đã bỏ"
		default:
			if x.Verdict == intake.Refused {
				row.State, row.Mood = "bị từ chối", "bad"
			}
		}
		s.Issues = append(s.Issues, row)
	}
	return nil
}

// heldRow shows a held row beside the record that it may be (law P4).
func (a *Ask) heldRow(n int64) (*HeldRow, error) {
	b, issue, row, err := a.Lists.HeldRow(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	s := &HeldRow{Href: "/dong-cho/" + id.String(n), Back: batchHref(b.ID), Text: issue.Text, Suggestion: issue.Suggestion, Open: b.State == intake.StateApplied && issue.State == intake.IssueOpen}
	s.Title, s.Area = "Dòng "+vn.Int(int64(issue.Row))+" của "+b.FileName, "/danh-sach"
	s.Crumbs = []Crumb{{"Danh sách nhập", "/danh-sach"}, {b.FileName, s.Back}, {Title: "Dòng " + vn.Int(int64(issue.Row))}}
	s.Diff.Left, s.Diff.Right = DiffSide{"Dòng trong tệp", b.FileName}, DiffSide{"Trong sổ", "chưa có ai khớp"}
	var p people.Person
	place := ""
	if issue.Person != 0 {
		card, err := a.Register.Get(a.Ctx(), a.Who, issue.Person)
		if err == nil {
			p = card.Person
			s.Person, s.PersonHref, s.Diff.Right.Note = id.String(issue.Person), "/dan-cu/"+id.String(issue.Person), people.SourceTitle(p.Source)
			place = a.Who.Tree().FullName(p.Unit)
		}
	}
	if row == nil {
		return s, nil
	}
	gender := func(g string) string {
		if g == "" {
			return ""
		}
		return people.GenderTitle(g)
	}
	s.Diff.Rows = []DiffRow{
		{"Họ và tên", row.Name, p.Name}, {"Ngày sinh", people.BirthTitle(row.Birth.String()), people.BirthTitle(p.Birth)}, {"Giới tính", gender(row.Gender), gender(p.Gender)},
		{"Số định danh", people.Number(row.Number).Mask(), p.Number.Mask()}, {"Điện thoại", people.Number(row.Phone).Mask(), p.Phone.Mask()},
		{"Địa bàn", strings.Trim(row.HamletText+", "+row.CommuneText, ", "), place}, {"Nơi ở", row.Address, p.Address},
	}
	return s, nil
}

func showHeldRow(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	s, err := a.heldRow(n)
	if err != nil {
		return err
	}
	return a.Show(s)
}

func settleRow(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	var d intake.Decision
	switch a.Post("do") {
	case "drop":
		d.Drop = true
	case "same":
		if d.Person, err = id.Parse(a.Post("person")); err != nil {
			return notHere
		}
	}
	s, err := a.heldRow(n)
	if err != nil {
		return err
	}
	if _, err := a.Lists.Settle(a.Ctx(), a.Who, n, d); err != nil {
		return Again(s, err)
	}
	return a.Go(s.Back + "#nghi-ngo")
}
