package localplan

import (
	"context"
	"fmt"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Issue puts the draft in force: it is frozen, the one before is replaced, and the quotas follow it from the next planning on. A second version
// says what it corrects (law D1). What contradicts the district's plan keeps it from being issued. The viewer needs localplan.approve there.
func (b *Book) Issue(ctx context.Context, who access.Viewer, unit, revision int64, why string) error {
	if err := who.May("localplan.approve", unit); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("localplan.approve", unit, "localplan:"+id.String(unit), "ban hành"), func(tx *db.Tx) error {
		tree, _, err := b.commune(tx, who, "localplan.approve", unit)
		if err != nil {
			return err
		}
		list, err := versions(tx, "unit_id=$1", unit)
		if err != nil {
			return err
		}
		if len(list) == 0 || list[0].State != Draft {
			return fault.New(fault.Conflict, "localplan.no_draft", "Bản thảo không còn: đã được ban hành hoặc đã bỏ. Hãy tải lại trang.")
		}
		d := &list[0]
		if d.Revision != revision {
			return fault.New(fault.Conflict, "localplan.changed_issue", "%s vừa sửa bản thảo. Hãy đọc lại trước khi ban hành.", d.WriterName)
		}
		if why, err = reason(why, d.N > 1); err != nil {
			return err
		}
		asked, err := b.asked(tx, tree, unit)
		if err != nil {
			return err
		}
		if wrong := d.Spec.Check(b.Plan(), parts(asked)); len(wrong) > 0 {
			f := *wrong[0]
			f.Field = "issue"
			return &f
		}
		if _, err := tx.Exec("UPDATE local_plan SET state=$1, ended_at=$2, ended_name=$3 WHERE unit_id=$4 AND state=$5", Replaced, tx.Now(), who.Name, unit, Issued); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE local_plan SET state=$1, why=$2, issued_name=$3, issued_at=$4, issued_day=$5 WHERE id=$6", Issued, why, who.Name, tx.Now(), string(tx.Today()), d.ID)
		return err
	})
}

// Withdraw takes the issued plan out of force with a reason: the commune is under the district's division again. The viewer needs
// localplan.approve there.
func (b *Book) Withdraw(ctx context.Context, who access.Viewer, unit int64, why string) error {
	if err := who.May("localplan.approve", unit); err != nil {
		return err
	}
	why, err := reason(why, true)
	if err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("localplan.approve", unit, "localplan:"+id.String(unit), "thu hồi"), func(tx *db.Tx) error {
		n, err := tx.Exec("UPDATE local_plan SET state=$1, why=CASE WHEN why='' THEN $2 ELSE why || '; thu hồi: ' || $2 END, ended_at=$3, ended_name=$4 WHERE unit_id=$5 AND state=$6", Withdrawn, why, tx.Now(), who.Name, unit, Issued)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "localplan.none_issued", "Xã không có kế hoạch nào đang thực hiện.")
		}
		return err
	})
}

// Drop throws the draft of a revision away; one that somebody saved in between stays. The viewer needs localplan.write there.
func (b *Book) Drop(ctx context.Context, who access.Viewer, unit, revision int64) error {
	if err := who.May("localplan.write", unit); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("localplan.write", unit, "localplan:"+id.String(unit), "bỏ bản thảo"), func(tx *db.Tx) error {
		list, err := versions(tx, "unit_id=$1", unit)
		if err != nil {
			return err
		}
		if err := unchanged(list, revision); err != nil {
			return err
		}
		_, err = tx.Exec("DELETE FROM local_plan WHERE unit_id=$1 AND state=$2", unit, Draft)
		return err
	})
}

// Sheet is a commune's plan as a whole: its versions, the newest first, what the district asks today, and what is wrong with the draft and with
// the issued one (which was right when it was issued; denominators move).
type Sheet struct {
	Unit          *territory.Unit
	Versions      []Version
	Draft, Issued *Version // nil for none
	Asked         []Target // today's
	DraftWrong    []*fault.Fault
	IssuedWrong   []*fault.Fault
}

// Sheet reads it. The viewer needs localplan.see there.
func (b *Book) Sheet(ctx context.Context, who access.Viewer, unit int64) (*Sheet, error) {
	if err := who.May("localplan.see", unit); err != nil {
		return nil, err
	}
	var s *Sheet
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, u, err := b.commune(tx, who, "localplan.see", unit)
		if err != nil {
			return err
		}
		s = &Sheet{Unit: u}
		if s.Versions, err = versions(tx, "unit_id=$1", unit); err != nil {
			return err
		}
		if s.Asked, err = b.asked(tx, tree, unit); err != nil {
			return err
		}
		for i := range s.Versions {
			v := &s.Versions[i]
			wrong := func() []*fault.Fault {
				now := *v.Spec
				now.Targets = refreshed(v.Spec.Targets, s.Asked)
				return now.Check(b.Plan(), parts(s.Asked))
			}
			switch v.State {
			case Draft:
				s.Draft, s.DraftWrong = v, wrong()
			case Issued:
				s.Issued, s.IssuedWrong = v, wrong()
			}
		}
		return nil
	})
	return s, err
}

