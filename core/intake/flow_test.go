package intake

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"bonphu/core/access"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

// book is an applier for tests: it remembers the numbers it was given.
type bookOf struct {
	have   map[string]string
	undone int
	fail   error
}

func (b *bookOf) Kinds() []string          { return []string{KindCCCDMissing, KindRegister, KindEID2} }
func (b *bookOf) Title(kind string) string { return KindTitle(kind) }
func (b *bookOf) Start(tx *Tx, batch *Batch) (Run, error) {
	return &runOf{b}, nil
}
func (b *bookOf) Withdraw(tx *Tx, batch *Batch) (int64, error) { b.undone++; return 1, nil }
func (b *bookOf) Settle(tx *Tx, batch *Batch, row *Row, person int64) (Outcome, error) {
	return Outcome{Verdict: New, Person: 7}, nil
}

type runOf struct{ b *bookOf }

func (r *runOf) Apply(rows []*Row, dry bool) ([]Outcome, error) {
	out := make([]Outcome, len(rows))
	for i, row := range rows {
		v := New
		if r.b.have[row.Number] != "" {
			v = Same
		}
		out[i] = Outcome{Verdict: v}
		if !dry {
			r.b.have[row.Number] = row.Name
		}
	}
	return out, r.b.fail
}
func (r *runOf) Finish() error { return nil }

