package dossier

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// Counts is how many dossiers are in each state.
type Counts map[State]int64

// Open is how many need something done.
func (c Counts) Open() int64 {
	return c[Collected] + c[Transmitted] + c[Rejected] + c[Approved] + c[Issued] + c[Account]
}

// All is how many there are, cancelled ones left out.
func (c Counts) All() int64 {
	n := int64(0)
	for s, k := range c {
		if s != Cancelled {
			n += k
		}
	}
	return n
}

// Row is one unit of the board.
type Row struct {
	Unit  int64
	N     Counts
	Late  int64 // over the norm
	Alarm int64
}

// Flow is the counts at the end of one day.
type Flow struct {
	Day clock.Day
	N   Counts
}

// Board is how dossiers stand under a unit on a day: in all, by the units right under it, day by day, by age, and where they lie longest.
// Ages, what is late and the bottleneck are told for today only.
type Board struct {
	Unit       int64
	Day        clock.Day
	Sum        Counts
	Rows       []Row
	Flow       []Flow
	Ages       []Age
	Narrow     *Age   // the bottleneck; nil for none
	NarrowText string // in a sentence; "" for none
	Redo       int64  // rejected and not done again
}

// Board reads how dossiers stand under a unit at the end of a day; "" is today. The viewer needs dossier.see on the unit.
func (b *Book) Board(ctx context.Context, who access.Viewer, unit int64, day clock.Day) (*Board, error) {
	if err := who.May("dossier.see", unit); err != nil {
		return nil, err
	}
	var out *Board
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		today := tx.Today()
		if day == "" || day > today {
			day = today
		}
		out = &Board{Unit: unit, Day: day, Sum: Counts{}}
		tree := who.Tree()
		units := tree.Descendants(unit)
		under := map[int64]int{} // unit → index of the row it counts in
		for _, u := range tree.Children(unit, day) {
			for _, d := range tree.Descendants(u.ID) {
				under[d] = len(out.Rows)
			}
			out.Rows = append(out.Rows, Row{Unit: u.ID, N: Counts{}})
		}
		row := func(u int64) *Row { // those who live in the unit itself and in no part of it have a row of their own
			i, ok := under[u]
			if !ok {
				i = len(out.Rows)
				under[u] = i
				out.Rows = append(out.Rows, Row{Unit: u, N: Counts{}})
			}
			return &out.Rows[i]
		}
		days := map[clock.Day]Counts{}
		if err := tx.EachIn("SELECT unit_id, state, day, n FROM dossier_sum WHERE day<=$1 AND n<>0 AND unit_id IN (%s)", []any{string(day)}, units, func(scan func(...any) error) error {
			var u, n int64
			var s State
			var d string
			if err := scan(&u, &s, &d, &n); err != nil {
				return err
			}
			out.Sum[s] += n
			row(u).N[s] += n
			if days[clock.Day(d)] == nil {
				days[clock.Day(d)] = Counts{}
			}
			days[clock.Day(d)][s] += n
			return nil
		}); err != nil {
			return err
		}
		out.Flow = flow(days, b.Plan().From, day)
		if day < today {
			return nil // how long each lay on a day gone by is not kept
		}
		var ages []Aging
		if err := tx.EachIn("SELECT unit_id, state, kind, since, followed<>0, CAST(count(*) AS BIGINT) FROM dossier WHERE unit_id IN (%s) GROUP BY unit_id, state, kind, since, followed<>0", nil, units, func(scan func(...any) error) error {
			var u int64
			var a Aging
			var since string
			var redone bool
			if err := scan(&u, &a.State, &a.Kind, &since, &redone, &a.N); err != nil || redone {
				return err
			}
			a.Since = clock.Day(since)
			if a.State == Rejected {
				out.Redo += a.N
			}
			_, _, late := Aged(b.Plan(), a.Kind, a.State, a.Since, today)
			if late != InTime {
				row(u).Late += a.N
			}
			if late == Alarm {
				row(u).Alarm += a.N
			}
			ages = append(ages, a)
			return nil
		}); err != nil {
			return err
		}
		out.Ages = Ages(b.Plan(), ages, today)
		out.Narrow = Bottleneck(out.Ages)
		out.NarrowText = NarrowText(out.Narrow)
		return nil
	})
	return out, err
}

