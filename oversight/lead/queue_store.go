package lead

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// A queue is work that waits in a table: text counts it by unit and by the day it is due ("" for none). $1 is the asker's account, $2 today.
// A row counts for the asker when may holds on its unit; whole asks on the whole campaign instead.
type queue struct {
	kind, title, unit, href string
	may                     []access.Verb // all of them
	whole                   bool          // the campaign's level owes it
	local                   bool          // a commune's level owes it: not who holds the whole campaign
	at                      bool          // the address names the topmost unit
	more                    []string
	text                    string
}

var queues = []queue{
	{kind: "facts", title: "Duyệt tình trạng công dân", unit: "đề nghị", href: "/cho-duyet", may: []access.Verb{"fact.approve", "people.see"},
		text: "SELECT p.unit_id, '', CAST(count(*) AS BIGINT) FROM person_fact f JOIN person p ON p.id=f.person_id WHERE f.state='asked' AND p.state='live' AND f.asked_by<>$1 AND $2<>'' GROUP BY p.unit_id"},
	{kind: "cases.answer", title: "Giải trình kết quả bị danh sách trích xuất bác", unit: "sai lệch", href: "/doi-soat/viec", at: true, more: []string{"viec", "tra-loi"}, may: []access.Verb{"reconcile.answer"}, local: true,
		text: "SELECT unit_id, due_day, CAST(count(*) AS BIGINT) FROM claim_case WHERE state='open' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY unit_id, due_day"},
	{kind: "cases.decide", title: "Kết luận sai lệch đã giải trình", unit: "sai lệch", href: "/doi-soat/viec", at: true, more: []string{"viec", "ket-luan"}, may: []access.Verb{"reconcile.decide"},
		text: "SELECT unit_id, '', CAST(count(*) AS BIGINT) FROM claim_case WHERE state='answered' AND answered_by<>$1 AND $2<>'' GROUP BY unit_id"},
	{kind: "cases.overdue", title: "Kết luận sai lệch quá hạn mà chưa ai giải trình", unit: "sai lệch", href: "/doi-soat/viec", at: true, more: []string{"viec", "tra-loi"}, may: []access.Verb{"reconcile.decide"},
		text: "SELECT unit_id, due_day, CAST(count(*) AS BIGINT) FROM claim_case WHERE state='open' AND due_day<$2 AND CAST($1 AS BIGINT)<>0 GROUP BY unit_id, due_day"},
	{kind: "slips", title: "Xử lý phiếu gửi từ điện thoại", unit: "phiếu", href: "/phieu-dien-thoai", at: true, may: []access.Verb{"field.settle"}, local: true,
		text: "SELECT unit_id, '', CAST(count(*) AS BIGINT) FROM field_item WHERE state='waiting' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY unit_id"},
	{kind: "obstacles", title: "Trả lời khó khăn, vướng mắc", unit: "vướng mắc", href: "/vuong-mac", at: true, more: []string{"tinh_trang", "open"}, may: []access.Verb{"obstacle.answer"}, local: true,
		text: "SELECT unit_id, due_day, CAST(count(*) AS BIGINT) FROM obstacle WHERE state='open' AND level='" + plan.LevelCommune + "' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY unit_id, due_day"},
	{kind: "obstacles", title: "Trả lời vướng mắc chuyển lên huyện", unit: "vướng mắc", href: "/vuong-mac", at: true, more: []string{"tinh_trang", "open"}, may: []access.Verb{"obstacle.answer"}, whole: true,
		text: "SELECT unit_id, due_day, CAST(count(*) AS BIGINT) FROM obstacle WHERE state='open' AND level='" + plan.LevelDistrict + "' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY unit_id, due_day"},
	{kind: "lists.apply", title: "Ghi danh sách đã chạy thử", unit: "danh sách", href: "/danh-sach", may: []access.Verb{"intake.apply", "intake.see"},
		text: "SELECT unit_id, '', CAST(count(*) AS BIGINT) FROM batch WHERE state='tried' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY unit_id"},
	{kind: "lists.rows", title: "Quyết định các dòng chờ trong danh sách", unit: "dòng", href: "/danh-sach", may: []access.Verb{"people.settle", "intake.see"},
		text: "SELECT b.unit_id, '', CAST(count(*) AS BIGINT) FROM batch b JOIN batch_row r ON r.batch_id=b.id WHERE b.state='applied' AND r.state='open' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY b.unit_id"},
	{kind: "sessions", title: "Đón dân ở điểm thu nhận hôm nay", unit: "buổi", href: "/lich-diem", may: []access.Verb{"points.checkin"},
		text: "SELECT unit_id, day, CAST(count(*) AS BIGINT) FROM point_session WHERE day=$2 AND state IN ('planned', 'open') AND CAST($1 AS BIGINT)<>0 GROUP BY unit_id, day"},
	{kind: "inspections", title: "Ghi kết quả kiểm tra thực tế", unit: "người trong mẫu", href: "/kiem-tra", may: []access.Verb{"inspect.record", "inspect.see"},
		text: "SELECT i.unit_id, '', CAST(count(*) AS BIGINT) FROM inspection i JOIN inspection_item x ON x.inspection_id=i.id WHERE i.state='drawn' AND x.result='' AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY i.unit_id"},
	{kind: "contests", title: "Quyết định kiến nghị về thi đua", unit: "kiến nghị", href: "/thi-dua", may: []access.Verb{"emulation.decide", "emulation.see"},
		text: `SELECT r.unit_id, '', CAST(count(*) AS BIGINT) FROM emulation_contest c JOIN emulation_round r ON r.id=c.round_id
			WHERE NOT EXISTS (SELECT 1 FROM emulation_decision d WHERE d.contest_id=c.id) AND NOT EXISTS (SELECT 1 FROM emulation_step s WHERE s.round_id=r.id AND s.state='closed') AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY r.unit_id`},
	{kind: "rounds", title: "Công bố kết quả xếp loại thi đua", unit: "kỳ", href: "/thi-dua", may: []access.Verb{"emulation.decide", "emulation.see"},
		text: "SELECT r.unit_id, '', CAST(count(*) AS BIGINT) FROM emulation_round r WHERE NOT EXISTS (SELECT 1 FROM emulation_step s WHERE s.round_id=r.id) AND CAST($1 AS BIGINT)<>0 AND $2<>'' GROUP BY r.unit_id"},
}

