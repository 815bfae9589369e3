package emulation

import (
	"context"
	"encoding/json"
	"fmt"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Open judges a tier as of a day ("" for today) and freezes what it was judged on and by. Whoever proposes over the whole campaign
// may do it. (law J2)
func (b *Book) Open(ctx context.Context, who access.Viewer, tier Tier, day clock.Day, note string) (int64, error) {
	if err := who.May("emulation.propose", 0); err != nil {
		return 0, err
	}
	if tier == Agencies || tier == Persons {
		return 0, fault.New(fault.Invalid, "emulation.no_round", "%s", Lacking(tier)).On("tier")
	}
	if len([]rune(note)) > 400 {
		return 0, fault.New(fault.Invalid, "emulation.note", "Ghi chú tối đa 400 chữ.").On("note")
	}
	r, err := b.judge(ctx, who, tier, day)
	if err != nil {
		return 0, err
	}
	if r.Of == 0 {
		return 0, fault.New(fault.Invalid, "emulation.nobody", "Chưa có đơn vị nào để xét trong ngày %s.", r.Day.Vi()).On("day")
	}
	var round int64
	act := who.Act("emulation.propose", 0, "", "")
	err = b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		home, th := int64(0), ""
		if u := b.place(tree); u != nil {
			home = u.ID
		}
		if th, err = frozen(r.Thresholds); err != nil {
			return err
		}
		round = id.New()
		act.Object, act.Note = "emulation:"+id.String(round), fmt.Sprintf("lập đợt xét %s ngày %s, %d đơn vị", TierTitle(tier), r.Day, r.Of)
		if _, err := tx.Exec("INSERT INTO emulation_round(id, tier, unit_id, day, thresholds, note, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
			round, string(tier), home, string(r.Day), th, note, who.Account, who.Name, tx.Now()); err != nil {
			return err
		}
		for _, v := range r.List {
			if err := keep(tx, round, v, 0, 0); err != nil {
				return err
			}
		}
		return nil
	})
	return round, err
}

func frozen(v any) (string, error) {
	out, err := json.Marshal(v)
	return string(out), err
}

// keep appends a verdict: n 0 is the rules' own.
func keep(tx *db.Tx, round int64, v Verdict, n, contest int64) error {
	text, err := frozen(v)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO emulation_verdict(round_id, subject, n, unit_id, frozen, contest_id, at) VALUES ($1,$2,$3,$4,$5,$6,$7)",
		round, v.Evidence.Key, n, v.Evidence.Unit, text, contest, tx.Now())
	return err
}

