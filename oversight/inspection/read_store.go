package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/stat"
)

// Told is an inspection with its estimate (as frozen once it is closed) and what the viewer may do.
type Told struct {
	Inspection
	Estimate           Estimate
	MayPlan, MayRecord bool
	Barred             string // why the viewer may not record though holding the right
}

// List gives the inspections that the viewer may see, the newest first, with their estimates. unit narrows to those of a
// unit, of what lies under it, and of what it lies under; 0 is everywhere.
func (b *Book) List(ctx context.Context, who access.Viewer, unit int64) ([]Told, error) {
	if unit != 0 {
		if err := who.May("inspect.see", unit); err != nil {
			return nil, err
		}
	} else if !who.MayAnywhere("inspect.see") {
		return nil, who.May("inspect.see", 0)
	}
	var out []Told
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		if err := tx.Each("SELECT "+columns+", estimate FROM inspection ORDER BY seed_at DESC, id DESC", nil, func(scan func(...any) error) error {
			var frozen string
			in, err := scanInspection(scan, &frozen)
			if err != nil {
				return err
			}
			if who.May("inspect.see", in.Unit) != nil || unit != 0 && !tree.Within(in.Unit, unit) && !tree.Within(unit, in.Unit) {
				return nil
			}
			t := Told{Inspection: in}
			if frozen != "" {
				err = json.Unmarshal([]byte(frozen), &t.Estimate)
			}
			out = append(out, t)
			return err
		}); err != nil {
			return err
		}
		for i := range out {
			if out[i].State == Drawn {
				if out[i].Estimate, err = estimate(tx, &out[i].Inspection); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return out, err
}

// Get reads one inspection.
func (b *Book) Get(ctx context.Context, who access.Viewer, inspection int64) (*Told, error) {
	var out Told
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		in, frozen, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		if err := who.May("inspect.see", in.Unit); err != nil {
			return err
		}
		out = Told{Inspection: in, MayPlan: who.May("inspect.plan", in.Unit) == nil}
		if who.May("inspect.record", in.Unit) == nil {
			err := mayRecord(tx, who, in.Unit)
			if out.MayRecord = err == nil; !out.MayRecord {
				out.Barred = err.Error()
			}
		}
		if frozen != "" {
			return json.Unmarshal([]byte(frozen), &out.Estimate)
		}
		out.Estimate, err = estimate(tx, &in)
		return err
	})
	return &out, err
}

func estimate(tx *db.Tx, in *Inspection) (Estimate, error) {
	var parts []Part
	at := map[string]int{}
	err := tx.Each("SELECT code, unit_id, frame, sample FROM inspection_stratum WHERE inspection_id=$1 ORDER BY code", []any{in.ID}, func(scan func(...any) error) error {
		var p Part
		err := scan(&p.Code, &p.Unit, &p.Frame, &p.Sample)
		at[p.Code] = len(parts)
		parts = append(parts, p)
		return err
	})
	if err != nil {
		return Estimate{}, err
	}
	err = tx.Each("SELECT code, result, count(*) FROM inspection_item WHERE inspection_id=$1 GROUP BY code, result", []any{in.ID}, func(scan func(...any) error) error {
		var code string
		var r Result
		var n int64
		if err := scan(&code, &r, &n); err != nil {
			return err
		}
		parts[at[code]].count(r, n)
		return nil
	})
	return Tell(parts, in.Conf), err
}

func (c *Counts) count(r Result, n int64) {
	switch r {
	case True:
		c.True += n
	case False:
		c.False += n
	case Absent:
		c.Absent += n
	case Refused:
		c.Refused += n
	}
}

// Close ends an inspection and freezes its estimate; nothing is recorded after. The estimate's SHA-256 stands in the chained trail, so
// that a later change of it shows.
func (b *Book) Close(ctx context.Context, who access.Viewer, inspection int64) error {
	act := who.Act("inspect.plan", 0, "inspection:"+id.String(inspection), "kết thúc")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		in, _, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		if err := who.May("inspect.plan", in.Unit); err != nil {
			return err
		}
		act.Unit = in.Unit
		if in.State != Drawn {
			return fault.New(fault.Conflict, "inspection.not_running", "Đợt kiểm tra %s, không kết thúc được.", StateTitle(in.State))
		}
		e, err := estimate(tx, &in)
		if err != nil {
			return err
		}
		if e.Decided()+e.Missed() == 0 {
			return fault.New(fault.Conflict, "inspection.no_result", "Chưa có kết quả nào, nên chưa kết thúc được.")
		}
		frozen, err := json.Marshal(e)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(frozen)
		act.Note = "kết thúc, SHA-256 của ước lượng " + hex.EncodeToString(sum[:])
		_, err = tx.Exec("UPDATE inspection SET state=$1, closed_at=$2, closed_day=$3, closed_name=$4, estimate=$5 WHERE id=$6",
			string(Closed), tx.Now(), string(tx.Today()), who.Name, string(frozen), in.ID)
		return err
	})
}

