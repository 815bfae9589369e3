package aid

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/sheet"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
)

// The headings of the columns that the operator fills in and sends back.
const (
	colCode     = "Mã đơn"
	colTo       = "Chuyển sang"
	colDay      = "Ngày"
	colReceived = "Người nhận"
	colSerial   = "Số sê-ri"
	colNote     = "Ghi chú, lý do"
)

// words are what the operator writes under colTo for each state.
var words = []struct {
	to   State
	word string
}{{Accepted, "Nhận đơn"}, {Ready, "Có hàng"}, {Handed, "Đã giao"}, {Installed, "Đã cài"}, {Refused, "Từ chối"}, {Cancelled, "Hủy"}}

// Word is what stands for a state in the sheet that goes to the operator and back.
func Word(s State) string {
	for _, w := range words {
		if w.to == s {
			return w.word
		}
	}
	return Title(s)
}

// Export gives the orders of a list as a workbook whose last columns the operator fills in and sends back. With phones the telephones of
// orders that are accepted and not yet done are whole; the trail says how many (laws R2, R3). An operator gets its own orders; others need
// people.export on the unit, and people.reveal for the telephones.
func (b *Book) Export(ctx context.Context, who access.Viewer, q Query, phones bool) (*workbook.Book, error) {
	if err := who.May("aid.see", q.Unit); err != nil {
		return nil, err
	}
	var book *workbook.Book
	act := who.Act("aid.export", q.Unit, "orders", "")
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		all, s, err := b.read(tx, who, q)
		if err != nil {
			return err
		}
		for _, verb := range []access.Verb{"people.export", "people.reveal"} {
			if !s.operator && (verb == "people.export" || phones) {
				if err := who.May(verb, q.Unit); err != nil {
					return err
				}
			}
		}
		if len(all) > maxBulk {
			return fault.New(fault.Refused, "aid.export_many", "Danh sách có %s đơn, mỗi tệp tối đa %s. Hãy lọc theo xã hoặc tình trạng rồi xuất.", vn.Int(int64(len(all))), vn.Int(maxBulk))
		}
		list, err := b.entries(tx, s, all)
		if err != nil {
			return err
		}
		shown := 0
		if phones {
			if shown, err = b.wholePhones(tx, who, s, list); err != nil {
				return err
			}
		}
		offered, err := offers(tx)
		if err != nil {
			return err
		}
		titles := map[int64]string{}
		for _, f := range offered {
			titles[f.ID] = f.Title
		}
		act.Note = fmt.Sprintf("%d đơn, %d số điện thoại", len(list), shown)
		book = b.workbook(who, q.Unit, tx.Today(), list, titles)
		return nil
	})
	return book, err
}

// wholePhones puts the whole telephone into the rows whose operator has to call, and tells how many.
func (b *Book) wholePhones(tx *db.Tx, who access.Viewer, s sight, list []Entry) (int, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].Person
	}
	known, err := people.Load(tx, ids)
	n := 0
	for i := range list {
		e := &list[i]
		if p := known[e.Person]; p.Phone != "" && Callable(e.State) && s.maySee(who, &e.Order) == nil {
			e.Phone = string(p.Phone)
			n++
		}
	}
	return n, err
}

func (b *Book) workbook(who access.Viewer, unit int64, today clock.Day, list []Entry, offered map[int64]string) *workbook.Book {
	tree, p := who.Tree(), b.Plan()
	var can []string
	for _, w := range words[:5] {
		can = append(can, w.word)
	}
	s := workbook.Sheet{Name: "Đơn đăng ký", Head: []string{"Đơn đăng ký máy, SIM, chữ ký số", tree.FullName(unit) + ", ngày " + today.Vi(),
		"Điền các cột cuối rồi nộp lại chính tệp này. Cột “" + colTo + "” ghi một trong: " + strings.Join(can, ", ") + "."},
		Columns: []workbook.Column{{Title: colCode, Width: 15}, {Title: "Loại đơn", Width: 26}, {Title: "Ưu đãi", Width: 28}, {Title: "Giá (đồng)", Width: 12, Kind: workbook.Int}, {Title: "Họ và tên", Width: 26}, {Title: "Năm sinh", Width: 9},
			{Title: "Điện thoại", Width: 14}, {Title: "Nơi ở", Width: 34}, {Title: "Đăng ký", Width: 11}, {Title: "Chặng", Width: 20}, {Title: "Số ngày", Width: 8, Kind: workbook.Int},
			{Title: colTo, Width: 14}, {Title: colDay, Width: 11}, {Title: colReceived, Width: 14}, {Title: colSerial, Width: 12}, {Title: colNote, Width: 28}}}
	for i := range list {
		e := &list[i]
		title := e.Kind
		if item := p.Aid.Item(e.Kind); item != nil {
			title = item.Title
		}
		place := tree.FullName(e.Unit)
		if e.Address != "" && !strings.Contains(place, e.Address) {
			place = e.Address + ", " + place
		}
		s.Rows = append(s.Rows, []any{id.String(e.ID), title, offered[e.Offer], e.Price, e.Name, e.Born, e.Phone, place, e.Day.Vi(), Title(e.State), int64(e.Age), "", "", "", "", ""})
	}
	return &workbook.Book{Title: "Đơn đăng ký", Sheets: []workbook.Sheet{s}}
}

