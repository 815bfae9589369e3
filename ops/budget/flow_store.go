package budget

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

func reason(text string) (string, error) {
	text = strings.TrimSpace(vn.NFC(text))
	switch n := utf8.RuneCountInString(text); {
	case n < 5 || n > 500:
		return "", fault.New(fault.Invalid, "budget.why", "Hãy ghi lý do (5 đến 500 chữ).").On("why")
	case vn.HoldsNumber(text):
		return "", fault.New(fault.Invalid, "budget.private", "Lý do không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("why")
	}
	return text, nil
}

// Send hands a proposal in: from then on its lines stay as they are (law D1). revision is what the sender saw.
func (b *Book) Send(ctx context.Context, who access.Viewer, n, revision int64) error {
	return b.change(ctx, who, n, "budget.propose", "gửi đề xuất", func(tx *db.Tx, p *Proposal) error {
		if err := writable(who, p, revision); err != nil {
			return err
		}
		if len(p.Lines) == 0 || p.Sum().Proposed == 0 {
			return fault.New(fault.Invalid, "budget.empty", "Đề xuất chưa có dòng chi nào. Hãy thêm dòng rồi gửi.").On("lines")
		}
		if _, err := tx.Exec("UPDATE budget_proposal SET state=$1, sent_day=$2 WHERE id=$3", Sent, string(tx.Today()), n); err != nil {
			return err
		}
		return step(tx, n, Sent, vn.Money(p.Sum().Proposed), who)
	})
}

// Recall takes a proposal back that nobody has decided on.
func (b *Book) Recall(ctx context.Context, who access.Viewer, n int64) error {
	return b.change(ctx, who, n, "budget.propose", "rút đề xuất về", func(tx *db.Tx, p *Proposal) error {
		if !owns(who, p.Office) {
			return fault.New(fault.Forbidden, "budget.foreign", "Đề xuất này của %s. Chỉ cơ quan đó sửa được.", p.Office.Name)
		}
		if p.State != Sent {
			return fault.New(fault.Conflict, "budget.decided", "Đề xuất đang ở tình trạng “%s”, không rút về được.", StateTitle(p.State))
		}
		if _, err := tx.Exec("UPDATE budget_proposal SET state=$1, sent_day='' WHERE id=$2", Draft, n); err != nil {
			return err
		}
		return step(tx, n, "recalled", "", who)
	})
}

// decides refuses who may not decide: nobody decides on what their own office asks for.
func decides(who access.Viewer, p *Proposal) error {
	if who.Office == p.Office.ID && who.Office != 0 {
		return fault.New(fault.Forbidden, "budget.own", "Không tự duyệt đề xuất của cơ quan mình. Việc này của cấp thẩm định khác.")
	}
	if p.State != Sent {
		return fault.New(fault.Conflict, "budget.not_sent", "Đề xuất đang ở tình trạng “%s”; người khác có thể vừa quyết định.", StateTitle(p.State))
	}
	return nil
}

// Return gives a proposal back to its office with a reason. The viewer needs budget.approve there.
func (b *Book) Return(ctx context.Context, who access.Viewer, n int64, why string) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	return b.change(ctx, who, n, "budget.approve", "trả lại đề xuất", func(tx *db.Tx, p *Proposal) error {
		if err := decides(who, p); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE budget_proposal SET state=$1 WHERE id=$2", Returned, n); err != nil {
			return err
		}
		return step(tx, n, Returned, why, who)
	})
}

// Grant is what is approved of a line.
type Grant struct {
	Quantity int64
	Why      string
}

