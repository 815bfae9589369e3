package emulation

import (
	"context"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Propose names a collective or a person for a Giấy khen in a round (KH:V.4). A collective that the round judged must have a
// class that is rewarded (law J2). The asker needs emulation.propose on the unit.
func (b *Book) Propose(ctx context.Context, who access.Viewer, round int64, p Proposal) (int64, error) {
	if err := who.May("emulation.propose", p.Unit); err != nil {
		return 0, err
	}
	p.Name, p.Office = strings.TrimSpace(p.Name), strings.TrimSpace(p.Office)
	if n := len([]rune(p.Name)); n < 2 || n > 200 || len([]rune(p.Office)) > 200 {
		return 0, fault.New(fault.Invalid, "emulation.name", "Hãy ghi tên tập thể hoặc họ tên cá nhân, tối đa 200 chữ.").On("name")
	}
	if p.Kind != "collective" && p.Kind != "person" {
		return 0, fault.New(fault.Invalid, "emulation.kind", "Hãy chọn tập thể hoặc cá nhân.").On("kind")
	}
	var err error
	if p.Achievement, err = needText(p.Achievement, "achievement", "thành tích"); err != nil {
		return 0, err
	}
	act := who.Act("emulation.propose", p.Unit, "", "đề xuất khen thưởng")
	err = b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		r, err := read(tx, round)
		if err != nil {
			return err
		}
		for _, v := range r.List {
			if r.Tier != Teams && v.Evidence.Unit == p.Unit && p.Kind == "collective" && !v.Class.Rewarded() {
				return fault.New(fault.Invalid, "emulation.not_rewarded", "%s được xếp “%s” trong đợt xét này nên không đề xuất khen thưởng được.", v.Evidence.Name, ClassTitle(v.Class)).On("unit")
			}
		}
		p.ID = id.New()
		act.Object = "proposal:" + id.String(p.ID)
		return propose(tx, round, p, 0, who)
	})
	return p.ID, err
}

// Unpropose takes a proposal back; it stays in the trail.
func (b *Book) Unpropose(ctx context.Context, who access.Viewer, round, proposal int64) error {
	if !who.MayAnywhere("emulation.propose") {
		return who.May("emulation.propose", 0)
	}
	act := who.Act("emulation.propose", 0, "proposal:"+id.String(proposal), "rút đề xuất")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		list, err := proposals(tx, round)
		if err != nil {
			return err
		}
		for _, p := range list {
			if p.ID != proposal {
				continue
			}
			if err := who.May("emulation.propose", p.Unit); err != nil {
				return err
			}
			act.Unit = p.Unit
			p.ID = id.New()
			return propose(tx, round, p, proposal, who)
		}
		return fault.New(fault.Missing, "emulation.proposal_unknown", "Không có đề xuất này, hoặc đã được rút.")
	})
}

func propose(tx *db.Tx, round int64, p Proposal, undoes int64, who access.Viewer) error {
	_, err := tx.Exec("INSERT INTO emulation_proposal(id, round_id, kind, name, office, unit_id, achievement, undoes, who, who_name, day, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
		p.ID, round, p.Kind, p.Name, p.Office, p.Unit, p.Achievement, undoes, who.Account, who.Name, string(tx.Today()), tx.Now())
	return err
}

// proposals lists those of a round that were not taken back, in the order in which they were made.
func proposals(tx *db.Tx, round int64) ([]Proposal, error) {
	var out []Proposal
	err := tx.Each(`SELECT p.id, p.kind, p.name, p.office, p.unit_id, p.achievement, p.who_name, p.day FROM emulation_proposal p
		WHERE p.round_id=$1 AND p.undoes=0 AND NOT EXISTS (SELECT 1 FROM emulation_proposal u WHERE u.undoes=p.id) ORDER BY p.id`, []any{round}, func(scan func(...any) error) error {
		var p Proposal
		var day string
		err := scan(&p.ID, &p.Kind, &p.Name, &p.Office, &p.Unit, &p.Achievement, &p.WhoName, &day)
		p.Day = clock.Day(day)
		out = append(out, p)
		return err
	})
	return out, err
}
