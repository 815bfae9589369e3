package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

const batchColumns = `b.id, b.file_id, f.name, f.sha, f.size, b.kind, b.source_key, b.mapping, b.unit_id, b.as_of, b.state, b.who, b.who_name, b.created_at, b.applied_at,
	b.withdrawn_at, b.sum_rows, b.sum_new, b.sum_changed, b.sum_same, b.sum_held, b.sum_refused, b.female, b.male, b.gender_unknown, b.refused, b.reading, b.complete, b.sum_unnamed`

func scanBatch(scan func(...any) error) (*Batch, error) {
	b := &Batch{}
	var mapping, reading, asOf, state string
	s := &b.Sums
	err := scan(&b.ID, &b.FileID, &b.FileName, &b.SHA, &b.Size, &b.Kind, &b.SourceKey, &mapping, &b.UnitID, &asOf, &state, &b.Who, &b.WhoName, &b.CreatedAt, &b.AppliedAt,
		&b.WithdrawnAt, &s.Rows, &s.New, &s.Changed, &s.Same, &s.Held, &s.Refused, &s.Female, &s.Male, &s.GenderUnknown, &b.Refused, &reading, &b.Complete, &s.Unnamed)
	if err != nil {
		return nil, err
	}
	b.AsOf, b.State = clock.Day(asOf), State(state)
	if mapping != "" {
		if err := json.Unmarshal([]byte(mapping), &b.Mapping); err != nil {
			return nil, err
		}
	}
	var kept keptReading
	if reading != "" {
		if err := json.Unmarshal([]byte(reading), &kept); err != nil {
			return nil, err
		}
		b.Reading, b.Chosen = kept.Reading, kept.Chosen
		if kept.Name != "" {
			b.FileName = kept.Name
		}
	}
	return b, nil
}

// keptReading is what the database keeps of a reading: samples are personal and stay out. Name is the file's name as this
// batch brought it.
type keptReading struct {
	Name   string
	Chosen string
	*Reading
}

// texts spells the parts of a batch that are kept as JSON.
func (b *Batch) texts() (mapping, reading string, err error) {
	if len(b.Mapping) > 0 {
		t, err := json.Marshal(b.Mapping)
		if err != nil {
			return "", "", err
		}
		mapping = string(t)
	}
	kept := keptReading{Name: b.FileName, Chosen: b.Chosen, Reading: b.Reading}
	if b.Reading != nil {
		kept.Reading = b.Reading.withoutSamples()
	}
	t, err := json.Marshal(kept)
	return mapping, string(t), err
}

func (r *Reading) withoutSamples() *Reading {
	strip := func(in []Column) []Column {
		out := make([]Column, len(in))
		for i, c := range in {
			c.Samples = nil
			out[i] = c
		}
		return out
	}
	c := *r
	c.Unknown = strip(r.Unknown)
	c.Sheets = make([]SheetReading, len(r.Sheets))
	for i, s := range r.Sheets {
		s.Columns = strip(s.Columns)
		later := make([]Table, len(s.Later))
		for j, t := range s.Later {
			t.Columns = strip(t.Columns)
			later[j] = t
		}
		s.Later = later
		c.Sheets[i] = s
	}
	return &c
}

