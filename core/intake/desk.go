package intake

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/sheet"
)

// Desk is where lists are brought: it keeps the file, recognises it, tries it out, applies it and withdraws it.
type Desk struct {
	DB       *DB
	appliers map[string]Applier
}

// NewDesk makes a desk that knows the given appliers.
func NewDesk(d *DB, appliers ...Applier) *Desk {
	k := &Desk{DB: d, appliers: map[string]Applier{}}
	for _, a := range appliers {
		for _, kind := range a.Kinds() {
			k.appliers[kind] = a
		}
	}
	return k
}

// Title names a kind for people: one of Kinds, or one that only the plan knows (a fifth coverage's extract); "" for none.
func (k *Desk) Title(kind string) string {
	if a := k.appliers[kind]; a != nil {
		return a.Title(kind)
	}
	return KindTitle(kind)
}

// Verbs of the desk, for the table of rights.
const (
	VerbSee      access.Verb = "intake.see"
	VerbBring    access.Verb = "intake.bring"
	VerbApply    access.Verb = "intake.apply"
	VerbWithdraw access.Verb = "intake.withdraw"
	VerbSettle   access.Verb = "people.settle"
)

// Limits of a file (clause 4 of the first issue).
const (
	MaxBytes = 200 << 20
	MaxRows  = 2_000_000
)

// File is what is brought. Content is read at any place, more than once.
type File struct {
	Name    string
	Content io.ReaderAt
	Size    int64
	UnitID  int64 // the place for rows that name none
	Kind    string
	AsOf    clock.Day

	Complete Complete // "" takes what was answered last for lists with the same headings
}

// Receive seals a file and recognises it. A file that cannot be read becomes a batch in state refused, whose Refused says
// why and what to do (law F4); the error is nil then. The same content is kept once.
func (k *Desk) Receive(ctx context.Context, who access.Viewer, f File) (*Batch, error) {
	if err := who.May(VerbBring, f.UnitID); err != nil {
		return nil, err
	}
	if f.Size > MaxBytes {
		return nil, fault.New(fault.TooLarge, "intake.too_large", "Tệp lớn hơn 200 MB; tách ra nhiều tệp rồi nhập lại.")
	}
	if f.Kind != "" && k.Title(f.Kind) == "" {
		return nil, fault.New(fault.Invalid, "intake.kind", "Không có loại danh sách “%s”.", f.Kind).On("kind")
	}
	sha, err := sum(f.Content, f.Size)
	if err != nil {
		return nil, err
	}
	b := &Batch{ID: id.New(), FileName: f.Name, SHA: sha, Size: f.Size, UnitID: f.UnitID, Kind: f.Kind, Chosen: f.Kind, AsOf: f.AsOf, Complete: f.Complete,
		State: StateRead, Who: who.Account, WhoName: who.Name, CreatedAt: clock.Stamp(k.DB.Clock()), Viewer: who}
	if err := k.saveFile(ctx, who, b, f.Content); err != nil {
		return nil, err
	}
	if !f.Complete.Known() {
		return nil, badComplete()
	}
	if err := k.recognise(ctx, b, f.Content, Hint{Kind: f.Kind, AsOf: f.AsOf}); err != nil {
		return nil, err
	}
	if b.Complete == NotAsked && b.SourceKey != "" {
		if b.Complete, err = k.lastAnswer(ctx, b.SourceKey, b.Kind); err != nil {
			return nil, err
		}
	}
	return b, k.saveBatch(ctx, who, b)
}

// recognise reads the file into b. A fault of the file goes into b; other errors are returned.
func (k *Desk) recognise(ctx context.Context, b *Batch, content io.ReaderAt, hint Hint) error {
	book, rd, err := k.open(ctx, b, content, hint)
	if book != nil {
		defer book.Close()
	}
	return b.take(rd, err, hint)
}

func (b *Batch) take(rd *Reading, err error, hint Hint) error {
	if err != nil {
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Refused && f.Kind != fault.TooLarge && f.Kind != fault.Invalid {
			return err
		}
		b.State, b.Refused = StateRefused, f.Text
		return nil
	}
	b.Reading, b.Kind, b.SourceKey, b.State, b.Refused = rd, rd.Kind, rd.SourceKey, StateRead, ""
	if b.Mapping = hint.Mapping; b.Mapping == nil {
		b.Mapping = rd.hint.Mapping
	}
	if hint.AsOf == "" {
		b.AsOf = rd.AsOf
	} else {
		b.AsOf = hint.AsOf
	}
	return nil
}

