package dossier

import (
	"context"
	"database/sql"
	"errors"
	"sort"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Entry is one dossier of a list with its owner's name, as far as the viewer may see people there; numbers masked (law R3).
type Entry struct {
	Dossier
	Name, Birth, Number string
	Age, Norm           int
	Late                Lateness
}

// entries fills in names and ages.
func (b *Book) entries(tx *db.Tx, who access.Viewer, list []Dossier) ([]Entry, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].Person
	}
	known, err := people.Load(tx, ids)
	may := map[int64]bool{}
	today := tx.Today()
	out := make([]Entry, len(list))
	for i, d := range list {
		if _, asked := may[d.Unit]; !asked {
			may[d.Unit] = who.May("people.see", d.Unit) == nil
		}
		e := Entry{Dossier: d}
		if p, ok := known[d.Person]; ok && may[d.Unit] {
			e.Name, e.Birth, e.Number = p.Name, p.Birth, p.Number.Mask()
		}
		e.Age, e.Norm, e.Late = Aged(b.Plan(), d.Kind, d.State, d.Since, today)
		if d.Followed != 0 {
			e.Late = InTime
		}
		out[i] = e
	}
	return out, err
}

// List reads dossiers under a unit, those lying longest first, and how many there are in all. The viewer needs dossier.see on the unit.
func (b *Book) List(ctx context.Context, who access.Viewer, q Query) ([]Entry, int64, error) {
	if err := who.May("dossier.see", q.Unit); err != nil {
		return nil, 0, err
	}
	if q.Limit <= 0 {
		q.Limit = 100
	}
	var out []Entry
	total := int64(0)
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		where, args := b.where(q, tx.Today())
		wanted := map[int64]bool{}
		for _, n := range q.IDs {
			wanted[n] = true
		}
		var all []Dossier
		if err := tx.EachIn("SELECT "+columns+" FROM dossier WHERE "+where, args, who.Tree().Descendants(q.Unit), func(s func(...any) error) error {
			d, err := scan(s)
			if len(wanted) == 0 || wanted[d.ID] {
				all = append(all, d)
			}
			return err
		}); err != nil {
			return err
		}
		sort.Slice(all, func(i, j int) bool {
			return all[i].Since < all[j].Since || all[i].Since == all[j].Since && all[i].ID < all[j].ID
		})
		total = int64(len(all))
		all = all[min(max(q.Offset, 0), len(all)):]
		var err error
		out, err = b.entries(tx, who, all[:min(q.Limit, len(all))])
		return err
	})
	return out, total, err
}

// History is one dossier with its steps in the order they were recorded, the batch it went with, and what the desk may do next.
type History struct {
	Entry
	Steps []Step
	Sent  *Transmission
	Next  []State
}

// Read reads one dossier. The viewer needs dossier.see on its unit.
func (b *Book) Read(ctx context.Context, who access.Viewer, dossier int64) (*History, error) {
	var out *History
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		d, err := dossierAt(tx, dossier)
		if err != nil {
			return err
		}
		if err := who.May("dossier.see", d.Unit); err != nil {
			return err
		}
		list, err := b.entries(tx, who, []Dossier{d})
		if err != nil {
			return err
		}
		steps, err := stepsOf(tx, []int64{dossier})
		if err != nil {
			return err
		}
		out = &History{Entry: list[0], Steps: steps[dossier], Next: Next(d.Kind, d.State)}
		if d.Batch != 0 {
			t, err := transmissionAt(tx, d.Batch)
			if err != nil {
				return err
			}
			out.Sent = &t
		}
		return nil
	})
	return out, err
}

// OfPerson reads a person's dossiers, newest first. The viewer needs dossier.see where the person lives.
func (b *Book) OfPerson(ctx context.Context, who access.Viewer, person int64) ([]Entry, error) {
	var out []Entry
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		unit, err := people.UnitOf(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("dossier.see", unit); err != nil {
			return err
		}
		list, err := b.of(tx, person)
		if err != nil {
			return err
		}
		out, err = b.entries(tx, who, list)
		return err
	})
	return out, err
}

// Told is what a citizen learns of a dossier by its code: nothing that says whose it is.
type Told struct {
	Kind      Kind
	Day       clock.Day
	State     State
	Since     clock.Day
	Confirmed bool
	Norm      int // days in which this state should be past; 0 for none
	Redone    bool
}

// errNoCode is the one answer to a code that is wrong in whatever way.
var errNoCode = fault.New(fault.Missing, "dossier.code", "Không có hồ sơ nào mang mã này. Hãy kiểm tra lại mã trên giấy hẹn: 10 chữ cái, không có số.").On("code")

// LookUp tells a citizen where the dossier of a code is (KH:III.3.d). Nobody needs to be signed in: whoever has the code has the dossier.
// A text that is no code is looked for all the same, so that the answer takes as long.
func (b *Book) LookUp(ctx context.Context, text string) (*Told, error) {
	code := ReadCode(text)
	if code == "" {
		code = "-"
	}
	var t Told
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var day, since string
		var followed int64
		err := tx.QueryRow("SELECT kind, day, state, since, confirmed, followed FROM dossier WHERE code=$1", code).Scan(&t.Kind, &day, &t.State, &since, &t.Confirmed, &followed)
		if errors.Is(err, sql.ErrNoRows) {
			return errNoCode
		}
		t.Day, t.Since, t.Redone = clock.Day(day), clock.Day(since), followed != 0
		if n, ok := b.Plan().Dossier.Norm(string(t.State), string(t.Kind)); ok && !Ends(t.Kind, t.State) {
			t.Norm = n.Days
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &t, nil
}

// Erase takes the owners off the dossiers and empties the notes (law R4): counts, days and codes name nobody.
func Erase(tx *db.Tx) (int64, error) {
	if _, err := tx.Exec("UPDATE dossier_step SET note='', void_why='' WHERE note<>'' OR void_why<>''"); err != nil {
		return 0, err
	}
	return tx.Exec("UPDATE dossier SET person_id=0 WHERE person_id<>0")
}
