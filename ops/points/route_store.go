package points

import (
	"context"
	"encoding/json"
	"slices"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/points/route"
)

// problem lays out what is asked of the planner as the database stands: who still waits where, less those who came to a session that the
// figures do not know yet, and the sessions that stay as they are.
func (b *Book) problem(tx *db.Tx, tree *territory.Tree, ask *Ask, hand []Pin) (*Laid, error) {
	l := &Laid{}
	p := b.Plan()
	for d := max(ask.From, tx.Today()); d <= ask.Until && len(l.Days) < 400; d = d.Add(1) {
		if !slices.Contains(ask.Rest, int(d.Time().In(clock.Zone).Weekday())) && (p == nil || !p.Rests(d)) {
			l.Days = append(l.Days, d)
		}
	}
	l.Problem = route.Problem{Days: len(l.Days), Weights: ask.Weights, Factor: ask.Factor}
	all, err := kits(tx, "WHERE capacity>0")
	if err != nil {
		return nil, err
	}
	for _, k := range all {
		if !slices.Contains(ask.Kits, k.ID) || !tree.Within(k.Unit, ask.Unit) && !tree.Within(ask.Unit, k.Unit) {
			continue
		}
		x := route.Kit{ID: k.ID, Capacity: float64(k.Capacity), Lat: k.Lat, Lon: k.Lon, Off: make([]bool, len(l.Days))}
		for i, d := range l.Days {
			x.Off[i] = !k.In(d)
		}
		l.Problem.Kits, l.KitNames = append(l.Problem.Kits, x), append(l.KitNames, k.Name)
	}
	if len(l.Days) == 0 || len(l.Problem.Kits) == 0 {
		return nil, fault.New(fault.Invalid, "points.route_nothing", "Không có ngày làm việc hoặc bộ thiết bị nào để xếp. Hãy chọn lại ngày và bộ thiết bị.").On("kits")
	}
	if err := b.hamlets(tx, tree, ask, l); err != nil {
		return nil, err
	}
	if len(l.Problem.Hamlets) == 0 {
		return nil, fault.New(fault.Conflict, "points.route_no_need", "Không còn ai cần thu nhận hồ sơ ở địa bàn này theo số liệu đã xác nhận.")
	}
	return l, b.locks(tx, tree, l, hand)
}

// hamlets fills in who waits where.
func (b *Book) hamlets(tx *db.Tx, tree *territory.Tree, ask *Ask, l *Laid) error {
	need, err := b.Needing(tx, ask.Unit)
	if err != nil {
		return err
	}
	if err := served(tx, need); err != nil {
		return err
	}
	ids := make([]int64, 0, len(need))
	for person := range need {
		ids = append(ids, person)
	}
	slices.Sort(ids)
	known, err := people.Load(tx, ids)
	if err != nil {
		return err
	}
	rates, err := learned(tx, ask.Turnout)
	if err != nil {
		return err
	}
	at := map[int64]int{}
	for _, u := range tree.Descendants(ask.Unit) { // in the order of the tree, so that the same question gets the same answer
		if len(tree.Children(u, l.Days[0])) == 0 {
			lat, lon, _ := placeOf(tree, u)
			h := route.Hamlet{ID: u, Lat: lat, Lon: lon, Turnout: rates.of(u, "").Mean}
			if c := tree.Commune(u); c != nil {
				h.Commune = c.ID
			}
			at[u] = len(l.Problem.Hamlets)
			l.Problem.Hamlets = append(l.Problem.Hamlets, h)
		}
	}
	due := make([]map[int]float64, len(l.Problem.Hamlets))
	for _, person := range ids {
		i, ok := at[need[person]]
		if !ok {
			continue // known only to live somewhere in the commune: no session is planned for that
		}
		who := known[person]
		if day := fourteen(who.Birth); day > l.Days[0] {
			if n, _ := slices.BinarySearch(l.Days, day); n < len(l.Days) {
				if due[i] == nil {
					due[i] = map[int]float64{}
				}
				due[i][n]++
			}
			continue
		}
		l.Problem.Hamlets[i].Need++
	}
	kept := l.Problem.Hamlets[:0]
	for i, h := range l.Problem.Hamlets {
		for d := range l.Days {
			if due[i][d] > 0 {
				h.Due = append(h.Due, route.Due{Day: d, N: due[i][d]})
			}
		}
		if h.Need > 0 || len(h.Due) > 0 {
			kept = append(kept, h)
		}
	}
	l.Problem.Hamlets = kept
	return b.hosts(tx, l)
}

