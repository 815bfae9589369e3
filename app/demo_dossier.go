package app

import (
	"fmt"
	"sort"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/dossier"
)

// dossierMost bounds the demo's dossiers, dossierLook the persons who are looked at for them.
const (
	dossierMost = 4_000
	dossierLook = 24_000
)

// dossiers tells the way of the dossiers that the ledger's results came by, and of those still under way (KH:III.3.d): some lie too long,
// some were sent back. The weekly extracts move them on when the figures are told.
func (p *player) dossiers() error {
	police, ok := p.who["congan"]
	root := p.tree.ByCode("694")
	if !ok || root == nil || police.May("dossier.write", root.ID) != nil {
		return nil
	}
	p.at(demoDay, demoHour)
	tree, err := p.app.Door.Tree(p.ctx)
	if err != nil {
		return err
	}
	police = police.On(tree)
	return p.write("dossier.write", "sổ hồ sơ thu nhận", func(tx *db.Tx) error {
		first, claimed, lacking, err := p.reachedBy(tx)
		if err != nil {
			return err
		}
		list := append(p.finished(claimed, first), p.underWay(lacking)...)
		return p.keepDossiers(tx, police, list)
	})
}

// keepDossiers writes them, with receipts for all batches but the newest.
func (p *player) keepDossiers(tx *db.Tx, police access.Viewer, list []dossier.Kept) error {
	return p.app.Dossiers.Keep(tx, police, list, func(unit int64, day clock.Day) string {
		if day >= demoDay.Add(-1) {
			return ""
		}
		return fmt.Sprintf("TN-%s/%d", day.Time().In(clock.Zone).Format("0102"), unit%90+10)
	})
}

// reach is what somebody reached in a coverage, and when a team said so.
type reach struct {
	person   int64
	coverage string
	day      clock.Day
	team     int64
}

// reachedBy reads who had nothing when the campaign began, what teams claimed of them since, and who still has nothing.
func (p *player) reachedBy(tx *db.Tx) (first map[string]map[int64]bool, claimed, lacking []reach, err error) {
	persons := make([]int64, 0, len(p.persons))
	for _, n := range p.persons {
		persons = append(persons, n)
	}
	sort.Slice(persons, func(i, j int) bool { return persons[i] < persons[j] })
	few := persons[:0]
	for i := 0; i < len(persons); i += len(persons)/dossierLook + 1 { // everywhere, but not everybody
		few = append(few, persons[i])
	}
	persons = few
	goals := map[string]int{}
	for _, id := range []string{"cccd", "eid"} {
		if c := p.app.Plan().Coverage(id); c != nil {
			goals[id] = c.Rank(c.Goal)
		}
	}
	first = map[string]map[int64]bool{"cccd": {}, "eid": {}}
	for from := 0; from < len(persons); from += 2000 {
		part := persons[from:min(from+2000, len(persons))]
		events, err := coverage.EventsOf(tx, part)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, person := range part {
			for id, goal := range goals {
				c := p.app.Plan().Coverage(id)
				var own []coverage.Event
				done := reach{}
				for _, e := range events[person] {
					if e.Coverage != id || e.Void() {
						continue
					}
					own = append(own, e)
					if e.Level == coverage.Confirmed && e.State == "none" && e.Day <= p.district.Start.Add(week) {
						first[id][person] = true
					}
					if e.Level == coverage.Claimed && c.Rank(e.State) >= goal && (done.day == "" || e.Day < done.day) {
						done = reach{person, id, e.Day, e.Team}
					}
				}
				switch s := coverage.Fold(own, "", c.Rank); {
				case done.day != "":
					claimed = append(claimed, done)
				case s.Claimed < goal && s.ConfirmedBy >= 0 && c.Rank("none") == s.Confirmed:
					lacking = append(lacking, reach{person: person, coverage: id})
				}
			}
		}
	}
	for _, l := range [][]reach{claimed, lacking} {
		sort.Slice(l, func(i, j int) bool {
			return l[i].person < l[j].person || l[i].person == l[j].person && l[i].coverage < l[j].coverage
		})
	}
	return first, claimed, lacking, nil
}

// finished makes the dossiers that ended in what teams claimed.
func (p *player) finished(claimed []reach, first map[string]map[int64]bool) []dossier.Kept {
	var out []dossier.Kept
	for i, r := range claimed {
		if len(out) >= dossierMost/2 || !first[r.coverage][r.person] {
			continue
		}
		back := func(n int) clock.Day { return max(r.day.Add(-n), p.district.Start.Add(-5)) }
		k := dossier.Kept{Person: r.person, Team: r.team, Told: true}
		if r.coverage == "cccd" {
			k.Kind = dossier.Card
			k.Steps = []dossier.Move{{To: dossier.Collected, Day: back(9 + i%4)}, {To: dossier.Transmitted, Day: back(8)}, {To: dossier.Approved, Day: back(2)}, {To: dossier.Issued, Day: r.day}}
			if i%3 > 0 {
				k.Steps = append(k.Steps, dossier.Move{To: dossier.Handed, Day: min(r.day.Add(i%3), demoDay)})
			}
		} else {
			k.Kind = dossier.EID2
			k.Steps = []dossier.Move{{To: dossier.Collected, Day: back(7 + i%3)}, {To: dossier.Transmitted, Day: back(6)}, {To: dossier.Account, Day: back(2 + i%2)}, {To: dossier.Activated, Day: r.day}}
		}
		out = append(out, k)
	}
	return out
}

// underWay makes dossiers of those who still have nothing: most in time, some lying long, some sent back.
func (p *player) underWay(lacking []reach) []dossier.Kept {
	var out []dossier.Kept
	reasons := p.app.Plan().Dossier.Reasons
	seen := map[int64]bool{}
	stride := max(2, 2*len(lacking)/dossierMost)
	for i := 0; i < len(lacking); i += stride {
		r, n := lacking[i], i/stride
		if seen[r.person] {
			continue
		}
		seen[r.person] = true
		k := dossier.Kept{Person: r.person, Kind: dossier.EID2}
		if r.coverage == "cccd" {
			k.Kind = []dossier.Kind{dossier.Card, dossier.Both}[n%2]
		}
		ago := func(d int) clock.Day { return demoDay.Add(-d) }
		step := func(to dossier.State, d int) { k.Steps = append(k.Steps, dossier.Move{To: to, Day: ago(d)}) }
		switch v := n % 20; {
		case v < 4:
			step(dossier.Collected, v%2)
		case v == 4:
			step(dossier.Collected, 3+n%3)
		case v < 13:
			d := 2 + (n*7)%4
			if n%3 == 0 {
				d += (n * 5) % 13
			}
			step(dossier.Collected, d+1)
			step(dossier.Transmitted, d)
		case v < 15:
			step(dossier.Collected, 12)
			step(dossier.Transmitted, 11)
			step(dossier.Rejected, 2+n%6)
			if len(reasons) > 0 {
				k.Steps[2].Reason = reasons[n/20%len(reasons)].ID
			} else {
				k.Steps[2].Note = "ảnh mờ"
			}
		case k.Kind == dossier.EID2:
			d := 1 + (n*5)%11
			step(dossier.Collected, d+6)
			step(dossier.Transmitted, d+5)
			step(dossier.Account, d)
		default:
			step(dossier.Collected, 10)
			step(dossier.Transmitted, 9)
			step(dossier.Approved, 1+n%3)
		}
		out = append(out, k)
	}
	return out
}
