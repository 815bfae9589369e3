package dossier

import (
	"context"
	"fmt"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Again is the row's text for doing what was tried: a code, or the person, never a number (law R3).
func (v *Verdict) Again() string {
	if c := ReadCode(v.Text); c != "" {
		return c
	}
	return "#" + id.String(v.Person)
}

// Verdict is what became of one row of a list (law F1): every row has one.
type Verdict struct {
	Line    int
	Text    string // what the row said, numbers masked
	Person  int64
	Dossier int64
	Name    string
	Done    bool
	Why     string // of a row that was left alone
}

// Bulk is what became of a list.
type Bulk struct {
	Verdicts  []Verdict
	Done      int
	Dry       bool // only tried: nothing was written
	Batch     int64
	Transmits bool
}

// Order is what is to be done with every row of a list: take a dossier (To is Collected) or move it on. Receipt belongs to a transmission,
// which sends all rows as one batch.
type Order struct {
	Unit    int64
	Move    Move
	Take    Take
	Receipt string
	Dry     bool
}

// errDry rolls a trial back.
var errDry = fault.New(fault.Conflict, "dossier.dry", "Chỉ thử, chưa ghi gì.")

// MoveMany does a list: each row gets a verdict, those that cannot be done are left alone with the reason, and the others are done in one act. The
// viewer needs dossier.write on the unit, and on each dossier's.
func (b *Book) MoveMany(ctx context.Context, who access.Viewer, keys []Key, o Order) (*Bulk, error) {
	if err := who.May("dossier.write", o.Unit); err != nil {
		return nil, err
	}
	var out *Bulk
	act := who.Act("dossier.write", o.Unit, "", "")
	do := b.DB.WriteLong
	if len(keys) < 200 {
		do = b.DB.WriteAct
	}
	err := do(ctx, &act, func(tx *db.Tx) error {
		var err error
		if out, err = b.moveMany(tx, who, keys, o); err != nil {
			return err
		}
		act.Note = fmt.Sprintf("danh sách %d dòng sang chặng %s: %d xong", len(keys), vn.LowerFirst(Title(o.Move.To)), out.Done)
		if o.Dry || out.Done == 0 {
			return errDry
		}
		return nil
	})
	if f, ok := fault.As(err); ok && f.Code == errDry.Code {
		err = nil
	}
	if out != nil {
		out.Dry = o.Dry
	}
	return out, err
}

func (b *Book) moveMany(tx *db.Tx, who access.Viewer, keys []Key, o Order) (*Bulk, error) {
	out := &Bulk{Verdicts: make([]Verdict, len(keys)), Transmits: o.Move.To == Transmitted}
	persons := make([]int64, 0, len(keys))
	for i, k := range keys {
		v := &out.Verdicts[i]
		v.Line, v.Text = k.Line, k.Text
		if err := b.find(tx, who, k, o.Unit, v); err != nil {
			if err = v.left(err); err != nil {
				return nil, err
			}
		}
		persons = append(persons, v.Person)
	}
	known, err := people.Load(tx, persons)
	if err != nil {
		return nil, err
	}
	var chosen []Dossier
	var rows []int
	seen := map[int64]int{}
	for i := range out.Verdicts {
		v := &out.Verdicts[i]
		if v.Why != "" {
			continue
		}
		if p, ok := known[v.Person]; ok && who.May("people.see", p.Unit) == nil {
			v.Name = p.Name
		}
		if first, twice := seen[v.Person]; twice {
			v.Why = fmt.Sprintf("Trùng với dòng %d.", first)
			continue
		}
		seen[v.Person] = v.Line
		if o.Move.To == Collected {
			t := o.Take
			t.Day, t.Note = o.Move.Day, o.Move.Note
			d, err := b.TakeIn(tx, who, v.Person, t)
			if err != nil {
				if err = v.left(err); err != nil {
					return nil, err
				}
				continue
			}
			v.Dossier, v.Done = d.ID, true
			out.Done++
			continue
		}
		d, err := b.pick(tx, who, v, o)
		if err != nil {
			if err = v.left(err); err != nil {
				return nil, err
			}
			continue
		}
		chosen, rows = append(chosen, *d), append(rows, i)
	}
	if len(chosen) == 0 {
		return out, nil
	}
	if out.Transmits {
		t, err := b.send(tx, who, o.Unit, chosen, o.Move.Day, o.Receipt, o.Move.Note)
		if err != nil {
			return nil, err
		}
		out.Batch = t.ID
	} else {
		ids := make([]int64, len(chosen))
		for i := range chosen {
			ids[i] = chosen[i].ID
		}
		steps, err := stepsOf(tx, ids)
		if err != nil {
			return nil, err
		}
		changes := make([]*change, len(chosen))
		for i := range chosen {
			if changes[i], err = b.step(tx, who, &chosen[i], steps[chosen[i].ID], o.Move); err != nil {
				return nil, err
			}
		}
		if err := claim(tx, b.Plan(), who, changes); err != nil {
			return nil, err
		}
		if err := write(tx, changes); err != nil {
			return nil, err
		}
	}
	for _, i := range rows {
		out.Verdicts[i].Done = true
		out.Done++
	}
	return out, nil
}

// left keeps a refusal as the row's verdict; any other error goes on.
func (v *Verdict) left(err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	v.Why = f.Text
	return nil
}

// find tells whom a row means; a doubtful one is never guessed (law P4).
func (b *Book) find(tx *db.Tx, who access.Viewer, k Key, unit int64, v *Verdict) error {
	switch {
	case k.Person != 0:
		v.Person = k.Person
		return nil
	case k.Code != "":
		list, err := dossiers(tx, "code=$1", k.Code)
		if err != nil {
			return err
		}
		if len(list) == 0 || who.May("dossier.write", list[0].Unit) != nil {
			return fault.New(fault.Missing, "dossier.bulk_code", "Không có hồ sơ mang mã này ở địa bàn của bạn.")
		}
		v.Dossier, v.Person = list[0].ID, list[0].Person
		return nil
	case k.Number != "":
		person, err := people.WithNumber(tx, k.Number)
		if err != nil {
			return err
		}
		if person != 0 {
			v.Person = person
			return nil
		}
		if k.Name == "" || k.Birth == "" {
			return fault.New(fault.Missing, "dossier.bulk_number", "Số định danh này không có trong sổ dân cư.")
		}
	case k.Name == "" || k.Birth == "":
		return fault.New(fault.Invalid, "dossier.bulk_row", "Dòng này không có mã hồ sơ, số định danh, hay họ tên kèm ngày sinh.")
	}
	list, err := people.Named(tx, k.Name, k.Birth)
	if err != nil {
		return err
	}
	var found []people.Person
	for _, p := range list {
		if who.Tree().Within(p.Unit, unit) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return fault.New(fault.Missing, "dossier.bulk_name", "Không có ai ở địa bàn này mang họ tên và ngày sinh ấy.")
	case 1:
		v.Person = found[0].ID
		return nil
	}
	return fault.New(fault.Conflict, "dossier.bulk_names", "Có %d người cùng họ tên và ngày sinh. Hãy ghi số định danh.", len(found))
}

// pick chooses the person's dossier that is under way, and checks the move; one that cannot be done has its reason.
func (b *Book) pick(tx *db.Tx, who access.Viewer, v *Verdict, o Order) (*Dossier, error) {
	var list []Dossier
	var err error
	if v.Dossier != 0 {
		list, err = dossiers(tx, "id=$1", v.Dossier)
	} else {
		list, err = b.of(tx, v.Person)
	}
	if err != nil {
		return nil, err
	}
	var first, may *Dossier
	for i := range list {
		d := &list[i]
		if first == nil {
			first = d
		}
		if mayMove(d.Kind, d.State, o.Move.To) == nil {
			may = d
			break
		}
	}
	if first == nil {
		return nil, fault.New(fault.Missing, "dossier.bulk_none_yet", "Người này chưa có hồ sơ nào. Hãy thu nhận trước.")
	}
	if may == nil {
		return nil, mayMove(first.Kind, first.State, o.Move.To)
	}
	v.Dossier = may.ID
	_, err = b.step(tx, who, may, nil, o.Move)
	return may, err
}

// TakeKey opens a dossier of whoever a scanned card, a number, or a name with a birth date means. The viewer needs dossier.write on the
// unit and where the person lives.
func (b *Book) TakeKey(ctx context.Context, who access.Viewer, unit int64, text string, t Take) (*Dossier, error) {
	keys, err := ReadText(text)
	if err != nil {
		return nil, err
	}
	if err := who.May("dossier.write", unit); err != nil {
		return nil, err
	}
	var v Verdict
	if err := b.DB.Read(ctx, func(tx *db.Tx) error { return b.find(tx, who, keys[0], unit, &v) }); err != nil {
		if f, ok := fault.As(err); ok {
			err = f.On("key")
		}
		return nil, err
	}
	return b.Take(ctx, who, v.Person, t)
}
