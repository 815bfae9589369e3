package intake

import (
	"context"
	"fmt"
	"io"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/sheet"
)

// Progress is told how many rows are done; it may be nil.
type Progress func(rows int64)

// chunkRows is how many rows go to an applier at once.
const chunkRows = 1000

// entry is a row on its way to its verdict. pre is set when the row needs no applier.
type entry struct {
	row      Row
	pre      Verdict
	code     string
	text     string
	repeated bool // of an earlier row of the file
}

// Visit is called for every row with its verdict, in a dry run or an application; see DryRun and Apply. The row is reused.
type visit func(r *Row, o Outcome, repeated bool) error

// pump reads the rows of an opened file in its own goroutine and judges them in the caller's.
func pump(ctx context.Context, rd *Reading, book sheet.Book, judge func([]entry) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	full, free := make(chan []entry, 2), make(chan []entry, 3)
	for range cap(free) {
		free <- make([]entry, 0, chunkRows)
	}
	failed := make(chan error, 1)
	go func() {
		var err error
		defer func() {
			if p := recover(); p != nil {
				err = broken(p)
			}
			failed <- err
			close(full)
		}()
		seen := NewRepeats()
		chunk := <-free
		err = rd.Rows(book, func(r *Row) error {
			e := entry{row: r.clone()}
			if p, held := r.Held(); held {
				e.pre, e.code, e.text = Held, p.Code, p.Text
			} else if v, why := seen.Check(r); v != "" {
				e.pre, e.code, e.text, e.repeated = v, "row.repeated", why, true
			}
			if chunk = append(chunk, e); len(chunk) < chunkRows {
				return nil
			}
			select {
			case full <- chunk:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case chunk = <-free:
				chunk = chunk[:0]
			case <-ctx.Done():
				return ctx.Err()
			}
			return nil
		})
		if err == nil && len(chunk) > 0 {
			select {
			case full <- chunk:
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
	}()
	var judged error
	for chunk := range full {
		if judged != nil {
			continue
		}
		if judged = judge(chunk); judged != nil {
			stop()
			continue
		}
		free <- chunk
	}
	if err := <-failed; judged == nil {
		judged = err
	}
	return judged
}

// judge sends the rows of a chunk that need it to the run and tells each row's verdict.
func judge(run Run, dry bool, sums *Sums, see visit) func([]entry) error {
	ptrs := make([]*Row, 0, chunkRows)
	return func(chunk []entry) error {
		ptrs = ptrs[:0]
		var doubtful []*Row
		for i := range chunk {
			if chunk[i].pre == "" {
				ptrs = append(ptrs, &chunk[i].row)
			} else {
				doubtful = append(doubtful, &chunk[i].row)
			}
		}
		if c, ok := run.(Completer); ok && len(doubtful) > 0 {
			c.Doubt(doubtful)
		}
		var outs []Outcome
		if run != nil && len(ptrs) > 0 {
			var err error
			if outs, err = run.Apply(ptrs, dry); err != nil {
				return err
			}
			if len(outs) != len(ptrs) {
				return fmt.Errorf("intake: %d outcomes for %d rows", len(outs), len(ptrs))
			}
		}
		n := 0
		for i := range chunk {
			e := &chunk[i]
			o := Outcome{Verdict: e.pre, Code: e.code, Text: e.text}
			if e.pre == "" {
				if run == nil { // the whole file repeats an applied batch (law F2)
					o = Outcome{Verdict: Same}
				} else {
					o = outs[n]
				}
				n++
			}
			sums.count(o.Verdict)
			if !e.repeated {
				sums.person(&e.row)
			}
			if err := see(&e.row, o, e.repeated); err != nil {
				return err
			}
		}
		return nil
	}
}

// unnamed has a full list say what it says of those it does not name.
func (b *Batch) unnamed(run Run, dry bool) (err error) {
	if c, ok := run.(Completer); ok && b.Complete.Whole() {
		b.Sums.Unnamed, err = c.Unnamed(dry)
	}
	return err
}

// issueLimit bounds the issues kept of a dry run; an application keeps all rows that wait for a person.
const issueLimit = 20_000

// DryRun tells what applying the batch would do, and keeps the sums and the doubts. Nothing else is written.
func (k *Desk) DryRun(ctx context.Context, who access.Viewer, batch int64, progress Progress) (*Batch, error) {
	b, a, err := k.ready(ctx, who, batch, VerbBring)
	if err != nil {
		return nil, err
	}
	content, err := k.content(ctx, b)
	if err != nil {
		return nil, err
	}
	book, rd, err := k.open(ctx, b, content, b.hint())
	if book != nil {
		defer book.Close()
	}
	if err != nil {
		return k.refuse(ctx, who, b, err)
	}
	b.Reading, b.Sums = rd, Sums{}
	var issues []issueRow
	err = k.DB.Read(ctx, func(tx *Tx) error {
		issues, b.Sums = issues[:0], Sums{}
		run, err := k.start(tx, a, b)
		if err != nil {
			return err
		}
		if err := pump(ctx, rd, book, judge(run, true, &b.Sums, func(r *Row, o Outcome, _ bool) error {
			if progress != nil && b.Sums.Rows%chunkRows == 0 {
				progress(b.Sums.Rows)
			}
			if len(issues) < issueLimit {
				issues = appendIssues(issues, b, r, o)
			}
			return nil
		})); err != nil {
			return err
		}
		return b.unnamed(run, true)
	})
	if err != nil {
		return k.refuse(ctx, who, b, err)
	}
	b.State = StateTried
	return b, k.saveTried(ctx, who, b, issues)
}

// Apply applies the batch: whole or not at all, in one transaction that also keeps the sums, the rows held and the new
// state (law F2). Applying a file again with the same kind, day and place changes nothing.
func (k *Desk) Apply(ctx context.Context, who access.Viewer, batch int64, progress Progress) (*Batch, error) {
	b, a, err := k.ready(ctx, who, batch, VerbApply)
	if err != nil {
		return nil, err
	}
	content, err := k.content(ctx, b)
	if err != nil {
		return nil, err
	}
	book, rd, err := k.open(ctx, b, content, b.hint())
	if book != nil {
		defer book.Close()
	}
	if err != nil {
		return k.refuse(ctx, who, b, err)
	}
	before := b.State
	if err := k.setState(ctx, who, b, StateApplying, VerbApply+".start"); err != nil {
		return nil, err
	}
	act := who.Act(VerbApply, b.UnitID, "batch:"+id.String(b.ID), b.Kind)
	err = k.DB.WriteLong(ctx, &act, func(tx *Tx) error {
		b.Sums = Sums{}
		if err := clearIssues(tx, b.ID); err != nil {
			return err
		}
		run, err := k.start(tx, a, b)
		if err != nil {
			return err
		}
		var issues []issueRow
		remarks := 0
		err = pump(ctx, rd, book, judge(run, false, &b.Sums, func(r *Row, o Outcome, _ bool) error {
			if progress != nil && b.Sums.Rows%chunkRows == 0 {
				progress(b.Sums.Rows)
			}
			n := len(issues)
			if o.Verdict == Held && b.RepeatOf != 0 || o.Verdict != Held && o.Verdict != Refused && remarks >= issueLimit {
				return nil
			}
			issues = appendIssues(issues, b, r, o)
			if o.Verdict != Held && o.Verdict != Refused {
				remarks += len(issues) - n
			}
			if len(issues) < chunkRows {
				return nil
			}
			err := insertIssues(tx, issues)
			issues = issues[:0]
			return err
		}))
		if err != nil {
			return err
		}
		if err := insertIssues(tx, issues); err != nil {
			return err
		}
		if run != nil {
			if err := b.unnamed(run, false); err != nil {
				return err
			}
			if err := run.Finish(); err != nil {
				return err
			}
		}
		b.State, b.AppliedAt, b.Reading = StateApplied, tx.Now(), rd
		act.Note = fmt.Sprintf("%s: %d dòng, %d mới, %d đổi, %d như cũ, %d chờ, %d từ chối", b.Kind, b.Sums.Rows, b.Sums.New, b.Sums.Changed, b.Sums.Same, b.Sums.Held, b.Sums.Refused)
		return updateBatch(tx, b)
	})
	if err != nil {
		b.State, b.AppliedAt = before, ""
		if f, ok := fault.As(err); ok && (f.Kind == fault.Refused || f.Kind == fault.TooLarge) {
			return k.refuse(context.WithoutCancel(ctx), who, b, err)
		}
		if serr := k.setState(context.WithoutCancel(ctx), who, b, before, VerbApply+".stop"); serr != nil {
			return nil, serr
		}
		return nil, err
	}
	if progress != nil {
		progress(b.Sums.Rows)
	}
	return b, nil
}

// start begins an applier's run; none for a batch that repeats an applied one.
func (k *Desk) start(tx *Tx, a Applier, b *Batch) (Run, error) {
	var err error
	if b.RepeatOf, err = appliedTwin(tx, b); err != nil || b.RepeatOf != 0 {
		return nil, err
	}
	return a.Start(tx, b)
}

// ready loads a batch that can be tried or applied, and its applier.
func (k *Desk) ready(ctx context.Context, who access.Viewer, batch int64, verb access.Verb) (*Batch, Applier, error) {
	b, err := k.Get(ctx, who, batch)
	if err != nil {
		return nil, nil, err
	}
	if err := who.May(verb, b.UnitID); err != nil {
		return nil, nil, err
	}
	switch b.State {
	case StateRefused:
		return nil, nil, fault.New(fault.Refused, "intake.refused", "%s", b.Refused)
	case StateApplied:
		return nil, nil, fault.New(fault.Conflict, "intake.applied", "Danh sách này đã nhập; rút lại rồi mới nhập lại được.")
	case StateApplying:
		return nil, nil, fault.New(fault.Conflict, "intake.applying", "Danh sách này đang được nhập; chờ xong rồi xem kết quả.")
	case StateWithdrawn:
		return nil, nil, fault.New(fault.Conflict, "intake.withdrawn", "Danh sách này đã rút lại; nhập tệp thành lượt mới.")
	}
	a := k.appliers[b.Kind]
	if a == nil && KindTitle(b.Kind) != "" {
		return nil, nil, fault.New(fault.Refused, "intake.no_applier", "Đã nhận ra “%s” nhưng phiên bản này chưa nhập loại đó; chọn loại khác nếu nhận nhầm.", KindTitle(b.Kind)).On("kind")
	}
	if a == nil {
		return nil, nil, fault.New(fault.Invalid, "intake.no_applier", "Chưa biết đây là loại danh sách nào; chọn loại danh sách rồi thử lại.").On("kind")
	}
	if b.AsOf == "" {
		b.AsOf = clock.DayOf(k.DB.Clock())
	}
	return b, a, nil
}

// refuse keeps why a file was refused; other errors are passed on.
func (k *Desk) refuse(ctx context.Context, who access.Viewer, b *Batch, err error) (*Batch, error) {
	if err := b.take(nil, err, b.hint()); err != nil {
		return nil, err
	}
	return b, k.saveBatch(ctx, who, b)
}

// Withdraw voids what an applied batch did; what others did since stays (law F3).
func (k *Desk) Withdraw(ctx context.Context, who access.Viewer, batch int64, why string) (*Batch, error) {
	b, err := k.Get(ctx, who, batch)
	if err != nil {
		return nil, err
	}
	if err := who.May(VerbWithdraw, b.UnitID); err != nil {
		return nil, err
	}
	if why == "" || len(why) > 1000 {
		return nil, fault.New(fault.Invalid, "intake.why", "Hãy ghi vì sao rút danh sách này (tối đa 1.000 ký tự).").On("why")
	}
	a := k.appliers[b.Kind]
	if b.State != StateApplied || a == nil {
		return nil, fault.New(fault.Conflict, "intake.not_applied", "Chỉ rút được danh sách đã nhập.")
	}
	act := who.Act(VerbWithdraw, b.UnitID, "batch:"+id.String(b.ID), why)
	err = k.DB.WriteLong(ctx, &act, func(tx *Tx) error {
		if err := stillIn(tx, b.ID, StateApplied); err != nil {
			return err
		}
		if _, err := a.Withdraw(tx, b); err != nil {
			return err
		}
		b.State, b.WithdrawnAt = StateWithdrawn, tx.Now()
		return updateBatch(tx, b)
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Recover marks batches that were being applied when the program stopped: nothing of them was kept. It is called once at
// the start and tells which they are (law F2).
func (k *Desk) Recover(ctx context.Context, who access.Viewer) ([]*Batch, error) {
	return k.markBroken(ctx, who)
}

// Annotated writes the workbook of a batch back, with its faulty cells coloured and commented.
func (k *Desk) Annotated(ctx context.Context, who access.Viewer, batch int64, w io.Writer) error {
	b, err := k.Get(ctx, who, batch)
	if err != nil {
		return err
	}
	content, err := k.content(ctx, b)
	if err != nil {
		return err
	}
	var marks []sheet.Mark
	err = k.DB.Read(ctx, func(tx *Tx) error {
		return eachIssue(tx, b.ID, func(i *Issue) error {
			marks = append(marks, sheet.Mark{Sheet: i.Sheet, Row: i.Row, Col: max(0, columnIndex(i.Column)), Text: i.Text})
			return nil
		})
	})
	if err != nil {
		return err
	}
	return sheet.Annotate(w, content, b.Size, sheet.Options{Name: b.FileName, MaxBytes: MaxBytes, MaxRows: MaxRows}, marks)
}

// columnIndex is the reverse of Letter; -1 for "".
func columnIndex(letter string) int {
	n := 0
	for _, r := range letter {
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}
