package emulation

import (
	"context"
	"fmt"
	"slices"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Contest takes a unit's objection to its own verdict in a published round, from who has emulation.contest there. One waits at a time.
func (b *Book) Contest(ctx context.Context, who access.Viewer, round int64, key, text string) (int64, error) {
	if !who.MayAnywhere("emulation.contest") {
		return 0, who.May("emulation.contest", 0)
	}
	text, err := needText(text, "text", "lý do khiếu nại")
	if err != nil {
		return 0, err
	}
	var out int64
	act := who.Act("emulation.contest", 0, "", "")
	err = b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		r, err := read(tx, round)
		if err != nil {
			return err
		}
		v, ok := r.Find(key)
		if !ok {
			return fault.New(fault.Missing, "emulation.subject", "Đợt xét này không có đơn vị đã chọn.")
		}
		if err := who.May("emulation.contest", v.Evidence.Unit); err != nil {
			return err
		}
		if err := r.mayContest(tx.Today()); err != nil {
			return err
		}
		if slices.ContainsFunc(r.Contests, func(c Contest) bool { return c.Key == key && c.Decision == nil }) {
			return fault.New(fault.Conflict, "emulation.contested", "Đơn vị đã có khiếu nại đang chờ giải quyết.")
		}
		out = id.New()
		act.Unit, act.Object = v.Evidence.Unit, "contest:"+id.String(out)
		_, err = tx.Exec("INSERT INTO emulation_contest(id, round_id, subject, unit_id, text, who, who_name, day, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
			out, round, key, v.Evidence.Unit, text, who.Account, who.Name, string(tx.Today()), tx.Now())
		return err
	})
	return out, err
}

// Decide settles a contest: upheld leaves the verdict, changed gives the class. The decider has emulation.decide over the campaign
// and is not the one who contested. The verdict before stays readable. (law J2)
func (b *Book) Decide(ctx context.Context, who access.Viewer, contest int64, outcome Outcome, class Class, why string) error {
	if err := who.May("emulation.decide", 0); err != nil {
		return err
	}
	why, err := needText(why, "why", "lý do của quyết định")
	if err != nil {
		return err
	}
	act := who.Act("emulation.decide", 0, "contest:"+id.String(contest), "")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		var round int64
		if err := tx.Each("SELECT round_id FROM emulation_contest WHERE id=$1", []any{contest}, func(scan func(...any) error) error { return scan(&round) }); err != nil {
			return err
		}
		if round == 0 {
			return fault.New(fault.Missing, "emulation.contest_unknown", "Không có khiếu nại này.")
		}
		r, err := read(tx, round)
		if err != nil {
			return err
		}
		c := r.Contests[slices.IndexFunc(r.Contests, func(c Contest) bool { return c.ID == contest })]
		v, _ := r.Find(c.Key)
		switch {
		case c.Decision != nil:
			return fault.New(fault.Conflict, "emulation.decided", "Khiếu nại này đã được quyết định.")
		case r.State() != Published:
			return fault.New(fault.Conflict, "emulation.state", "Đợt xét đang ở bước “%s”, không quyết định được nữa.", StateTitle(r.State()))
		case who.Account != 0 && who.Account == c.Who:
			return fault.New(fault.Forbidden, "emulation.own", "Người khiếu nại không được tự quyết định khiếu nại của mình.")
		}
		after := v.Class
		switch outcome {
		case Upheld:
		case Changed:
			if !slices.Contains(Changeable(v, r.Thresholds), class) {
				return fault.New(fault.Invalid, "emulation.class", "Không đổi được thành “%s”: hạng không được cao hơn mức mà các chỉ tiêu đã xác nhận đạt tới, và phải khác hạng hiện tại.", ClassTitle(class)).On("class")
			}
			after = class
			var n int64
			if err := tx.QueryRow("SELECT CAST(max(n) AS BIGINT) FROM emulation_verdict WHERE round_id=$1 AND subject=$2", round, c.Key).Scan(&n); err != nil {
				return err
			}
			if err := keep(tx, round, decided(v, class, why), n+1, contest); err != nil {
				return err
			}
		default:
			return fault.New(fault.Invalid, "emulation.outcome", "Hãy chọn giữ nguyên hoặc thay đổi kết quả.").On("outcome")
		}
		act.Unit, act.Note = v.Evidence.Unit, fmt.Sprintf("%s: %s → %s", outcome, v.Class, after)
		_, err = tx.Exec("INSERT INTO emulation_decision(contest_id, outcome, class_before, class_after, why, who, who_name, day, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
			contest, string(outcome), string(v.Class), string(after), why, who.Account, who.Name, string(tx.Today()), tx.Now())
		return err
	})
}

// contests lists a round's contests with their decisions, oldest first.
func contests(tx *db.Tx, r *Round) ([]Contest, error) {
	var out []Contest
	err := tx.Each(`SELECT c.id, c.subject, c.unit_id, c.text, c.who, c.who_name, c.day, coalesce(d.outcome,''), coalesce(d.class_before,''), coalesce(d.class_after,''), coalesce(d.why,''), coalesce(d.who_name,''), coalesce(d.day,'')
		FROM emulation_contest c LEFT JOIN emulation_decision d ON d.contest_id=c.id WHERE c.round_id=$1 ORDER BY c.id`, []any{r.ID}, func(scan func(...any) error) error {
		c := Contest{Round: r.ID}
		var d Decision
		var day, on string
		if err := scan(&c.ID, &c.Key, &c.Unit, &c.Text, &c.Who, &c.WhoName, &day, &d.Outcome, &d.Before, &d.After, &d.Why, &d.WhoName, &on); err != nil {
			return err
		}
		c.Day, d.Day = clock.Day(day), clock.Day(on)
		if v, ok := r.Find(c.Key); ok {
			c.Name = v.Evidence.Name
		}
		if d.Outcome != "" {
			c.Decision = &d
		}
		out = append(out, c)
		return nil
	})
	return out, err
}
