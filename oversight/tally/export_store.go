package tally

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// exportMax bounds one export, so that a whole district does not leave in one file unasked.
const exportMax = 20_000

// Export writes the residents of a query as a list that spreadsheets open, personal numbers masked, and leaves a trail row with how
// many and where (laws R2, R3). Its last line says who took it and when. The asker needs people.export on every unit.
func (k Desk) Export(ctx context.Context, who access.Viewer, unit int64, q Query, w io.Writer) error {
	for _, u := range q.Units {
		if err := who.May("people.export", u); err != nil {
			return err
		}
	}
	var list []people.Person
	q.N, q.After = 1000, ""
	for {
		page, err := k.Book.Residents(ctx, who, q)
		if err != nil {
			return err
		}
		list = append(list, page.People...)
		if len(list) > exportMax {
			return fault.New(fault.TooLarge, "tally.export", "Danh sách có hơn 20.000 người. Hãy chọn một xã hoặc một nhóm rồi xuất.")
		}
		if page.Next == "" {
			break
		}
		q.After = page.Next
	}
	note := strconv.Itoa(len(list)) + " người; " + q.Series
	if q.Not != "" {
		note += " trừ " + q.Not
	}
	if err := k.Book.DB.Write(ctx, who.Act("people.export", unit, "people", note), func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	tree := who.Tree()
	_ = c.Write([]string{"STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh (đã che)", "Điện thoại (đã che)", "Địa bàn", "Nơi ở"})
	for i := range list {
		p := &list[i]
		_ = c.Write([]string{strconv.Itoa(i + 1), safe(p.Name), people.BirthTitle(p.Birth), people.GenderTitle(p.Gender), p.Number.Mask(), p.Phone.Mask(), tree.FullName(p.Unit), safe(p.Address)})
	}
	_ = c.Write([]string{"", "Người xuất: " + who.Name + ", " + k.Book.DB.Clock().UTC().Format("2006-01-02 15:04") + " UTC"})
	c.Flush()
	return c.Error()
}

// safe keeps a text from being taken for a formula by the spreadsheet that opens it.
func safe(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t') {
		return "'" + s
	}
	return s
}