// Rounds lists the rounds, the newest first, without their verdicts. Drafts are seen by who may propose or decide.
func (b *Book) Rounds(ctx context.Context, who access.Viewer, n int) ([]Round, error) {
	if !who.MayAnywhere("emulation.see") {
		return nil, who.May("emulation.see", 0)
	}
	var out []Round
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		err := tx.Each("SELECT id, tier, unit_id, day, thresholds, note, who_name, at FROM emulation_round ORDER BY id DESC LIMIT $1", []any{int64(n)}, func(scan func(...any) error) error {
			r, err := scanRound(scan)
			out = append(out, r)
			return err
		})
		if err != nil {
			return err
		}
		for i := range out {
			if out[i].Steps, err = steps(tx, out[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	var seen []Round
	for _, r := range out {
		if r.State() != Draft || maySeeDraft(who) {
			seen = append(seen, r)
		}
	}
	return seen, err
}

func maySeeDraft(who access.Viewer) bool { return who.May("emulation.see", 0) == nil }

func scanRound(scan func(...any) error) (Round, error) {
	var r Round
	var th, tier, day string
	if err := scan(&r.ID, &tier, &r.Unit, &day, &th, &r.Note, &r.WhoName, &r.At); err != nil {
		return r, err
	}
	r.Tier, r.Day = Tier(tier), clock.Day(day)
	return r, json.Unmarshal([]byte(th), &r.Thresholds)
}

func steps(tx *db.Tx, round int64) ([]Step, error) {
	var out []Step
	err := tx.Each("SELECT state, day, until_day, who_name, at FROM emulation_step WHERE round_id=$1 ORDER BY id", []any{round}, func(scan func(...any) error) error {
		var s Step
		var state, day, until string
		err := scan(&state, &day, &until, &s.WhoName, &s.At)
		s.State, s.Day, s.Until = State(state), clock.Day(day), clock.Day(until)
		out = append(out, s)
		return err
	})
	return out, err
}

// Round reads one round with its newest verdicts, ranked. A published round is open to all who may see emulation anywhere, because
// a rank can be contested only by who can read it; a draft only over the whole campaign.
func (b *Book) Round(ctx context.Context, who access.Viewer, round int64) (*Round, error) {
	if !who.MayAnywhere("emulation.see") {
		return nil, who.May("emulation.see", 0)
	}
	var r *Round
	err := b.DB.Read(ctx, func(tx *db.Tx) (err error) {
		r, err = read(tx, round)
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.State() == Draft {
		if err := who.May("emulation.see", 0); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// read reads a whole round.
func read(tx *db.Tx, round int64) (*Round, error) {
	var r *Round
	err := tx.Each("SELECT id, tier, unit_id, day, thresholds, note, who_name, at FROM emulation_round WHERE id=$1", []any{round}, func(scan func(...any) error) error {
		x, err := scanRound(scan)
		r = &x
		return err
	})
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, fault.New(fault.Missing, "emulation.round_unknown", "Không có đợt xét thi đua này.")
	}
	if r.Steps, err = steps(tx, round); err != nil {
		return nil, err
	}
	newest, first := map[string]Verdict{}, map[string]Verdict{}
	r.First = map[string]Verdict{}
	err = tx.Each("SELECT subject, n, frozen FROM emulation_verdict WHERE round_id=$1 ORDER BY subject, n", []any{round}, func(scan func(...any) error) error {
		var key, text string
		var n int64
		var v Verdict
		if err := scan(&key, &n, &text); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return err
		}
		if n == 0 {
			first[key] = v
		} else {
			r.First[key] = first[key]
		}
		newest[key] = v
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, v := range newest {
		r.List = append(r.List, v)
	}
	r.List, r.Of = Rank(r.List), len(newest)
	if r.Contests, err = contests(tx, r); err != nil {
		return nil, err
	}
	r.Proposals, err = proposals(tx, round)
	return r, err
}

// Papers makes a form of the newest round of a tier that the asker may read, or, when there is none, of the ranks as they stand on a
// day. The asker needs emulation.see over the campaign.
func (b *Book) Papers(ctx context.Context, who access.Viewer, tier Tier, day clock.Day, f Form) ([]*docx.Document, error) {
	if err := who.May("emulation.see", 0); err != nil {
		return nil, err
	}
	rounds, err := b.Rounds(ctx, who, 200)
	if err != nil {
		return nil, err
	}
	for i := range rounds {
		if x := &rounds[i]; x.Tier == tier && (day == "" || x.Day <= day) {
			return b.RoundPapers(ctx, who, x.ID, f)
		}
	}
	duties, r, err := b.Duties(ctx, who, tier, day)
	if err != nil {
		return nil, err
	}
	return Documents(&Round{Tier: tier, Day: r.Day, Thresholds: r.Thresholds, List: r.List, Of: r.Of}, duties, b.Plan(), f)
}

// RoundPapers makes a form of one round. The list of responsibility tells of the round's day.
func (b *Book) RoundPapers(ctx context.Context, who access.Viewer, round int64, f Form) ([]*docx.Document, error) {
	r, err := b.Round(ctx, who, round)
	if err != nil {
		return nil, err
	}
	var duties []Duty
	if f == FormResponsibility {
		if duties, _, err = b.Duties(ctx, who, r.Tier, r.Day); err != nil {
			return nil, err
		}
	}
	return Documents(r, duties, b.Plan(), f)
}

// Publish opens a draft to everybody and to contests for the plan's days; Close ends it, when no contest waits. Both need
// emulation.decide over the campaign.
func (b *Book) Publish(ctx context.Context, who access.Viewer, round int64) error {
	return b.step(ctx, who, round, Published)
}

// Close ends a published round: its verdicts are final. Contests still waiting, and days of contest left, hinder it.
func (b *Book) Close(ctx context.Context, who access.Viewer, round int64) error {
	return b.step(ctx, who, round, Closed)
}

func (b *Book) step(ctx context.Context, who access.Viewer, round int64, to State) error {
	if err := who.May("emulation.decide", 0); err != nil {
		return err
	}
	act := who.Act("emulation.decide", 0, "emulation:"+id.String(round), string(to))
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		r, err := read(tx, round)
		if err != nil {
			return err
		}
		until := clock.Day("")
		switch {
		case to == Published && r.State() == Draft:
			until = tx.Today().Add(r.Thresholds.ContestDays)
		case to == Closed && r.State() == Published:
			for _, c := range r.Contests {
				if c.Decision == nil {
					return fault.New(fault.Invalid, "emulation.waiting", "Còn khiếu nại của %s chưa giải quyết. Hãy quyết định trước khi kết thúc đợt xét.", c.Name)
				}
			}
			if tx.Today() <= r.Until() {
				return fault.New(fault.Invalid, "emulation.still_open", "Còn hạn khiếu nại đến hết ngày %s; chưa kết thúc được đợt xét.", r.Until().Vi())
			}
		default:
			return fault.New(fault.Conflict, "emulation.state", "Đợt xét đang ở bước “%s”, không chuyển được như vậy. Hãy tải lại trang.", StateTitle(r.State()))
		}
		_, err = tx.Exec("INSERT INTO emulation_step(id, round_id, state, day, until_day, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
			id.New(), round, string(to), string(tx.Today()), string(until), who.Account, who.Name, tx.Now())
		return err
	})
}