// served takes out of a list those who came to a session already: the extract that confirms them is on its way.
func served(tx *db.Tx, need map[int64]int64) error {
	return tx.Each("SELECT DISTINCT person_id FROM invitation WHERE state='came' AND person_id<>0", nil, func(scan func(...any) error) error {
		var person int64
		err := scan(&person)
		delete(need, person)
		return err
	})
}

// hosts fills in on which days no point of a hamlet can receive, and the measured roads.
func (b *Book) hosts(tx *db.Tx, l *Laid) error {
	all, err := points(tx, "")
	if err != nil {
		return err
	}
	byUnit := map[int64][]Point{}
	for _, p := range all {
		byUnit[p.Unit] = append(byUnit[p.Unit], p)
	}
	for i := range l.Problem.Hamlets {
		h := &l.Problem.Hamlets[i]
		if len(byUnit[h.ID]) == 0 {
			continue
		}
		h.Shut = make([]bool, len(l.Days))
		for d, day := range l.Days {
			h.Shut[d] = true
			for _, p := range byUnit[h.ID] {
				h.Shut[d] = h.Shut[d] && !(p.In(day) && p.Receives(day))
			}
		}
		for _, p := range byUnit[h.ID] {
			if p.Lat != 0 || p.Lon != 0 {
				h.Lat, h.Lon = p.Lat, p.Lon
			}
		}
	}
	return roads(tx, &l.Problem)
}

// roads gives a problem the measured distances.
func roads(tx *db.Tx, p *route.Problem) error {
	km := map[[2]int64]float64{}
	err := tx.Each("SELECT from_unit, to_unit, km FROM route_distance", nil, func(scan func(...any) error) error {
		var from, to int64
		var n float64
		err := scan(&from, &to, &n)
		km[[2]int64{from, to}] = n
		return err
	})
	p.Road = func(a, b int64) (float64, bool) {
		n, ok := km[[2]int64{a, b}]
		if !ok {
			n, ok = km[[2]int64{b, a}]
		}
		return n, ok
	}
	return err
}

// locks puts what stays as it is into a problem: sessions that are open, closed, locked, made by hand or have somebody invited, and what
// was pinned on the draft.
func (b *Book) locks(tx *db.Tx, tree *territory.Tree, l *Laid, hand []Pin) error {
	list, err := sessions(tx, "WHERE s.day>=$1 AND s.day<=$2 AND s.state<>'cancelled'", string(l.Days[0]), string(l.Days[len(l.Days)-1]))
	if err != nil {
		return err
	}
	if err := withCounts(tx, list); err != nil {
		return err
	}
	taken := map[[2]int]bool{}
	lock := func(kit int64, day clock.Day, unit int64) {
		k := slices.IndexFunc(l.Problem.Kits, func(x route.Kit) bool { return x.ID == kit })
		d, ok := slices.BinarySearch(l.Days, day)
		if k < 0 || !ok || taken[[2]int{k, d}] {
			return
		}
		taken[[2]int{k, d}] = true
		h := slices.IndexFunc(l.Problem.Hamlets, func(x route.Hamlet) bool { return x.ID == unit })
		if h < 0 && unit != 0 { // a point of the whole commune serves the hamlet that needs it most
			most := 0.0
			for i, x := range l.Problem.Hamlets {
				if x.Need > most && tree.Within(x.ID, unit) {
					most, h = x.Need, i
				}
			}
		}
		l.Problem.Locked = append(l.Problem.Locked, route.Stay{Kit: k, Day: d, Hamlet: h})
	}
	for _, s := range list {
		if s.kept() {
			lock(s.Kit, s.Day, s.Unit)
		}
	}
	for _, p := range hand {
		lock(p.Kit, p.Day, p.Unit)
	}
	return nil
}

