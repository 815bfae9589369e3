package intake

import (
	"path"
	"slices"
	"strings"

	"bonphu/internal/fault"
	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// headRows is how many rows of each sheet Recognise looks at.
const headRows = 2000

// maxSheets bounds the sheets that are looked at; workbooks with more are refused.
const maxSheets = 500

var errEnough = fault.New(fault.Invalid, "intake.enough", "đủ dòng để nhận dạng")

// sheetWork is what Recognise keeps of a sheet while it is at work.
type sheetWork struct {
	sr     *SheetReading
	rep    *repairer
	cur    *cursor
	rows   []sheet.Row
	guess  *guess
	profs  map[*table][]profile
	days   []dated
	inName Place
}

// Recognise tells what kind of list a file is, of which place and day, and what its columns hold. name is the file's
// name as the bringer has it. A file without any list is a fault of kind Refused.
func Recognise(book sheet.Book, name string, hint Hint) (*Reading, error) {
	rd := &Reading{Name: vn.NFC(path.Base(strings.ReplaceAll(name, "\\", "/"))), Format: book.Format(), Encoding: book.Encoding(), hint: hint, class: map[tableAt]*table{}, reps: map[int]*repairer{}}
	sheets := book.Sheets()
	if len(sheets) > maxSheets {
		return nil, fault.New(fault.Refused, "intake.too_many_sheets", "Tệp có %d trang, nhiều hơn %d; tách ra rồi nhập lại.", len(sheets), maxSheets)
	}
	rd.Sheets = make([]SheetReading, len(sheets))
	var works []*sheetWork
	for i, s := range sheets {
		sr := &rd.Sheets[i]
		*sr = SheetReading{Index: i, Name: s.Name, Hidden: s.Hidden, Skipped: map[string]int{}}
		if s.Hidden {
			sr.Reason = "trang ẩn"
			continue
		}
		w, err := rd.headOf(book, i)
		if err != nil {
			return nil, err
		}
		works = append(works, w)
	}
	if err := rd.conclude(works); err != nil {
		return nil, err
	}
	return rd, nil
}

// headOf reads the head of one sheet and finds its tables.
func (rd *Reading) headOf(book sheet.Book, i int) (*sheetWork, error) {
	w := &sheetWork{sr: &rd.Sheets[i], rep: newRepairer(), guess: newGuess(), profs: map[*table][]profile{}}
	err := book.Rows(i, func(r *sheet.Row) error {
		cp := *r
		cp.Cells = slices.Clone(r.Cells)
		if len(cp.Cells) > maxColumns {
			cp.Cells = cp.Cells[:maxColumns]
		}
		w.rows = append(w.rows, cp)
		if len(w.rows) >= headRows {
			return errEnough
		}
		return nil
	})
	if err != nil && err != errEnough {
		return nil, err
	}
	w.sr.encodings = w.rep.learn(w.rows)
	rd.reps[i] = w.rep
	w.sr.Name = w.rep.sheetName(w.sr.Name)
	w.cur = &cursor{syn: loadSynonyms(), rep: w.rep, sheet: i, merges: book.Sheets()[i].Merges, ahead: w.rows, skipped: w.sr.Skipped}
	w.cur.refine = func(t *table, rows []sheet.Row) {
		ps := profiles(w.rep, rows, t.width(rows))
		t.widen(ps)
		t.byContent(ps)
		w.profs[t] = ps
	}
	w.cur.onRow = func(*table, Place, *sheet.Row) error { w.sr.Rows++; return nil }
	for k := range w.rows {
		if err := w.cur.row(&w.rows[k]); err != nil {
			return nil, err
		}
	}
	w.cur.end()
	return w, nil
}

// maxColumns bounds the columns that are looked at.
const maxColumns = 256

// width is the number of columns that hold anything.
func (t *table) width(rows []sheet.Row) int {
	n := 0
	for _, c := range t.columns {
		n = max(n, c.Index+1)
	}
	for k := range rows {
		if k >= profileRows {
			break
		}
		n = max(n, len(rows[k].Cells))
	}
	return min(n, maxColumns)
}

// widen adds the columns that have content and no heading. The part of a name that stands under an empty heading beside
// "Họ và tên" is found here.
func (t *table) widen(ps []profile) {
	have := map[int]bool{}
	for _, c := range t.columns {
		have[c.Index] = true
	}
	for i := range ps {
		if have[i] || ps[i].n == 0 {
			continue
		}
		c := Column{Index: i, Letter: Letter(i), Key: "#" + Letter(i), Sheet: t.at.sheet}
		if n := t.col(FieldName); n >= 0 && i == n+1 && len(t.heading) > 0 && ps[i].words == ps[i].n && ps[i].share(isText, isName) > 0.9 {
			c.Field = FieldName
		}
		t.columns = append(t.columns, c)
	}
	slices.SortStableFunc(t.columns, func(a, b Column) int { return a.Index - b.Index })
	t.index()
}

func newGuess() *guess { return &guess{score: map[string]float64{}, why: map[string][]string{}} }