// Approve decides on every line; a line without a grant is approved as it was asked. The viewer needs budget.approve there.
func (b *Book) Approve(ctx context.Context, who access.Viewer, n int64, grants map[int64]Grant) error {
	return b.change(ctx, who, n, "budget.approve", "duyệt đề xuất", func(tx *db.Tx, p *Proposal) error {
		if err := decides(who, p); err != nil {
			return err
		}
		for i := range p.Lines {
			l := &p.Lines[i]
			g, ok := grants[l.ID]
			if !ok {
				g = Grant{Quantity: l.Quantity()}
			}
			g.Why = strings.TrimSpace(vn.NFC(g.Why))
			if err := l.grant(g.Quantity, g.Why); err != nil {
				return err
			}
			l.Approved = g.Quantity
			if _, err := tx.Exec("UPDATE budget_line SET approved=$1, approved_why=$2 WHERE id=$3", g.Quantity, g.Why, l.ID); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("UPDATE budget_proposal SET state=$1, decided_day=$2 WHERE id=$3", Approved, string(tx.Today()), n); err != nil {
			return err
		}
		return step(tx, n, Approved, vn.Money(p.Sum().Granted)+" trên "+vn.Money(p.Sum().Proposed), who)
	})
}

// Pay notes a payment on a line of an approved proposal: by its office, or by who approves. It never goes beyond what was granted; spend.ID is made
// where it was typed, so that a double click pays once.
func (b *Book) Pay(ctx context.Context, who access.Viewer, n int64, s Spend) error {
	s.Document = strings.TrimSpace(vn.NFC(s.Document))
	switch c := utf8.RuneCountInString(s.Document); {
	case c < 2 || c > 120:
		return fault.New(fault.Invalid, "budget.document", "Hãy ghi số chứng từ (2 đến 120 chữ).").On("document")
	case vn.HoldsNumber(s.Document):
		return fault.New(fault.Invalid, "budget.private_document", "Số chứng từ không được là số định danh hay số điện thoại.").On("document")
	}
	if s.ID == 0 {
		s.ID = id.New()
	}
	return b.spend(ctx, who, n, "ghi khoản chi", func(tx *db.Tx, p *Proposal) error {
		for _, x := range p.Spends {
			if x.ID == s.ID {
				return nil
			}
		}
		if s.Day == "" {
			s.Day = tx.Today()
		}
		if d, err := clock.ParseDay(string(s.Day)); err != nil || d > tx.Today() || d < p.DecidedDay {
			return fault.New(fault.Invalid, "budget.day", "Ngày chi phải từ ngày duyệt (%s) đến hôm nay.", p.DecidedDay.Vi()).On("day")
		}
		i := slices.IndexFunc(p.Lines, func(l Line) bool { return l.ID == s.Line })
		if i < 0 {
			return fault.New(fault.Invalid, "budget.line", "Hãy chọn dòng chi.").On("line")
		}
		if err := p.Lines[i].pay(s.Amount); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO budget_spend(id, line_id, proposal_id, day, amount, document, who_name, at, void_why) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'')", s.ID, s.Line, n, string(s.Day), s.Amount, s.Document, who.Name, tx.Now())
		return err
	})
}

// VoidPay takes a payment back with a reason; it stays readable.
func (b *Book) VoidPay(ctx context.Context, who access.Viewer, n, payment int64, why string) error {
	why, err := reason(why)
	if err != nil {
		return err
	}
	return b.spend(ctx, who, n, "hủy khoản chi", func(tx *db.Tx, p *Proposal) error {
		_, err := tx.Exec("UPDATE budget_spend SET void_why=$1 WHERE id=$2 AND proposal_id=$3 AND void_why=''", why, payment, n)
		return err
	})
}

func (b *Book) spend(ctx context.Context, who access.Viewer, n int64, note string, fn func(*db.Tx, *Proposal) error) error {
	return b.change(ctx, who, n, "budget.propose", note, func(tx *db.Tx, p *Proposal) error {
		switch {
		case !owns(who, p.Office) && who.May("budget.approve", p.Office.Unit) != nil:
			return fault.New(fault.Forbidden, "budget.foreign_pay", "Khoản chi của %s do cơ quan đó hoặc Phòng Tài chính ghi.", p.Office.Name)
		case p.State != Approved:
			return fault.New(fault.Conflict, "budget.not_approved", "Đề xuất chưa được duyệt nên chưa chi được.")
		}
		return fn(tx, p)
	})
}

// Cell adds up one office in one group.
type Cell struct {
	Office territory.Office
	Group  string
	Sum
}

// Consolidated are the sent and approved proposals by office and group, with the whole (KH:V.5). Waiting counts those that wait for a decision.
type Consolidated struct {
	Cells   []Cell
	Offices []territory.Office
	Groups  []string
	Whole   Sum
	Waiting int
}

// Of adds up one office ("" of all groups) or one group (0 of all offices).
func (c *Consolidated) Of(office int64, group string) Sum {
	var s Sum
	for _, x := range c.Cells {
		if (office == 0 || x.Office.ID == office) && (group == "" || x.Group == group) {
			s.Proposed += x.Proposed
			s.Granted += x.Granted
			s.Spent += x.Spent
		}
	}
	return s
}

// Consolidate adds the proposals up that the viewer may see; drafts and returned ones ask for nothing yet.
func (b *Book) Consolidate(ctx context.Context, who access.Viewer, unit int64) (*Consolidated, error) {
	list, err := b.List(ctx, who, Query{Unit: unit})
	if err != nil {
		return nil, err
	}
	out := &Consolidated{}
	at := map[[2]string]int{}
	for i := range list {
		p := &list[i]
		if p.State != Sent && p.State != Approved {
			continue
		}
		if p.State == Sent {
			out.Waiting++
		}
		if !slices.ContainsFunc(out.Offices, func(o territory.Office) bool { return o.ID == p.Office.ID }) {
			out.Offices = append(out.Offices, p.Office)
		}
		for k := range p.Lines {
			l := &p.Lines[k]
			key := [2]string{id.String(p.Office.ID), l.Group}
			n, ok := at[key]
			if !ok {
				n = len(out.Cells)
				at[key] = n
				out.Cells = append(out.Cells, Cell{Office: p.Office, Group: l.Group})
			}
			out.Cells[n].add(l)
			out.Whole.add(l)
		}
	}
	slices.SortFunc(out.Offices, func(a, b territory.Office) int { return cmp.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)) })
	if p := b.Plan(); p != nil {
		for _, g := range p.Budget.GroupList() {
			out.Groups = append(out.Groups, g.ID)
		}
	}
	return out, nil
}

