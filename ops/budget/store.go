// Package budget is the funds: proposals by office and line with their basis, what was approved and spent, and the days of work of those who
// draw no state salary (KH:III.3.f, KH:V.5). Money is whole đồng; an amount is computed, never typed.
package budget

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Book keeps them. Work lists the days of work of team members in units, from their recorded work (nil for none).
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
	Work func(tx *db.Tx, tree *territory.Tree, unit int64, from, until clock.Day) ([]Worker, error)
}

// States of a proposal.
const (
	Draft    = "draft"
	Sent     = "sent"
	Returned = "returned"
	Approved = "approved"
)

// StateTitle names a state for people.
func StateTitle(state string) string {
	switch state {
	case Sent:
		return "Chờ thẩm định"
	case Returned:
		return "Trả lại"
	case Approved:
		return "Đã duyệt"
	}
	return "Đang soạn"
}

// Proposal is what an office asks for. Revision is that of its last saving.
type Proposal struct {
	ID          int64
	Office      territory.Office
	Title       string
	Reason      string // why it is needed, for the paper
	State       string
	Revision    int64
	SentDay     clock.Day
	DecidedDay  clock.Day
	WhoName, At string
	Lines       []Line
	Steps       []Step
	Spends      []Spend
}

// Sum adds the proposal up.
func (p *Proposal) Sum() Sum { return Total(p.Lines) }

// Step is one thing that happened to a proposal: sent, returned, approved, taken back.
type Step struct{ Kind, Text, WhoName, At string }

// Spend is a payment on a line. Void tells why it was taken back; "" while it stands.
type Spend struct {
	ID, Line    int64
	Day         clock.Day
	Amount      int64
	Document    string
	WhoName, At string
	Void        string
}

// sees tells whether the viewer may read an office's proposals: its own, those of communes where they see funds, all for who approves.
func sees(who access.Viewer, o territory.Office) bool {
	return who.May("budget.see", o.Unit) == nil && (who.Office == o.ID || who.May("budget.approve", o.Unit) == nil || who.May("board.see", o.Unit) == nil && who.Office == 0)
}

func owns(who access.Viewer, o territory.Office) bool {
	return who.May("budget.propose", o.Unit) == nil && who.Office == o.ID
}

const columns = "id, office_id, unit_id, title, reason, state, revision, sent_day, decided_day, who_name, at"

func scan(row func(...any) error, offices map[int64]territory.Office) (Proposal, error) {
	var p Proposal
	var office, unit int64
	var sent, decided string
	err := row(&p.ID, &office, &unit, &p.Title, &p.Reason, &p.State, &p.Revision, &sent, &decided, &p.WhoName, &p.At)
	p.Office, p.SentDay, p.DecidedDay = offices[office], clock.Day(sent), clock.Day(decided)
	if p.Office.ID == 0 {
		p.Office = territory.Office{ID: office, Unit: unit, Name: "cơ quan đã bỏ"}
	}
	return p, err
}

func officesBy(tx *db.Tx) (map[int64]territory.Office, error) {
	all, err := territory.Offices(tx)
	out := map[int64]territory.Office{}
	for _, o := range all {
		out[o.ID] = o
	}
	return out, err
}

// fill reads lines and payments of proposals.
func fill(tx *db.Tx, list []Proposal) error {
	at, ids := map[int64]*Proposal{}, make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	if err := tx.EachIn("SELECT proposal_id, id, norm, cost_group, title, per, basis, parts, recorded, price, approved, approved_why FROM budget_line WHERE proposal_id IN (%s) ORDER BY n", nil, ids, func(row func(...any) error) error {
		var n int64
		var l Line
		var parts string
		err := row(&n, &l.ID, &l.Norm, &l.Group, &l.Title, &l.Per, &l.Basis, &parts, &l.Recorded, &l.Price, &l.Approved, &l.Why)
		for _, p := range strings.Fields(parts) {
			x, err := strconv.ParseInt(p, 10, 64)
			if err != nil {
				return err
			}
			l.Parts = append(l.Parts, x)
		}
		at[n].Lines = append(at[n].Lines, l)
		return err
	}); err != nil {
		return err
	}
	return tx.EachIn("SELECT proposal_id, id, line_id, day, amount, document, who_name, at, void_why FROM budget_spend WHERE proposal_id IN (%s) ORDER BY day, id", nil, ids, func(row func(...any) error) error {
		var n int64
		var s Spend
		var day string
		err := row(&n, &s.ID, &s.Line, &day, &s.Amount, &s.Document, &s.WhoName, &s.At, &s.Void)
		s.Day = clock.Day(day)
		p := at[n]
		p.Spends = append(p.Spends, s)
		for i := range p.Lines {
			if p.Lines[i].ID == s.Line && s.Void == "" {
				p.Lines[i].Spent += s.Amount
			}
		}
		return err
	})
}

