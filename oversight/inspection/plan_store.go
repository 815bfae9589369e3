package inspection

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Planning is what an inspection is planned with. Conf, Margin and Expected are shares; zero takes 0.95, 0.05 and 0.5.
type Planning struct {
	Unit                   int64
	Kind                   Kind
	Target                 string // a target of the plan; "" for exclusions
	Conf, Margin, Expected float64
	Note                   string
	Seed                   string // any text of 8 to 100 signs, say a lottery's numbers; "" to have one made
}

// Preview is what a planning would draw today.
type Preview struct {
	Frame, Sample int64
	Strata        int // that are not empty
}

func (b *Book) check(p *Planning) error {
	p.Conf, p.Margin, p.Expected = cmp.Or(p.Conf, 0.95), cmp.Or(p.Margin, 0.05), cmp.Or(p.Expected, 0.5)
	p.Seed, p.Note = strings.TrimSpace(p.Seed), strings.TrimSpace(p.Note)
	switch {
	case p.Unit == 0:
		return fault.New(fault.Invalid, "inspection.unit", "Hãy chọn địa bàn kiểm tra.").On("unit")
	case KindTitle(p.Kind) == "":
		return fault.New(fault.Invalid, "inspection.kind", "Hãy chọn nội dung kiểm tra.").On("kind")
	case !(p.Conf >= 0.8 && p.Conf <= 0.999):
		return fault.New(fault.Invalid, "inspection.conf", "Độ tin cậy phải từ 80 % đến 99,9 %.").On("conf")
	case !(p.Margin >= 0.005 && p.Margin <= 0.3):
		return fault.New(fault.Invalid, "inspection.margin", "Sai số phải từ 0,5 % đến 30 %.").On("margin")
	case !(p.Expected >= 0.001 && p.Expected <= 0.999):
		return fault.New(fault.Invalid, "inspection.expected", "Tỷ lệ dự kiến phải từ 0,1 % đến 99,9 %.").On("expected")
	case len(p.Note) > 1000:
		return fault.New(fault.Invalid, "inspection.note", "Ghi chú quá dài (tối đa 1.000 ký tự).").On("note")
	case p.Seed != "" && (len(p.Seed) < 8 || len(p.Seed) > 100 || strings.ContainsAny(p.Seed, "|\n\r")):
		return fault.New(fault.Invalid, "inspection.seed", "Số hạt giống phải dài từ 8 đến 100 ký tự và không có dấu “|”.").On("seed")
	}
	if p.Kind == Excluded {
		p.Target = ""
	} else if b.Plan().Target(p.Target) == nil {
		return fault.New(fault.Invalid, "inspection.target", "Hãy chọn chỉ tiêu trong kế hoạch.").On("target")
	}
	return nil
}

// strata reads the frame of today, hamlet by hamlet, by code; empty hamlets are left out.
func (b *Book) strata(tx *db.Tx, tree *territory.Tree, unit int64, kind Kind, target string) ([]Stratum, error) {
	var series []string
	if kind == Excluded {
		for _, f := range b.Plan().Facts {
			if f.Approval {
				series = append(series, "f:"+f.ID)
			}
		}
	} else {
		level := coverage.Claimed
		if kind == Confirmed {
			level = coverage.Confirmed
		}
		series = []string{"t:" + target + ":" + string(level)}
	}
	members, err := b.Figures.Book.Members(tx, append(tree.Descendants(unit), unit), series...)
	if err != nil {
		return nil, err
	}
	at := map[int64]*Stratum{}
	for p, u := range members {
		s := at[u]
		if s == nil {
			s = &Stratum{Code: tree.ByID(u).Code, Unit: u}
			at[u] = s
		}
		s.Persons = append(s.Persons, p)
	}
	var out []Stratum
	for _, s := range at {
		slices.Sort(s.Persons)
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Stratum) int { return cmp.Compare(a.Code, b.Code) })
	return out, nil
}

func size(strata []Stratum, expected, margin, conf float64) (frame, sample int64) {
	sizes := make([]int64, len(strata))
	for i := range strata {
		sizes[i] = int64(len(strata[i].Persons))
		frame += sizes[i]
	}
	return frame, Size(sizes, expected, margin, conf)
}

// Preview tells how many would be drawn.
func (b *Book) Preview(ctx context.Context, who access.Viewer, p Planning) (Preview, error) {
	if err := who.May("inspect.plan", p.Unit); err != nil {
		return Preview{}, err
	}
	if err := b.check(&p); err != nil {
		return Preview{}, err
	}
	var out Preview
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		strata, err := b.strata(tx, tree, p.Unit, p.Kind, p.Target)
		out.Strata = len(strata)
		out.Frame, out.Sample = size(strata, p.Expected, p.Margin, p.Conf)
		return err
	})
	return out, err
}

// New plans an inspection: from now on its seed is published and never changes (law J1).
func (b *Book) New(ctx context.Context, who access.Viewer, p Planning) (int64, error) {
	if err := who.May("inspect.plan", p.Unit); err != nil {
		return 0, err
	}
	if err := b.check(&p); err != nil {
		return 0, err
	}
	if p.Seed == "" {
		random := make([]byte, 8)
		if _, err := rand.Read(random); err != nil {
			return 0, err
		}
		p.Seed = hex.EncodeToString(random)
	}
	var cov, reached string
	if t := b.Plan().Target(p.Target); t != nil {
		if c := b.Plan().Coverage(t.Coverage); c != nil {
			cov, reached = c.ID, c.Goal
		}
	}
	n := id.New()
	return n, b.DB.Write(ctx, who.Act("inspect.plan", p.Unit, "inspection:"+id.String(n), string(p.Kind)+" "+p.Target+", hạt giống "+p.Seed), func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO inspection("+columns+", estimate) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,'',0,'',0,$14,$15,'','','','','')",
			n, p.Unit, string(p.Kind), p.Target, cov, reached, p.Conf, p.Margin, p.Expected, p.Note, p.Seed, tx.Now(), string(Planned), who.Account, who.Name)
		return err
	})
}

const columns = "id, unit_id, kind, target, coverage, reached, conf, margin, expected, note, seed, seed_at, state, frame_at, frame, frame_sha, sample, who, who_name, drawn_name, closed_at, closed_day, closed_name"

func scanInspection(scan func(...any) error, more ...any) (Inspection, error) {
	var i Inspection
	var who int64
	var day string
	err := scan(append([]any{&i.ID, &i.Unit, &i.Kind, &i.Target, &i.Coverage, &i.Reached, &i.Conf, &i.Margin, &i.Expected, &i.Note, &i.Seed, &i.SeedAt, &i.State, &i.FrameAt, &i.Frame, &i.FrameSHA,
		&i.Sample, &who, &i.Who, &i.DrawnBy, &i.ClosedAt, &day, &i.ClosedBy}, more...)...)
	i.ClosedDay = clock.Day(day)
	return i, err
}

func inspectionAt(tx *db.Tx, inspection int64) (Inspection, string, error) {
	var i Inspection
	estimate, found := "", false
	err := tx.Each("SELECT "+columns+", estimate FROM inspection WHERE id=$1", []any{inspection}, func(scan func(...any) error) (err error) {
		found = true
		i, err = scanInspection(scan, &estimate)
		return err
	})
	if err == nil && !found {
		err = fault.New(fault.Missing, "inspection.unknown", "Không tìm thấy đợt kiểm tra này.")
	}
	return i, estimate, err
}