// open opens a batch's file and recognises it with the mapping remembered for its source.
func (k *Desk) open(ctx context.Context, b *Batch, content io.ReaderAt, hint Hint) (book sheet.Book, rd *Reading, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = broken(p)
		}
	}()
	book, err = sheet.Open(content, b.Size, sheet.Options{Name: b.FileName, MaxBytes: MaxBytes, MaxRows: MaxRows})
	if err != nil {
		return nil, nil, err
	}
	rd, err = Recognise(book, b.FileName, hint)
	if err != nil || hint.Mapping != nil {
		return book, rd, err
	}
	m, err := k.remembered(ctx, rd.SourceKey)
	if err != nil || len(m) == 0 {
		return book, rd, err
	}
	hint.Mapping = m
	rd, err = Recognise(book, b.FileName, hint)
	return book, rd, err
}

// broken turns a panic on a malformed file into a refusal, so that no file takes the server down (law F4).
func broken(p any) error {
	return &brokenFile{fault.New(fault.Refused, "intake.broken", "Tệp hỏng hoặc có cấu trúc lạ nên không đọc được; mở bằng Excel, lưu lại thành .xlsx rồi nhập lại."), fmt.Sprintf("%v\n%s", p, debug.Stack())}
}

// brokenFile carries the cause for the log beside the sentence.
type brokenFile struct {
	*fault.Fault
	Cause string
}

func (b *brokenFile) Unwrap() error { return b.Fault }

// Correction is what the mapping screen settles.
type Correction struct {
	Kind     string // "" keeps the recognised one
	AsOf     clock.Day
	UnitID   int64
	Mapping  map[string]Field // Column.Key → field, for columns that were changed or asked
	Remember bool             // for lists with the same headings
	Complete Complete         // whether the list names everybody it is about; "" keeps the answer
}

// Correct settles kind, day, place and columns of a batch that is not applied, and reads it again.
func (k *Desk) Correct(ctx context.Context, who access.Viewer, batch int64, c Correction) (*Batch, error) {
	b, err := k.Get(ctx, who, batch)
	if err != nil {
		return nil, err
	}
	if err := who.May(VerbBring, c.UnitID); err != nil {
		return nil, err
	}
	if b.State == StateApplied || b.State == StateApplying || b.State == StateWithdrawn {
		return nil, fault.New(fault.Conflict, "intake.applied", "Danh sách này đã nhập; rút lại rồi mới sửa được.")
	}
	for key, f := range c.Mapping {
		if f != "" && FieldTitle(f) == "" {
			return nil, fault.New(fault.Invalid, "intake.field", "Không có trường “%s”.", string(f)).On(key)
		}
	}
	content, err := k.content(ctx, b)
	if err != nil {
		return nil, err
	}
	mapping := map[string]Field{}
	for key, f := range b.Mapping {
		mapping[key] = f
	}
	for key, f := range c.Mapping {
		mapping[key] = f
	}
	b.UnitID = c.UnitID
	if !c.Complete.Known() {
		return nil, badComplete()
	}
	if c.Complete != NotAsked {
		b.Complete = c.Complete
	}
	if c.Kind != "" {
		if k.Title(c.Kind) == "" {
			return nil, fault.New(fault.Invalid, "intake.kind", "Không có loại danh sách “%s”.", c.Kind).On("kind")
		}
		b.Chosen = c.Kind
	}
	hint := Hint{Kind: b.Chosen, AsOf: c.AsOf, Mapping: mapping}
	if err := k.recognise(ctx, b, content, hint); err != nil {
		return nil, err
	}
	if c.Remember && len(mapping) > 0 && b.SourceKey != "" {
		if err := k.remember(ctx, who, b); err != nil {
			return nil, err
		}
	}
	if err := k.rememberAnswer(ctx, who, b); err != nil {
		return nil, err
	}
	return b, k.saveBatch(ctx, who, b)
}

func badComplete() error {
	return fault.New(fault.Invalid, "intake.complete", "Hãy chọn: danh sách đầy đủ (full) hay chỉ một phần (partial).").On("complete")
}

// Preview reads the first n rows of a batch as they would be taken, with the reading in full (samples included).
func (k *Desk) Preview(ctx context.Context, who access.Viewer, batch int64, n int) (rd *Reading, rows []Row, err error) {
	b, err := k.Get(ctx, who, batch)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if p := recover(); p != nil {
			err = broken(p)
		}
	}()
	content, err := k.content(ctx, b)
	if err != nil {
		return nil, nil, err
	}
	book, rd, err := k.open(ctx, b, content, b.hint())
	if err != nil {
		return nil, nil, err
	}
	defer book.Close()
	err = rd.Rows(book, func(r *Row) error {
		rows = append(rows, r.clone())
		if len(rows) >= n {
			return errEnough
		}
		return nil
	})
	if err == errEnough {
		err = nil
	}
	return rd, rows, err
}

// hint is what is settled about a batch. Without a mapping the remembered one is looked up again.
func (b *Batch) hint() Hint { return Hint{Kind: b.Chosen, AsOf: b.AsOf, Mapping: b.Mapping} }

// clone copies what a row shares with the reader.
func (r *Row) clone() Row {
	c := *r
	c.Targets = append([]Target(nil), r.Targets...)
	c.Extra = append([]Extra(nil), r.Extra...)
	return c
}