// saveBatch keeps a batch that was read, corrected or refused; its sums and issues are those of no run.
func (k *Desk) saveBatch(ctx context.Context, who access.Viewer, b *Batch) error {
	act := who.Act(VerbBring, b.UnitID, "batch:"+id.String(b.ID), b.Kind)
	b.Sums = Sums{}
	return k.DB.WriteAct(ctx, &act, func(tx *Tx) error {
		n, err := tx.Exec("DELETE FROM batch_row WHERE batch_id=$1", b.ID)
		if err != nil {
			return err
		}
		var there int64
		if err := tx.QueryRow("SELECT count(*) FROM batch WHERE id=$1", b.ID).Scan(&there); err != nil {
			return err
		}
		if there > 0 || n > 0 {
			return updateBatch(tx, b)
		}
		mapping, reading, err := b.texts()
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO batch(id, file_id, kind, source_key, mapping, unit_id, as_of, state, who, who_name, created_at, applied_at, withdrawn_at,
			sum_rows, sum_new, sum_changed, sum_same, sum_held, sum_refused, female, male, gender_unknown, refused, reading, complete)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,'','',0,0,0,0,0,0,0,0,0,$12,$13,$14)`,
			b.ID, b.FileID, b.Kind, b.SourceKey, mapping, b.UnitID, string(b.AsOf), string(b.State), b.Who, b.WhoName, b.CreatedAt, b.Refused, reading, string(b.Complete))
		return err
	})
}

func updateBatch(tx *Tx, b *Batch) error {
	mapping, reading, err := b.texts()
	if err != nil {
		return err
	}
	s := &b.Sums
	n, err := tx.Exec(`UPDATE batch SET kind=$2, source_key=$3, mapping=$4, unit_id=$5, as_of=$6, state=$7, applied_at=$8, withdrawn_at=$9, sum_rows=$10, sum_new=$11,
		sum_changed=$12, sum_same=$13, sum_held=$14, sum_refused=$15, female=$16, male=$17, gender_unknown=$18, refused=$19, reading=$20, complete=$21, sum_unnamed=$22 WHERE id=$1`,
		b.ID, b.Kind, b.SourceKey, mapping, b.UnitID, string(b.AsOf), string(b.State), b.AppliedAt, b.WithdrawnAt, s.Rows, s.New, s.Changed, s.Same, s.Held, s.Refused,
		s.Female, s.Male, s.GenderUnknown, b.Refused, reading, string(b.Complete), s.Unnamed)
	if err == nil && n == 0 {
		return missingBatch()
	}
	return err
}

// saveTried keeps the sums and doubts of a dry run.
func (k *Desk) saveTried(ctx context.Context, who access.Viewer, b *Batch, issues []issueRow) error {
	act := who.Act(VerbBring, b.UnitID, "batch:"+id.String(b.ID), "chạy thử")
	return k.DB.WriteLong(ctx, &act, func(tx *Tx) error {
		if err := stillNot(tx, b.ID, StateApplying, StateApplied, StateWithdrawn); err != nil {
			return err
		}
		if err := clearIssues(tx, b.ID); err != nil {
			return err
		}
		if err := insertIssues(tx, issues); err != nil {
			return err
		}
		return updateBatch(tx, b)
	})
}

// setState moves a batch to a state, unless somebody else began to apply it.
func (k *Desk) setState(ctx context.Context, who access.Viewer, b *Batch, to State, verb access.Verb) error {
	act := who.Act(verb, b.UnitID, "batch:"+id.String(b.ID), string(to))
	return k.DB.WriteAct(ctx, &act, func(tx *Tx) error {
		if to == StateApplying {
			if err := stillNot(tx, b.ID, StateApplying, StateApplied, StateWithdrawn, StateRefused); err != nil {
				return err
			}
		}
		_, err := tx.Exec("UPDATE batch SET state=$2 WHERE id=$1", b.ID, string(to))
		return err
	})
}

func stillNot(tx *Tx, batch int64, states ...State) error {
	var now string
	if err := tx.QueryRow("SELECT state FROM batch WHERE id=$1", batch).Scan(&now); err != nil {
		return err
	}
	for _, s := range states {
		if State(now) == s {
			return fault.New(fault.Conflict, "intake.state", "Danh sách này vừa được người khác xử lý: %s.", s.Title())
		}
	}
	return nil
}

func stillIn(tx *Tx, batch int64, state State) error {
	var now string
	if err := tx.QueryRow("SELECT state FROM batch WHERE id=$1", batch).Scan(&now); err != nil {
		return err
	}
	if State(now) != state {
		return fault.New(fault.Conflict, "intake.state", "Danh sách này vừa được người khác xử lý: %s.", State(now).Title())
	}
	return nil
}

// appliedTwin finds an applied batch of the same file, kind, day, place and columns; 0 when there is none.
func appliedTwin(tx *Tx, b *Batch) (int64, error) {
	mapping, _, err := b.texts()
	if err != nil {
		return 0, err
	}
	var twin int64
	err = tx.QueryRow(`SELECT b.id FROM batch b JOIN file f ON f.id=b.file_id WHERE f.sha=$1 AND b.kind=$2 AND b.as_of=$3 AND b.unit_id=$4 AND b.mapping=$5
		AND b.state='applied' AND b.id<>$6 ORDER BY b.id LIMIT 1`, b.SHA, b.Kind, string(b.AsOf), b.UnitID, mapping, b.ID).Scan(&twin)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return twin, err
}

// Get gives one batch.
func (k *Desk) Get(ctx context.Context, who access.Viewer, batch int64) (*Batch, error) {
	var b *Batch
	err := k.DB.Read(ctx, func(tx *Tx) error {
		var err error
		b, err = scanBatch(tx.QueryRow("SELECT "+batchColumns+" FROM batch b JOIN file f ON f.id=b.file_id WHERE b.id=$1", batch).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return missingBatch()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if b.Who != who.Account || who.Account == 0 {
		if err := who.May(VerbSee, b.UnitID); err != nil {
			return nil, err
		}
	}
	b.Viewer = who
	return b, nil
}

// List gives the batches before the id before (0 for the newest), newest first, at most n; only those the asker brought or
// may see.
func (k *Desk) List(ctx context.Context, who access.Viewer, before int64, n int) ([]*Batch, error) {
	if !who.MayAnywhere(VerbSee) && !who.MayAnywhere(VerbBring) {
		return nil, who.May(VerbSee, 0)
	}
	if before <= 0 {
		before = 1<<63 - 1
	}
	var out []*Batch
	err := k.DB.Read(ctx, func(tx *Tx) error {
		for len(out) < n {
			got := 0
			err := tx.Each("SELECT "+batchColumns+" FROM batch b JOIN file f ON f.id=b.file_id WHERE b.id<$1 ORDER BY b.id DESC LIMIT $2", []any{before, n + 20}, func(scan func(...any) error) error {
				b, err := scanBatch(scan)
				if err != nil {
					return err
				}
				got++
				before = b.ID
				if len(out) < n && (b.Who == who.Account && who.Account != 0 || who.May(VerbSee, b.UnitID) == nil) {
					b.Viewer = who
					out = append(out, b)
				}
				return nil
			})
			if err != nil || got == 0 {
				return err
			}
		}
		return nil
	})
	return out, err
}

// errAlive: another program was applying the batch all the while, and has ended.
var errAlive = errors.New("intake: the batch was applied meanwhile")

// markBroken marks the batches that were being applied when the program stopped.
func (k *Desk) markBroken(ctx context.Context, who access.Viewer) ([]*Batch, error) {
	var out []*Batch
	err := k.DB.Read(ctx, func(tx *Tx) error {
		return tx.Each("SELECT "+batchColumns+" FROM batch b JOIN file f ON f.id=b.file_id WHERE b.state='applying' ORDER BY b.id", nil, func(scan func(...any) error) error {
			b, err := scanBatch(scan)
			out = append(out, b)
			return err
		})
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	var marked []*Batch
	for _, b := range out {
		act := who.Act(VerbApply+".broken", b.UnitID, "batch:"+id.String(b.ID), "")
		err := k.DB.WriteAct(ctx, &act, func(tx *Tx) error {
			n, err := tx.Exec("UPDATE batch SET state=$2 WHERE id=$1 AND state='applying'", b.ID, string(StateBroken))
			if err == nil && n == 0 {
				err = errAlive
			}
			return err
		})
		if errors.Is(err, errAlive) {
			continue
		}
		if err != nil {
			return nil, err
		}
		b.State = StateBroken
		marked = append(marked, b)
	}
	return marked, nil
}

// Newest is the newest applied list of a kind that the asker may see.
type Newest struct {
	Kind  string
	AsOf  clock.Day
	Batch int64
	Whole bool // it named everybody
}

// Fresh tells how new the newest list of each kind of persons is, in the order of Kinds (KH:IV.2.d).
func (k *Desk) Fresh(ctx context.Context, who access.Viewer) ([]Newest, error) {
	if !who.MayAnywhere(VerbSee) {
		return nil, who.May(VerbSee, 0)
	}
	newest := map[string]Newest{}
	err := k.DB.Read(ctx, func(tx *Tx) error {
		return tx.Each("SELECT kind, as_of, id, unit_id, complete FROM batch WHERE state='applied' ORDER BY as_of, id", nil, func(scan func(...any) error) error {
			var n Newest
			var unit int64
			var asOf string
			var c Complete
			err := scan(&n.Kind, &asOf, &n.Batch, &unit, &c)
			if n.AsOf, n.Whole = clock.Day(asOf), c.Whole(); Persons(n.Kind) && who.May(VerbSee, unit) == nil {
				newest[n.Kind] = n
			}
			return err
		})
	})
	var out []Newest
	for _, kind := range Kinds() {
		if n, ok := newest[kind]; ok {
			out = append(out, n)
		}
	}
	return out, err
}