// Wait is a proposal that waits for the viewer: to be decided on, or to be put right.
type Wait struct {
	ID    int64
	Title string
	State string
	Since clock.Day
}

// Waiting lists what waits for the viewer.
func (b *Book) Waiting(ctx context.Context, who access.Viewer) ([]Wait, error) {
	if !who.MayAnywhere("budget.propose") {
		return nil, nil
	}
	list, err := b.List(ctx, who, Query{})
	var out []Wait
	for _, p := range list {
		if p.State == Sent && who.Office != p.Office.ID && who.May("budget.approve", p.Office.Unit) == nil || p.State == Returned && owns(who, p.Office) {
			out = append(out, Wait{p.ID, p.Title + " (" + p.Office.Name + ")", p.State, p.SentDay})
		}
	}
	return out, err
}

// Worker is a member of a team with the days on which their work was recorded. Paid tells who draws a state salary; Days counts each day once,
// Kinds says what was recorded: visits, help at visits, check-ins.
type Worker struct {
	Member     int64
	Name, Role string
	Team       string
	Unit       int64
	Paid       bool
	Days       []clock.Day
	Visits     int
}

// WorkDays lists the days of work of members of teams of a unit, those who draw no state salary first (KH:III.3.f). The viewer needs budget.see and
// team.see there.
func (b *Book) WorkDays(ctx context.Context, who access.Viewer, unit int64, from, until clock.Day) ([]Worker, error) {
	if err := who.May("budget.see", unit); err != nil {
		return nil, err
	}
	if err := who.May("team.see", unit); err != nil {
		return nil, err
	}
	if b.Work == nil {
		return nil, nil
	}
	if until < from || until.Sub(from) > 400 {
		return nil, fault.New(fault.Invalid, "budget.period", "Khoảng ngày không hợp lệ: ngày cuối phải sau ngày đầu, dài nhất 400 ngày.").On("until")
	}
	var out []Worker
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		if out, err = b.Work(tx, tree, unit, from, until); err != nil {
			return err
		}
		paid := map[int64]bool{}
		if err := tx.Each("SELECT member_id FROM budget_paid", nil, func(row func(...any) error) error {
			var n int64
			err := row(&n)
			paid[n] = true
			return err
		}); err != nil {
			return err
		}
		for i := range out {
			out[i].Paid = out[i].Paid || paid[out[i].Member]
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b Worker) int {
		if a.Paid != b.Paid {
			if a.Paid {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(len(b.Days), len(a.Days)), cmp.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)))
	})
	return out, err
}

// UnpaidDays adds up the days of those who draw no state salary.
func UnpaidDays(list []Worker) int64 {
	var n int64
	for _, w := range list {
		if !w.Paid {
			n += int64(len(w.Days))
		}
	}
	return n
}

// SetPaid says that a member draws a state salary, or no longer. The viewer needs team.manage or budget.approve on the member's unit.
func (b *Book) SetPaid(ctx context.Context, who access.Viewer, unit, member int64, paid bool) error {
	if who.May("team.manage", unit) != nil {
		if err := who.May("budget.approve", unit); err != nil {
			return err
		}
	}
	note := "không hưởng lương"
	if paid {
		note = "hưởng lương"
	}
	return b.DB.Write(ctx, who.Act("budget.propose", unit, "member:"+id.String(member), note), func(tx *db.Tx) error {
		var at int64
		if err := tx.QueryRow("SELECT t.unit_id FROM team_member m JOIN team t ON t.id=m.team_id WHERE m.id=$1", member).Scan(&at); err != nil || !who.Tree().Within(at, unit) {
			return fault.New(fault.Missing, "budget.member", "Không tìm thấy thành viên này trong các tổ của địa bàn.")
		}
		if paid {
			_, err := tx.Exec("INSERT INTO budget_paid(member_id, who_name, at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING", member, who.Name, tx.Now())
			return err
		}
		_, err := tx.Exec("DELETE FROM budget_paid WHERE member_id=$1", member)
		return err
	})
}

// Erase forgets who of the members draws a salary, once persons are erased (law R4); the funds stay. It gives how many marks there were.
func Erase(tx *db.Tx) (int64, error) { return tx.Exec("DELETE FROM budget_paid") }

// Exported leaves a trail row of a sheet of names that left the program (law R2).
func (b *Book) Exported(ctx context.Context, who access.Viewer, unit int64, n int) error {
	if err := who.May("budget.see", unit); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("budget.see", unit, "member", "xuất bảng chấm công "+vn.Int(int64(n))+" người"), func(*db.Tx) error { return nil })
}