// Finding is what closed inspections found in a unit and below: of True+False, the share false lies within Low and High (95 %,
// 0 to 1; 0 and 1 while there is none). Exclusions that were found false count as false.
type Finding struct {
	True, False, Absent, Refused int64
	Low, High                    float64
}

// Findings gives what inspections that were closed by a day found in each unit, everything below it added; "" is today.
func (b *Book) Findings(ctx context.Context, who access.Viewer, units []int64, day clock.Day) (map[int64]Finding, error) {
	for _, u := range units {
		if err := who.May("inspect.see", u); err != nil {
			return nil, err
		}
	}
	out := make(map[int64]Finding, len(units))
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		until := day
		if until == "" {
			until = tx.Today()
		}
		sums := map[int64]Counts{}
		if err := tx.Each("SELECT m.unit_id, m.result, count(*) FROM inspection_item m JOIN inspection i ON i.id=m.inspection_id WHERE i.state=$1 AND i.closed_day <= $2 GROUP BY m.unit_id, m.result",
			[]any{string(Closed), string(until)}, func(scan func(...any) error) error {
				var u, n int64
				var r Result
				if err := scan(&u, &r, &n); err != nil {
					return err
				}
				for _, a := range tree.Ancestors(u) {
					c := sums[a.ID]
					c.count(r, n)
					sums[a.ID] = c
				}
				return nil
			}); err != nil {
			return err
		}
		for _, u := range units {
			c := sums[u]
			f := Finding{True: c.True, False: c.False, Absent: c.Absent, Refused: c.Refused, High: 1}
			if n := c.Decided(); n > 0 {
				f.Low, f.High = stat.Bounds(float64(c.False)/float64(n), float64(n), 0.95)
			}
			out[u] = f
		}
		return nil
	})
	return out, err
}

// Item is a sampled person with what was recorded.
type Item struct {
	Person  people.Person
	Unit    int64 // the stratum's
	Code    string
	Place   int64
	Result  Result // "" while nothing is recorded
	History []Entry
}

// Entry is one recording of an item.
type Entry struct {
	ID     int64
	Result Result
	Note   string
	Why    string
	Photo  bool
	Who    string
	At     string
}

// Items reads the sample, stratum by stratum in the order of drawing; code "" is every stratum. Besides inspect.see, people.see is
// needed: it is a list of persons.
func (b *Book) Items(ctx context.Context, who access.Viewer, inspection int64, code string) ([]Item, error) {
	var out []Item
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		in, _, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		for _, verb := range []access.Verb{"inspect.see", "people.see"} {
			if err := who.May(verb, in.Unit); err != nil {
				return err
			}
		}
		var ids []int64
		at := map[int64]int{}
		if err := tx.Each("SELECT person_id, unit_id, code, place, result FROM inspection_item WHERE inspection_id=$1", []any{inspection}, func(scan func(...any) error) error {
			var i Item
			err := scan(&i.Person.ID, &i.Unit, &i.Code, &i.Place, &i.Result)
			if code == "" || i.Code == code {
				out = append(out, i)
				ids = append(ids, i.Person.ID)
			}
			return err
		}); err != nil {
			return err
		}
		slices.SortFunc(out, func(a, b Item) int {
			if c := strings.Compare(a.Code, b.Code); c != 0 {
				return c
			}
			return int(a.Place - b.Place)
		})
		known, err := people.Load(tx, ids)
		if err != nil {
			return err
		}
		for i := range out {
			at[out[i].Person.ID] = i
			if p, ok := known[out[i].Person.ID]; ok {
				out[i].Person = p
			}
		}
		return tx.Each("SELECT id, person_id, result, note, why, photo, who_name, at FROM inspection_result WHERE inspection_id=$1 ORDER BY person_id, n", []any{inspection}, func(scan func(...any) error) error {
			var e Entry
			var person int64
			var picture string
			err := scan(&e.ID, &person, &e.Result, &e.Note, &e.Why, &picture, &e.Who, &e.At)
			e.Photo = picture != ""
			if i, ok := at[person]; ok {
				out[i].History = append(out[i].History, e)
			}
			return err
		})
	})
	return out, err
}
