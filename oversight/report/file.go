package report

import (
	"bytes"
	"context"
	"io"

	"bonphu/core/access"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
)

// Docx writes a kept document as .docx on the office's own layout where it gave one. home is where codes are looked up; the same
// document gives the same bytes. (laws D1, D3)
func (k *Desk) Docx(ctx context.Context, who access.Viewer, d *Kept, home string, w io.Writer) error {
	paper, err := Paper(k.Plan(), d.Reading, home)
	if err != nil {
		return err
	}
	own, err := k.Form(ctx, who, d.Unit, string(paper.Kind))
	if err != nil {
		return err
	}
	if own == nil {
		return paper.Write(w, nil)
	}
	form, err := docx.OpenForm(bytes.NewReader(own), int64(len(own)))
	if err != nil {
		return err
	}
	return paper.Write(w, form)
}

// Workbook writes a reading's numbers as .xlsx: real numbers, rates as formulas, sums of the parts (law N3).
func (k *Desk) Workbook(r *Reading, w io.Writer) error {
	head := r.Head()
	book := workbook.Book{Title: r.Title, Notes: []string{head.Title, asOf(r), "Mã tra cứu " + r.Code}}
	add := func(name string, of *Row, rows []*Row) {
		s := workbook.Sheet{Name: name, Head: []string{r.Title, of.Title, asOf(r) + ". Mã tra cứu " + r.Code}, Total: true,
			Columns: []workbook.Column{{Title: "Mã", Width: 11}, {Title: "Đơn vị", Width: 26}}}
		for _, t := range r.Targets {
			at := len(s.Columns)
			s.Columns = append(s.Columns, workbook.Column{Title: "Chỉ tiêu", Group: t.Short, Width: 8.5, Kind: workbook.Int}, workbook.Column{Title: "Xác nhận", Group: t.Short, Width: 8.5, Kind: workbook.Int},
				workbook.Column{Title: "Tỷ lệ", Group: t.Short, Width: 8, Kind: workbook.Percent, Of: [2]int{at + 1, at}})
		}
		for _, u := range rows {
			row := []any{u.Code, u.Title}
			for _, n := range u.Numbers {
				row = append(row, n.Goal, n.Confirmed, nil)
			}
			s.Rows = append(s.Rows, row)
		}
		book.Sheets = append(book.Sheets, s)
	}
	under := r.Under(r.Unit)
	if len(under) == 0 {
		add(sheetName(head.Title, 0), head, []*Row{head})
		return book.Write(w)
	}
	add("Tổng hợp", head, under)
	for i, u := range under {
		if parts := r.Under(u.Unit); len(parts) > 0 {
			add(sheetName(u.Title, i+1), u, parts)
		}
	}
	return book.Write(w)
}

// sheetName is a name Excel takes: no more than 31 letters.
func sheetName(title string, n int) string {
	r := []rune(title)
	if n > 0 {
		r = append([]rune(vn.Int(int64(n))+" "), r...)
	}
	return string(r[:min(len(r), 31)])
}