// ReadReturn reads the workbook that an operator filled in: one row an order, those with nothing under “Chuyển sang” left out. A row that
// cannot be read says why (law F1); a file without the columns is refused.
func ReadReturn(name string, body []byte) ([]Row, error) {
	book, err := sheet.Open(bytes.NewReader(body), int64(len(body)), sheet.Options{Name: name, MaxBytes: 10 << 20, MaxRows: maxBulk + 50})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var at map[string]int
	var out []Row
	err = book.Rows(0, func(row *sheet.Row) error {
		cells := make([]string, len(row.Cells))
		for i := range row.Cells {
			cells[i] = strings.Join(strings.Fields(vn.NFC(row.Cells[i].Text)), " ")
		}
		if at == nil {
			at = headingsOf(cells)
			return nil
		}
		get := func(col string) string {
			if i, ok := at[col]; ok && i < len(cells) {
				return cells[i]
			}
			return ""
		}
		if get(colCode) == "" || get(colTo) == "" {
			return nil
		}
		out = append(out, readRow(row.Number, get))
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case at == nil:
		return nil, fault.New(fault.Invalid, "aid.sheet_columns", "Tệp không có cột “%s” và “%s”. Hãy xuất danh sách ở trang này, điền vào rồi nộp lại chính tệp đó.", colCode, colTo).On("file")
	case len(out) == 0:
		return nil, fault.New(fault.Invalid, "aid.sheet_none", "Chưa dòng nào điền cột “%s”.", colTo).On("file")
	}
	return out, nil
}

// headingsOf finds the columns by their headings; nil for a row that is no heading.
func headingsOf(cells []string) map[string]int {
	at := map[string]int{}
	for _, want := range []string{colCode, colTo, colDay, colReceived, colSerial, colNote} {
		if i := slices.IndexFunc(cells, func(c string) bool { return vn.Fold(c) == vn.Fold(want) }); i >= 0 {
			at[want] = i
		}
	}
	if _, ok := at[colCode]; !ok {
		return nil
	}
	if _, ok := at[colTo]; !ok {
		return nil
	}
	return at
}

func readRow(line int, get func(string) string) Row {
	r := Row{Line: line}
	n, err := id.Parse(get(colCode))
	if err != nil || n == 0 {
		r.Bad = "mã đơn không đọc được"
		return r
	}
	r.Order = n
	text := vn.Fold(get(colTo))
	for _, w := range words {
		if text == vn.Fold(w.word) || text == vn.Fold(Title(w.to)) || text == string(w.to) {
			r.Move.To = w.to
		}
	}
	if r.Move.To == "" {
		r.Bad = "cột “" + colTo + "” ghi “" + get(colTo) + "”: không có chặng này"
		return r
	}
	if day := get(colDay); day != "" {
		d, ok := vn.ParseBirth(day)
		if !ok || d.D == 0 {
			r.Bad = "ngày “" + day + "” không đọc được, hãy ghi dạng 20/5/2024"
			return r
		}
		r.Move.Day = clock.Day(d.String())
	}
	switch who := vn.Fold(get(colReceived)); {
	case who == "":
	case strings.Contains(who, "chinh chu") || strings.Contains(who, "ban than"):
		r.Move.Received = Self
	default:
		r.Move.Received = Relative
	}
	r.Move.Serial, r.Move.Note = get(colSerial), get(colNote)
	r.Line = cmp.Or(r.Line, 1)
	return r
}
