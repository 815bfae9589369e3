package inspection

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Draw freezes the frame as it is now and draws the sample from it by the seed (law J1). It is done once.
func (b *Book) Draw(ctx context.Context, who access.Viewer, inspection int64) error {
	act := who.Act("inspect.plan", 0, "inspection:"+id.String(inspection), "rút mẫu")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		in, _, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		if err := who.May("inspect.plan", in.Unit); err != nil {
			return err
		}
		act.Unit = in.Unit
		if in.State != Planned {
			return fault.New(fault.Conflict, "inspection.drawn", "Đợt kiểm tra này đã rút mẫu, không rút lại được. Có thể kiểm chứng lại cách rút.")
		}
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		strata, err := b.strata(tx, tree, in.Unit, in.Kind, in.Target)
		if err != nil {
			return err
		}
		frame, n := size(strata, in.Expected, in.Margin, in.Conf)
		if frame == 0 {
			return fault.New(fault.Conflict, "inspection.nobody", "Chưa có ai thuộc diện kiểm tra ở địa bàn này, nên chưa rút mẫu được.")
		}
		drawn := Draw(in.Seed, strata, n)
		per := map[string]int64{}
		for _, d := range drawn {
			per[d.Code]++
		}
		for _, s := range strata {
			if _, err := tx.Exec("INSERT INTO inspection_stratum(inspection_id, code, unit_id, frame, sample, ids) VALUES ($1,$2,$3,$4,$5,$6)",
				in.ID, s.Code, s.Unit, int64(len(s.Persons)), per[s.Code], idsText(s.Persons)); err != nil {
				return err
			}
		}
		i := 0
		if _, err := tx.Bulk("inspection_item", []string{"inspection_id", "person_id", "code", "unit_id", "place", "result", "event_id"}, func() ([]any, bool) {
			if i >= len(drawn) {
				return nil, false
			}
			d := drawn[i]
			i++
			return []any{in.ID, d.Person, d.Code, d.Unit, d.Place, "", int64(0)}, true
		}); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE inspection SET state=$1, frame_at=$2, frame=$3, frame_sha=$4, sample=$5, drawn_name=$6 WHERE id=$7",
			string(Drawn), tx.Now(), frame, FrameSHA(strata), int64(len(drawn)), who.Name, in.ID)
		return err
	})
}

func idsText(ids []int64) string {
	parts := make([]string, len(ids))
	for i, n := range ids {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, "\n")
}

// Redrawn is the proof that a sample is what its seed draws from its frame.
type Redrawn struct {
	Same     bool   // the list is the same, person by person
	FrameSHA string // of the frame as it is kept now
	FrameOK  bool   // it is the hash published at drawing
	Sample   int64
}

// Redraw draws again from the kept frame and compares (law J1). Only who may see the inspection may ask.
func (b *Book) Redraw(ctx context.Context, who access.Viewer, inspection int64) (Redrawn, error) {
	var out Redrawn
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		in, _, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		if err := who.May("inspect.see", in.Unit); err != nil {
			return err
		}
		if in.State == Planned {
			return fault.New(fault.Conflict, "inspection.not_drawn", "Đợt kiểm tra này chưa rút mẫu.")
		}
		strata, err := frozenFrame(tx, in.ID)
		if err != nil {
			return err
		}
		var kept []DrawnPerson
		if err := tx.Each("SELECT person_id, unit_id, code, place FROM inspection_item WHERE inspection_id=$1 ORDER BY code, place", []any{in.ID}, func(scan func(...any) error) error {
			var d DrawnPerson
			err := scan(&d.Person, &d.Unit, &d.Code, &d.Place)
			kept = append(kept, d)
			return err
		}); err != nil {
			return err
		}
		order := func(a, b DrawnPerson) int {
			if c := strings.Compare(a.Code, b.Code); c != 0 {
				return c
			}
			return int(a.Place - b.Place)
		}
		slices.SortFunc(kept, order)
		again := Draw(in.Seed, strata, in.Sample)
		slices.SortFunc(again, order)
		out = Redrawn{Same: slices.Equal(kept, again), FrameSHA: FrameSHA(strata), Sample: int64(len(again))}
		out.FrameOK = out.FrameSHA == in.FrameSHA
		return nil
	})
	return out, err
}

// Lines gives the frozen frame as the lines "code|id" whose hash is published, sorted as text (law J1): who has them needs nothing
// of ours to draw again. Besides inspect.see, people.see is needed: it tells who was in the frame.
func (b *Book) Lines(ctx context.Context, who access.Viewer, inspection int64) ([]string, error) {
	var out []string
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		in, _, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		for _, verb := range []access.Verb{"inspect.see", "people.see"} {
			if err := who.May(verb, in.Unit); err != nil {
				return err
			}
		}
		if in.State == Planned {
			return fault.New(fault.Conflict, "inspection.not_drawn", "Đợt kiểm tra này chưa rút mẫu.")
		}
		strata, err := frozenFrame(tx, in.ID)
		out = frameLines(strata)
		return err
	})
	return out, err
}

// frozenFrame reads the frame as it was frozen.
func frozenFrame(tx *db.Tx, inspection int64) ([]Stratum, error) {
	var out []Stratum
	err := tx.Each("SELECT code, unit_id, ids FROM inspection_stratum WHERE inspection_id=$1 ORDER BY code", []any{inspection}, func(scan func(...any) error) error {
		var s Stratum
		var ids string
		if err := scan(&s.Code, &s.Unit, &ids); err != nil {
			return err
		}
		for _, text := range strings.Fields(ids) {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			s.Persons = append(s.Persons, n)
		}
		out = append(out, s)
		return nil
	})
	return out, err
}
