package intake

import (
	"fmt"

	"bonphu/internal/sheet"
)

// Rows streams the rows of the list, sheet by sheet, in the order of the file. The row is reused between calls. Afterwards
// the reading's counts of rows and of rows left out are those of the whole file.
func (r *Reading) Rows(book sheet.Book, fn func(*Row) error) error {
	sheets := book.Sheets()
	var row Row
	for i := range r.Sheets {
		sr := &r.Sheets[i]
		if sr.Columns == nil {
			continue
		}
		sr.Rows, sr.Skipped = 0, map[string]int{}
		rep := r.reps[i]
		n := newNormaliser(r, sr, rep, sheets[i].Merges)
		if sr.Kind != "" && sr.Kind != r.Kind && r.hint.Kind == "" && sr.Kind != KindRegister {
			n.other = fmt.Sprintf("Trang “%s” là loại “%s”, khác với cả tệp; nhập riêng trang này.", sr.Name, KindTitle(sr.Kind))
		}
		cur := &cursor{syn: loadSynonyms(), rep: rep, sheet: i, merges: sheets[i].Merges, known: r.class, skipped: sr.Skipped}
		cur.onRow = func(t *table, p Place, raw *sheet.Row) error {
			if t.plan == nil {
				if !t.fits(r.Kind) {
					cur.skip(SkipSheet)
					return nil
				}
				t.compile(r.Kind, nil)
			}
			sr.Rows++
			row.reset(i, raw.Number)
			row.Kind = r.Kind
			switch r.Kind {
			case KindTargets, KindTotals:
				n.targetRow(t, p, raw, &row)
			case KindUnits:
				n.unitRow(t, raw, &row)
			case KindTeams:
				n.teamRow(t, p, raw, &row)
			default:
				n.person(t, p, raw, &row)
			}
			return fn(&row)
		}
		if err := book.Rows(i, cur.row); err != nil {
			return err
		}
		cur.end()
	}
	return nil
}