// Route plans the mobile kits (KH:III.3.a) and keeps the answer as a draft, which it gives. Pinned days of the unit's last draft stay when
// ask.Keep says so. The viewer needs points.plan on the unit.
func (b *Book) Route(ctx context.Context, who access.Viewer, ask Ask) (*Draft, error) {
	if err := who.May("points.plan", ask.Unit); err != nil {
		return nil, err
	}
	if err := ask.check(); err != nil {
		return nil, err
	}
	d := &Draft{Ask: ask}
	if err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		if ask.Keep {
			last, err := draftOf(tx, ask.Unit)
			if err != nil {
				return err
			}
			if last != nil {
				d.Pins = last.Pins
			}
		}
		l, err := b.problem(tx, tree, &ask, d.Pins)
		d.Laid = l
		return err
	}); err != nil {
		return nil, err
	}
	d.Plan, d.Hand, d.Bound = *route.Make(&d.Laid.Problem), *route.LargestNeed(&d.Laid.Problem), route.Bound(&d.Laid.Problem)
	return d, b.keep(ctx, who, d)
}

// keep writes a draft.
func (b *Book) keep(ctx context.Context, who access.Viewer, d *Draft) error {
	d.ID, d.State, d.WhoName = id.New(), Drafted, who.Name
	asked, err := json.Marshal(d.Ask)
	if err != nil {
		return err
	}
	answer, err := json.Marshal(answered{d.Laid, d.Plan, d.Hand, d.Bound, d.Pins})
	if err != nil {
		return err
	}
	act := who.Act("points.plan", d.Ask.Unit, "route:"+id.String(d.ID), "lập lộ trình điểm lưu động")
	return b.DB.Write(ctx, act, func(tx *db.Tx) error {
		d.At = tx.Now()
		if _, err := tx.Exec("UPDATE route_draft SET state='dropped' WHERE unit_id=$1 AND state='draft'", d.Ask.Unit); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO route_draft(id, unit_id, at, who, who_name, state, ask, answer) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)",
			d.ID, d.Ask.Unit, tx.Now(), who.Account, who.Name, d.State, string(asked), string(answer))
		return err
	})
}

// draftOf reads the last draft of a unit, nil when there is none.
func draftOf(tx *db.Tx, unit int64) (*Draft, error) {
	var out *Draft
	err := tx.Each("SELECT id, at, who_name, state, ask, answer FROM route_draft WHERE unit_id=$1 ORDER BY at DESC, id DESC LIMIT 1", []any{unit}, func(scan func(...any) error) error {
		d := &Draft{}
		var asked, answer string
		if err := scan(&d.ID, &d.At, &d.WhoName, &d.State, &asked, &answer); err != nil {
			return err
		}
		var a answered
		if err := json.Unmarshal([]byte(asked), &d.Ask); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(answer), &a); err != nil {
			return err
		}
		d.Laid, d.Plan, d.Hand, d.Bound, d.Pins = a.Laid, a.Plan, a.Hand, a.Bound, a.Pins
		out = d
		return nil
	})
	if err == nil && out != nil {
		err = roads(tx, &out.Laid.Problem)
	}
	return out, err
}

// Draft gives a unit's last draft, nil when there is none. The viewer needs points.see on the unit.
func (b *Book) Draft(ctx context.Context, who access.Viewer, unit int64) (*Draft, error) {
	if err := who.May("points.see", unit); err != nil {
		return nil, err
	}
	var out *Draft
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = draftOf(tx, unit)
		return err
	})
	return out, err
}