// Queues is what waits in tables of the whole program, one source a table.
func Queues(d *db.DB) []Source {
	var out []Source
	for i := range queues {
		q := &queues[i]
		out = append(out, func(ctx context.Context, who access.Viewer) ([]Task, error) { return q.waiting(ctx, d, who) })
	}
	return out
}

// waiting counts what waits in a queue for the asker.
func (q *queue) waiting(ctx context.Context, d *db.DB, who access.Viewer) ([]Task, error) {
	if slices.ContainsFunc(q.may, func(v access.Verb) bool {
		return !who.MayAnywhere(v) || q.whole && who.May(v, 0) != nil || q.local && who.May(v, 0) == nil
	}) {
		return nil, nil
	}
	t := Task{Kind: q.kind, Title: q.title, Unit: q.unit, Href: q.href}
	if own := Topmost(who, q.may[0]); q.at && len(own) > 0 {
		t.Href = AtUnit(q.href, who, own[0], q.more...)
	}
	err := d.Read(ctx, func(tx *db.Tx) error {
		t.N, t.Late, t.Due = 0, 0, ""
		today := tx.Today()
		return tx.Each(q.text, []any{who.Account, string(today)}, func(scan func(...any) error) error {
			var unit, n int64
			var due string
			if err := scan(&unit, &due, &n); err != nil {
				return err
			}
			if slices.ContainsFunc(q.may, func(v access.Verb) bool { return who.May(v, unit) != nil }) {
				return nil
			}
			t.N += int(n)
			if day := clock.Day(due); due != "" {
				if day < today {
					t.Late += int(n)
				}
				if t.Due == "" || day < t.Due {
					t.Due = day
				}
			}
			return nil
		})
	})
	return []Task{t}, err
}