// Query narrows a list; zero values do not.
type Query struct {
	Unit   int64
	Office int64
	State  string
}

// List gives the proposals that the viewer may see, what waits first, then the newest. Drafts are their own office's alone.
func (b *Book) List(ctx context.Context, who access.Viewer, q Query) ([]Proposal, error) {
	if !who.MayAnywhere("budget.see") {
		return nil, who.May("budget.see", 0)
	}
	var out []Proposal
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		offices, err := officesBy(tx)
		if err != nil {
			return err
		}
		if err := tx.Each("SELECT "+columns+" FROM budget_proposal ORDER BY id DESC", nil, func(row func(...any) error) error {
			p, err := scan(row, offices)
			if err != nil || !sees(who, p.Office) || p.State == Draft && who.Office != p.Office.ID || q.Office != 0 && p.Office.ID != q.Office || q.State != "" && p.State != q.State ||
				q.Unit != 0 && !who.Tree().Within(p.Office.Unit, q.Unit) {
				return err
			}
			out = append(out, p)
			return nil
		}); err != nil {
			return err
		}
		return fill(tx, out)
	})
	order := map[string]int{Sent: 0, Returned: 1, Draft: 2, Approved: 3}
	slices.SortStableFunc(out, func(a, b Proposal) int { return cmp.Compare(order[a.State], order[b.State]) })
	return out, err
}

// one reads a proposal that the viewer may see.
func one(tx *db.Tx, who access.Viewer, n int64) (*Proposal, error) {
	offices, err := officesBy(tx)
	if err != nil {
		return nil, err
	}
	missing := fault.New(fault.Missing, "budget.unknown", "Không tìm thấy đề xuất kinh phí này.")
	p, err := scan(tx.QueryRow("SELECT "+columns+" FROM budget_proposal WHERE id=$1", n).Scan, offices)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	if !sees(who, p.Office) || p.State == Draft && who.Office != p.Office.ID {
		return nil, missing
	}
	list := []Proposal{p}
	if err := fill(tx, list); err != nil {
		return nil, err
	}
	err = tx.Each("SELECT kind, text, who_name, at FROM budget_step WHERE proposal_id=$1 ORDER BY at, id", []any{n}, func(row func(...any) error) error {
		var s Step
		err := row(&s.Kind, &s.Text, &s.WhoName, &s.At)
		list[0].Steps = append(list[0].Steps, s)
		return err
	})
	return &list[0], err
}

// Get reads a proposal that the viewer may see.
func (b *Book) Get(ctx context.Context, who access.Viewer, n int64) (*Proposal, error) {
	if !who.MayAnywhere("budget.see") {
		return nil, who.May("budget.see", 0)
	}
	var p *Proposal
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		p, err = one(tx, who, n)
		return err
	})
	return p, err
}