func bring(t *testing.T, k *Desk, name string, b []byte) *Batch {
	t.Helper()
	batch, err := k.Receive(t.Context(), access.System("test"), File{Name: name, Content: bytes.NewReader(b), Size: int64(len(b))})
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// TestLaw_F1_F2_F3_Flow walks a list with faults through reading, trying, applying, applying again and withdrawing.
func TestLaw_F1_F2_F3_Flow(t *testing.T) {
	ctx, who := t.Context(), access.System("test")
	book := &bookOf{have: map[string]string{}}
	k := NewDesk(dbtest.Open(t), book)
	r := rand.New(rand.NewPCG(3, 3))
	people := makePeople(r, 2300)
	people = append(people, people[0])
	people[0].fault, people[len(people)-1].fault = "", ""
	s := madeShape{name: "one", birth: "one", gender: "word", place: "column", number: "text", head: 5, sep: "/"}
	grids := makeList(r, s, people)
	content := xlsxOf(t, grids)

	b := bring(t, k, "ds.xlsx", content)
	if b.State != StateRead || b.Kind != KindCCCDMissing || b.AsOf != "2024-04-30" {
		t.Fatalf("read: %+v", b)
	}
	b, err := k.DryRun(ctx, who, b.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	bad := int64(0)
	for _, p := range people {
		if p.fault != "" {
			bad++
		}
	}
	n := int64(len(people))
	check := func(b *Batch, fresh, same int64) {
		t.Helper()
		got := b.Sums
		if got.Rows != n || got.Held != bad+1 || got.New != fresh || got.Same != same || got.New+got.Changed+got.Same+got.Held+got.Refused != got.Rows {
			t.Errorf("sums %+v, want rows %d new %d same %d held %d", got, n, fresh, same, bad+1)
		}
		if got.Female+got.Male+got.GenderUnknown != n-1 {
			t.Errorf("people %+v", got)
		}
	}
	// the repeated person is in another hamlet the second time: a contradiction, held
	check(b, n-bad-1, 0)
	if len(book.have) != 0 {
		t.Error("a dry run applied rows")
	}
	if b, err = k.Apply(ctx, who, b.ID, nil); err != nil {
		t.Fatal(err)
	}
	check(b, n-bad-1, 0)
	if b.State != StateApplied || len(book.have) != int(n-bad-1) {
		t.Errorf("applied %d in state %s", len(book.have), b.State)
	}
	if _, err := k.Apply(ctx, who, b.ID, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("applied twice: %v", err)
	}
	issues, err := k.Issues(ctx, who, b.ID, IssueOpen, 0, 10_000)
	if err != nil || int64(len(issues)) != bad+1 {
		t.Errorf("%d issues %v, want %d", len(issues), err, bad+1)
	}
	for _, i := range issues {
		if i.Text == "" || i.Code == "" || i.Suggestion == "" {
			t.Errorf("issue without words: %+v", i)
		}
	}
	again := bring(t, k, "ds (1).xlsx", content)
	if again.FileID != b.FileID || again.FileName != "ds (1).xlsx" {
		t.Error("the same content is kept twice")
	}
	if again, err = k.Apply(ctx, who, again.ID, nil); err != nil {
		t.Fatal(err)
	}
	check(again, 0, n-bad-1)
	out, err := k.Settle(ctx, who, issues[0].ID, Decision{Why: "đã đối chiếu"})
	if err != nil && !fault.Is(err, fault.Invalid) || err == nil && out.Person != 7 {
		t.Error(out, err)
	}
	if _, err = k.Settle(ctx, who, issues[1].ID, Decision{Drop: true}); err != nil {
		t.Error(err)
	}
	if _, err = k.Settle(ctx, who, issues[1].ID, Decision{Drop: true}); !fault.Is(err, fault.Conflict) {
		t.Errorf("settled twice: %v", err)
	}
	var back bytes.Buffer
	if err := k.Annotated(ctx, who, b.ID, &back); err != nil || back.Len() == 0 {
		t.Error(back.Len(), err)
	}
	var plain bytes.Buffer
	if err := k.Download(ctx, who, b.ID, &plain); err != nil || !bytes.Equal(plain.Bytes(), content) {
		t.Error("the file did not come back as it was", err)
	}
	if b, err = k.Withdraw(ctx, who, b.ID, "nhầm xã"); err != nil || b.State != StateWithdrawn || book.undone != 1 {
		t.Error(b, err)
	}
	list, err := k.List(ctx, who, 0, 10)
	if err != nil || len(list) != 2 || list[0].ID != again.ID {
		t.Errorf("%d batches %v", len(list), err)
	}
}

// TestLaw_F2_BrokenApply: an application that fails leaves nothing; one found under way at a start was not applied.
func TestLaw_F2_BrokenApply(t *testing.T) {
	ctx, who := t.Context(), access.System("test")
	book := &bookOf{have: map[string]string{}, fail: errors.New("power")}
	k := NewDesk(dbtest.Open(t), book)
	content, err := os.ReadFile("testdata/s1-chua-cap-cccd.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	b := bring(t, k, "s1.xlsx", content)
	if _, err := k.Apply(ctx, who, b.ID, nil); err == nil {
		t.Fatal("applied")
	}
	got, err := k.Get(ctx, who, b.ID)
	if err != nil || got.State != StateRead || got.Sums.Rows != 0 {
		t.Errorf("%+v %v", got, err)
	}
	if err := k.setState(ctx, who, got, StateApplying, VerbApply); err != nil {
		t.Fatal(err)
	}
	list, err := k.Recover(ctx, who)
	if err != nil || len(list) != 1 || list[0].State != StateBroken {
		t.Errorf("%v %v", list, err)
	}
	book.fail, book.have = nil, map[string]string{}
	if got, err = k.Apply(ctx, who, b.ID, nil); err != nil || got.Sums.New != 240 || got.Sums.Female != 114 {
		t.Errorf("%+v %v", got, err)
	}
}

// TestLaw_F4_Refused: what is no list is refused in a sentence.
func TestLaw_F4_Refused(t *testing.T) {
	k := NewDesk(dbtest.Open(t), &bookOf{have: map[string]string{}})
	for name, content := range map[string]string{
		"rong.csv":   "",
		"ghichu.csv": "Kính gửi các đồng chí\nDanh sách gửi sau\n",
	} {
		b := bring(t, k, name, []byte(content))
		if b.State != StateRefused || !strings.HasSuffix(b.Refused, ".") {
			t.Errorf("%s: %s %q", name, b.State, b.Refused)
		}
		if _, err := k.Apply(context.Background(), access.System("test"), b.ID, nil); !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMappingIsRemembered: a column that was not recognised is asked once; the next list with the same headings is read so.
func TestMappingIsRemembered(t *testing.T) {
	ctx, who := t.Context(), access.System("test")
	k := NewDesk(dbtest.Open(t), &bookOf{have: map[string]string{}})
	list := func(n string) []byte {
		return []byte("Họ và tên;Số CCCD;Ngày sinh;Nhánh\nVũ Trường Ổn;070058698081;13/02/1958;Ấp " + n + "\nHuỳnh Kim Nở;095194217863;07/01/1994;Ấp " + n + "\n")
	}
	b := bring(t, k, "a.csv", list("1"))
	if len(b.Reading.Unknown) != 1 || b.Reading.Unknown[0].Heading != "Nhánh" {
		t.Fatalf("unknown %+v", b.Reading.Unknown)
	}
	key := b.Reading.Unknown[0].Key
	if _, err := k.Correct(ctx, who, b.ID, Correction{Mapping: map[string]Field{key: FieldHamlet}, Remember: true}); err != nil {
		t.Fatal(err)
	}
	b = bring(t, k, "b.csv", list("2"))
	if len(b.Reading.Unknown) != 0 || b.Mapping[key] != FieldHamlet {
		t.Errorf("not remembered: %+v %v", b.Reading.Unknown, b.Mapping)
	}
	_, rows, err := k.Preview(ctx, who, b.ID, 1)
	if err != nil || len(rows) != 1 || rows[0].HamletText != "Ấp 2" {
		t.Errorf("%+v %v", rows, err)
	}
}