// flow sums the changes up day by day, from the first or the campaign's start.
func flow(days map[clock.Day]Counts, from, until clock.Day) []Flow {
	if len(days) == 0 {
		return nil
	}
	all := make([]clock.Day, 0, len(days))
	for d := range days {
		all = append(all, d)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	sum := Counts{}
	i := 0
	first := max(from, all[0])
	for ; i < len(all) && all[i] < first; i++ {
		for s, n := range days[all[i]] {
			sum[s] += n
		}
	}
	var out []Flow
	for d := first; d <= until && len(out) < 400; d = d.Add(1) {
		for s, n := range days[d] {
			sum[s] += n
		}
		at := Counts{}
		for s, n := range sum {
			at[s] = n
		}
		out = append(out, Flow{d, at})
	}
	return out
}

// NarrowText names the bottleneck with both its counts; "" for none.
func NarrowText(a *Age) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf("Đang nghẽn ở chặng “%s”: %s trong %s hồ sơ quá thời hạn; một nửa đã nằm từ %s ngày trở lên, trong khi thời hạn là %s ngày.",
		Title(a.State), vn.Int(a.Over), vn.Int(a.N), vn.Int(int64(a.Median)), vn.Int(int64(a.Norm)))
}

// Query asks for dossiers under a unit. Zero fields ask for nothing. Age is "", "late" or "alarm"; Find a code or a part of it; IDs a choice
// of dossiers.
type Query struct {
	Unit   int64
	State  State
	Kind   Kind
	Age    string
	Find   string
	Batch  int64
	IDs    []int64
	Undone bool // leaves out rejected ones that were done again
	Offset int
	Limit  int // 0: 100
}

// The ages that a query may ask for.
const (
	AgeLate  = "late"
	AgeAlarm = "alarm"
)

// where writes a query's conditions; the units come last, for EachIn.
func (b *Book) where(q Query, today clock.Day) (string, []any) {
	var parts []string
	var args []any
	add := func(text string, v ...any) {
		for _, x := range v {
			args = append(args, x)
			text = strings.Replace(text, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		parts = append(parts, text)
	}
	if q.State != "" {
		add("state=?", string(q.State))
	}
	if q.Kind != "" {
		add("kind=?", string(q.Kind))
	}
	if q.Undone {
		parts = append(parts, "followed=0")
	}
	if q.Batch != 0 {
		add("batch_id=?", q.Batch)
	}
	if f := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(q.Find)); f != "" {
		add("code>=? AND code<?", f, f+"~")
	}
	if q.Age != "" {
		var ors []string
		p := b.Plan()
		for _, k := range Kinds() {
			for _, s := range States() {
				n, ok := p.Dossier.Norm(string(s), string(k))
				if !ok || !has(k, s) || Done(k, s) || s == Cancelled {
					continue
				}
				days := n.Days
				if q.Age == AgeAlarm {
					days = int(float64(n.Days) * p.Dossier.AlarmFactor())
				}
				args = append(args, string(k), string(s), string(before(p, today, days)))
				ors = append(ors, fmt.Sprintf("kind=$%d AND state=$%d AND since<=$%d", len(args)-2, len(args)-1, len(args)))
			}
		}
		if len(ors) == 0 {
			ors = []string{"1=0"}
		}
		parts = append(parts, "followed=0 AND ("+strings.Join(ors, " OR ")+")")
	}
	parts = append(parts, "unit_id IN (%s)")
	return strings.Join(parts, " AND "), args
}