// Save keeps a draft of the viewer's own office: a new one when p.ID is not there yet (saving twice is saving once), else in place of its revision
// p.Revision; when somebody saved in between, it is a Conflict. The viewer needs budget.propose there.
func (b *Book) Save(ctx context.Context, who access.Viewer, p Proposal) (int64, error) {
	if !who.MayAnywhere("budget.propose") {
		return 0, who.May("budget.propose", 0)
	}
	p.Title, p.Reason = strings.TrimSpace(vn.NFC(p.Title)), strings.TrimSpace(vn.NFC(p.Reason))
	switch n := utf8.RuneCountInString; {
	case who.Office == 0:
		return 0, fault.New(fault.Forbidden, "budget.no_office", "Tài khoản của bạn chưa thuộc cơ quan nào. Hãy nhờ quản trị chọn cơ quan cho tài khoản.")
	case n(p.Title) < 5 || n(p.Title) > 200:
		return 0, fault.New(fault.Invalid, "budget.proposal_title", "Tên đề xuất từ 5 đến 200 chữ.").On("title")
	case n(p.Reason) > 3000:
		return 0, fault.New(fault.Invalid, "budget.reason", "Sự cần thiết dài quá 3.000 chữ. Hãy rút gọn.").On("reason")
	case vn.HoldsNumber(p.Title + "\n" + p.Reason):
		return 0, fault.New(fault.Invalid, "budget.private", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("reason")
	case len(p.Lines) > maxLines:
		return 0, fault.New(fault.Invalid, "budget.lines", "Nhiều nhất 200 dòng chi trong một đề xuất.").On("lines")
	}
	var norms plan.Budget
	if x := b.Plan(); x != nil {
		norms = x.Budget
	}
	for i := range p.Lines {
		if err := p.Lines[i].check(norms); err != nil {
			return 0, err
		}
	}
	if p.ID == 0 {
		p.ID = id.New()
	}
	act := who.Act("budget.propose", 0, "budget:"+id.String(p.ID), "soạn đề xuất")
	return p.ID, b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		offices, err := officesBy(tx)
		if err != nil {
			return err
		}
		o, ok := offices[who.Office]
		if !ok {
			return fault.New(fault.Forbidden, "budget.no_office", "Tài khoản của bạn chưa thuộc cơ quan nào. Hãy nhờ quản trị chọn cơ quan cho tài khoản.")
		}
		if act.Unit = o.Unit; who.May("budget.propose", o.Unit) != nil {
			return who.May("budget.propose", o.Unit)
		}
		n, err := tx.Exec("INSERT INTO budget_proposal("+columns+") VALUES ($1,$2,$3,$4,$5,'draft',1,'','',$6,$7) ON CONFLICT DO NOTHING", p.ID, o.ID, o.Unit, p.Title, p.Reason, who.Name, tx.Now())
		if err != nil {
			return err
		}
		if n == 0 {
			was, err := one(tx, who, p.ID)
			if err != nil {
				return err
			}
			if err := writable(who, was, p.Revision); err != nil {
				return err
			}
			if _, err := tx.Exec("UPDATE budget_proposal SET title=$1, reason=$2, revision=revision+1, who_name=$3, at=$4 WHERE id=$5", p.Title, p.Reason, who.Name, tx.Now(), p.ID); err != nil {
				return err
			}
			if _, err := tx.Exec("DELETE FROM budget_line WHERE proposal_id=$1", p.ID); err != nil {
				return err
			}
		}
		for i := range p.Lines {
			l := &p.Lines[i]
			var parts []string
			for _, x := range l.Parts {
				parts = append(parts, strconv.FormatInt(x, 10))
			}
			if _, err := tx.Exec("INSERT INTO budget_line(id, proposal_id, n, norm, cost_group, title, per, basis, parts, recorded, price, approved, approved_why) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,-1,'')",
				id.New(), p.ID, i, l.Norm, l.Group, l.Title, l.Per, l.Basis, strings.Join(parts, " "), l.Recorded, l.Price); err != nil {
				return err
			}
		}
		return nil
	})
}

// writable refuses a proposal that is no longer its office's to write, and a writer who saw an older saving.
func writable(who access.Viewer, p *Proposal, revision int64) error {
	switch {
	case !owns(who, p.Office):
		return fault.New(fault.Forbidden, "budget.foreign", "Đề xuất này của %s. Chỉ cơ quan đó sửa được.", p.Office.Name)
	case p.State != Draft && p.State != Returned:
		return fault.New(fault.Conflict, "budget.locked", "Đề xuất đang ở tình trạng “%s”, không sửa được nữa.", StateTitle(p.State))
	case revision != p.Revision:
		return fault.New(fault.Conflict, "budget.changed", "%s vừa lưu đề xuất này. Hãy mở trang ở thẻ khác để đối chiếu rồi lưu lại; phần bạn đang viết vẫn ở dưới đây.", p.WhoName)
	}
	return nil
}

// Drop throws away a draft that was never sent.
func (b *Book) Drop(ctx context.Context, who access.Viewer, n int64) error {
	return b.change(ctx, who, n, "budget.propose", "bỏ bản soạn", func(tx *db.Tx, p *Proposal) error {
		if err := writable(who, p, p.Revision); err != nil {
			return err
		}
		if p.State != Draft || len(p.Steps) > 0 {
			return fault.New(fault.Conflict, "budget.sent_once", "Đề xuất đã gửi đi thì không bỏ được; hãy sửa rồi gửi lại.")
		}
		for _, q := range []string{"DELETE FROM budget_line WHERE proposal_id=$1", "DELETE FROM budget_proposal WHERE id=$1"} {
			if _, err := tx.Exec(q, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// change runs one act on a proposal that the viewer may see.
func (b *Book) change(ctx context.Context, who access.Viewer, n int64, verb access.Verb, note string, fn func(*db.Tx, *Proposal) error) error {
	if !who.MayAnywhere(verb) {
		return who.May(verb, 0)
	}
	act := who.Act(verb, 0, "budget:"+id.String(n), note)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		p, err := one(tx, who, n)
		if err != nil {
			return err
		}
		if act.Unit = p.Office.Unit; who.May(verb, p.Office.Unit) != nil {
			return who.May(verb, p.Office.Unit)
		}
		return fn(tx, p)
	})
}

func step(tx *db.Tx, n int64, kind, text string, who access.Viewer) error {
	_, err := tx.Exec("INSERT INTO budget_step(id, proposal_id, kind, text, who_name, at) VALUES ($1,$2,$3,$4,$5,$6)", id.New(), n, kind, text, who.Name, tx.Now())
	return err
}