// refreshed gives a plan's numbers beside today's figures.
func refreshed(own, asked []Target) []Target {
	out := slices.Clone(own)
	for i := range out {
		for _, a := range asked {
			if a.ID == out[i].ID {
				out[i].Eligible, out[i].Confirmed, out[i].District = a.Eligible, a.Confirmed, a.District
			}
		}
	}
	return out
}

// Version reads one version of a commune's plan. The viewer needs localplan.see there.
func (b *Book) Version(ctx context.Context, who access.Viewer, unit int64, n int) (*Version, error) {
	s, err := b.Sheet(ctx, who, unit)
	if err != nil {
		return nil, err
	}
	for i := range s.Versions {
		if s.Versions[i].N == n {
			return &s.Versions[i], nil
		}
	}
	return nil, fault.New(fault.Missing, "localplan.version", "Không có bản kế hoạch thứ %d của %s.", n, s.Unit.Title())
}

// Row is one commune in the district's table: its state, and by target (in the order of Sums) its number and what the district asks.
type Row struct {
	Unit          *territory.Unit
	Issued, Draft *Version // nil for none
	Numbers       []Target
	Below         bool // the issued plan asks for less than the district does by now
}

// Sum is one target over all communes: what the district asks, what the issued plans and, for communes without one, the district's division
// come to. Sum is never less than District (law A1): a plan below its part counts with the part.
type Sum struct {
	ID, Short              string
	District, Issued, Rest int64
}

// Whole is what the communes come to.
func (s Sum) Whole() int64 { return s.Issued + s.Rest }

// More is by how much the communes ask for more than the district.
func (s Sum) More() int64 { return s.Whole() - s.District }

// District adds the communes up (KH:V.6). The viewer needs localplan.see on the campaign's place, or sees the communes where they have it.
func (b *Book) District(ctx context.Context, who access.Viewer) ([]Row, []Sum, error) {
	if !who.MayAnywhere("localplan.see") {
		return nil, nil, who.May("localplan.see", 0)
	}
	var rows []Row
	var sums []Sum
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		rows, sums = nil, nil
		p := b.Plan()
		if p == nil {
			return nil
		}
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		home := tree.Place(p.Place.Unit)
		if home == nil {
			return nil
		}
		kids := tree.Children(home.ID, tx.Today())
		units := []int64{home.ID}
		for _, u := range kids {
			units = append(units, u.ID)
		}
		asked, err := b.askedAll(tx, tree, units)
		if err != nil {
			return err
		}
		list, err := versions(tx, "state=$1 OR state=$2", Issued, Draft)
		if err != nil {
			return err
		}
		for _, t := range asked[home.ID] {
			sums = append(sums, Sum{ID: t.ID, Short: t.Short, District: t.District})
		}
		own := make([]int64, len(sums)) // of people who are in no commune
		for i := range sums {
			own[i] = sums[i].District
		}
		for _, u := range kids {
			r := Row{Unit: u, Numbers: asked[u.ID]}
			for i := range list {
				if v := &list[i]; v.Unit == u.ID && v.Spec.District == p.Code {
					if v.State == Issued {
						r.Issued = v
					} else {
						r.Draft = v
					}
				}
			}
			for i := range r.Numbers {
				t := &r.Numbers[i]
				own[i] -= t.District
				if r.Issued == nil {
					sums[i].Rest += t.Number
					continue
				}
				if x := r.Issued.Spec.Target(t.ID); x != nil {
					t.Number = x.Number
				}
				r.Below = r.Below || t.Number < t.District
				sums[i].Issued += max(t.Number, t.District)
			}
			if who.May("localplan.see", u.ID) == nil {
				rows = append(rows, r)
			}
		}
		for i := range sums {
			sums[i].Rest += own[i]
		}
		return nil
	})
	if who.May("localplan.see", 0) != nil {
		sums = nil
	}
	return rows, sums, err
}

// Wait is something that a commune's plan waits for: to be written, issued, or written anew because it fell below the district's.
type Wait struct {
	Unit  *territory.Unit
	Title string
}

// Waiting lists what the viewer's own communes wait for: those who issue are asked for drafts, those who write for plans.
func (b *Book) Waiting(ctx context.Context, who access.Viewer) ([]Wait, error) {
	if !who.MayAnywhere("localplan.write") || who.May("localplan.write", 0) == nil {
		return nil, nil // who oversees the district looks at its table
	}
	rows, _, err := b.District(ctx, who)
	var out []Wait
	for _, r := range rows {
		name := vn.LowerFirst(r.Unit.Title())
		switch {
		case r.Draft != nil && who.May("localplan.approve", r.Unit.ID) == nil:
			out = append(out, Wait{r.Unit, fmt.Sprintf("Kế hoạch của %s chờ ban hành", name)})
		case r.Issued == nil && r.Draft == nil && who.May("localplan.write", r.Unit.ID) == nil:
			out = append(out, Wait{r.Unit, fmt.Sprintf("Lập kế hoạch của %s", name)})
		case r.Below && who.May("localplan.write", r.Unit.ID) == nil:
			out = append(out, Wait{r.Unit, fmt.Sprintf("Kế hoạch của %s thấp hơn số huyện giao, cần bản mới", name)})
		}
	}
	return out, err
}

// InForce gives the issued plan of a unit; nil when there is none.
func InForce(tx *db.Tx, unit int64) (*Version, error) {
	list, err := versions(tx, "unit_id=$1 AND state=$2", unit, Issued)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
