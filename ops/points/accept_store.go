package points

import (
	"context"
	"fmt"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/points/route"
)

var errDraft = fault.New(fault.Missing, "points.draft_unknown", "Chưa có bản dự thảo lộ trình nào đang chờ. Hãy lập lộ trình trước.")

// draftAt finds the unit's waiting draft.
func (b *Book) draftAt(ctx context.Context, who access.Viewer, unit int64) (*Draft, error) {
	d, err := b.Draft(ctx, who, unit)
	if err == nil && (d == nil || d.State != Drafted) {
		err = errDraft
	}
	return d, err
}

// Price tells what a change by hand of the unit's draft costs in expected dossiers and kilometres. The viewer needs points.see on the unit.
func (b *Book) Price(ctx context.Context, who access.Viewer, unit int64, change Pin) (route.Price, error) {
	d, err := b.draftAt(ctx, who, unit)
	if err != nil {
		return route.Price{}, err
	}
	price, _, err := d.price(change)
	return price, err
}

func (d *Draft) price(change Pin) (route.Price, route.Stay, error) {
	stay, ok := d.Laid.Find(change.Kit, change.Day, change.Unit)
	if !ok {
		return route.Price{}, stay, fault.New(fault.Invalid, "points.change", "Bộ thiết bị, ngày hoặc địa bàn này không có trong bản dự thảo.").On("day")
	}
	price, ok := route.Cost(&d.Laid.Problem, d.Plan.At, stay)
	if !ok {
		return price, stay, fault.New(fault.Conflict, "points.change_locked", "Ngày này đã khóa hoặc nơi cho mượn chỗ không nhận được. Hãy chọn ngày khác.").On("day")
	}
	return price, stay, nil
}

// Pin sets a kit's day of the draft by hand and locks it: planning again leaves it there. The viewer needs points.plan on the unit.
func (b *Book) Pin(ctx context.Context, who access.Viewer, unit int64, change Pin) error {
	if err := who.May("points.plan", unit); err != nil {
		return err
	}
	d, err := b.draftAt(ctx, who, unit)
	if err != nil {
		return err
	}
	_, stay, err := d.price(change)
	if err != nil {
		return err
	}
	d.Plan.At[stay.Kit][stay.Day] = stay.Hamlet
	d.Plan = *route.Value(&d.Laid.Problem, d.Plan.At)
	d.Laid.Problem.Locked = append(d.Laid.Problem.Locked, stay)
	d.Pins = append(d.Pins, change)
	return b.keep(ctx, who, d)
}

// Accept makes the draft's days sessions: those that the plan had made before and nobody is invited to give way, everything else stays.
// Hamlets without a point get one. It gives how many sessions it made and how many gave way. The viewer needs points.plan on the unit.
func (b *Book) Accept(ctx context.Context, who access.Viewer, unit int64) (made, gone int64, err error) {
	if err := who.May("points.plan", unit); err != nil {
		return 0, 0, err
	}
	d, err := b.draftAt(ctx, who, unit)
	if err != nil {
		return 0, 0, err
	}
	act := who.Act("points.plan", unit, "route:"+id.String(d.ID), "")
	err = b.DB.WriteLong(ctx, &act, func(tx *db.Tx) error {
		made, gone = 0, 0
		n, err := tx.Exec("UPDATE route_draft SET state='accepted' WHERE id=$1 AND state='draft'", d.ID)
		if err != nil || n == 0 {
			return errDraft
		}
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		made, gone, err = d.accept(tx, tree, who)
		act.Note = fmt.Sprintf("nhận lộ trình: %d buổi mới, %d buổi thay", made, gone)
		return err
	})
	b.changed()
	return made, gone, err
}

func (d *Draft) accept(tx *db.Tx, tree *territory.Tree, who access.Viewer) (made, gone int64, err error) {
	days := d.Laid.Days
	list, err := sessions(tx, "WHERE s.day>=$1 AND s.day<=$2 AND s.state<>'cancelled'", string(max(days[0], tx.Today())), string(days[len(days)-1]))
	if err == nil {
		err = withCounts(tx, list)
	}
	if err != nil {
		return 0, 0, err
	}
	busy := map[[2]int]bool{} // kit, day: a session stays there
	for _, s := range list {
		stay, ok := d.Laid.Find(s.Kit, s.Day, s.Unit)
		if stay.Kit < 0 {
			continue
		}
		planned := ok && d.Plan.At[stay.Kit][stay.Day] == stay.Hamlet
		if day, in := slices.BinarySearch(days, s.Day); in && (s.kept() || planned) {
			busy[[2]int{stay.Kit, day}] = true
			continue
		}
		if s.kept() {
			continue
		}
		gone++
		if _, err := tx.Exec("UPDATE point_session SET state='cancelled', reason='Lịch được lập lại' WHERE id=$1", s.ID); err != nil {
			return 0, 0, err
		}
	}
	all, err := points(tx, "")
	if err != nil {
		return 0, 0, err
	}
	for k := range d.Plan.At {
		for i, h := range d.Plan.At[k] {
			if h == route.Idle || busy[[2]int{k, i}] || days[i] < tx.Today() || d.Plan.Served[k][i] < 0.5 {
				continue
			}
			unit := d.Laid.Problem.Hamlets[h].ID
			p := slices.IndexFunc(all, func(p Point) bool { return p.Unit == unit && p.In(days[i]) && p.Receives(days[i]) })
			if p < 0 {
				fresh := Point{ID: id.New(), Unit: unit, Name: "Điểm lưu động " + tree.ByID(unit).Title(), Kind: Mobile, HostKind: HostNone}
				if err := nameFree(tx, "point", unit, 0, fresh.Name); err != nil {
					fresh.Name += " (từ " + days[i].Vi() + ")"
				}
				if err := insertPoint(tx, &fresh); err != nil {
					return 0, 0, err
				}
				all, p = append(all, fresh), len(all)
			}
			s := Session{ID: id.New(), Point: all[p].ID, Kit: d.Laid.Problem.Kits[k].ID, Day: days[i], From: "07:30", Until: "16:30", Planned: true}
			for _, pin := range d.Pins {
				s.Locked = s.Locked || pin.Kit == s.Kit && pin.Day == s.Day
			}
			if err := s.hold(tx, &all[p]); err != nil {
				return 0, 0, err
			}
			made++
		}
	}
	return made, gone, nil
}
