// Package rhythm is the campaign's day (KH:III.2.e, KH:V.6): in the morning what every team and member must do, at five o'clock what
// was done, who is behind and who has not sent.
package rhythm

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
)

func idText(n int64) string { return id.String(n) }

// Day is one unit's day. Sum is the unit itself, Rows its parts; Teams stand from a commune down. Ahead: the day is still to come.
type Day struct {
	Day     clock.Day
	Unit    int64
	Title   string
	AsOf    string
	Ahead   bool
	Targets []Column
	Sum     Row
	Rows    []Row
	Teams   []Team
}

// Column is a target of the day; Short is its coverage's own short name where it is that coverage's main target.
type Column struct{ ID, Title, Short string }

// Cell is a target's quota of the day and what came to count on it on any evidence, in citizens: the board's own figures (law N1).
type Cell struct{ Quota, Done int64 }

// Left is what is still to do of the day's quota.
func (c Cell) Left() int64 { return max(0, c.Quota-c.Done) }

// Row is a part of the unit. Silent counts its teams that have sent no visit of the day.
type Row struct {
	Unit        int64
	Code, Title string
	Cells       []Cell
	Visits      int64
	Teams       int
	Silent      int
}

// Behind tells whether a quota of the day is not reached.
func (r *Row) Behind() bool {
	for _, c := range r.Cells {
		if c.Left() > 0 {
			return true
		}
	}
	return false
}

// Team is a team's day with where it belongs.
type Team struct {
	ID          int64
	Name, Place string
	TeamDay
}

// Sent counts the members who have sent a visit of the day.
func (t *Team) Sent() (n int) {
	for _, m := range t.Members {
		if m.Visits > 0 {
			n++
		}
	}
	return n
}

// mostNames and mostLetters bound a text to copy, so that it stays one message.
const (
	mostNames   = 8
	mostLetters = 1000
)

// Text is a short message to copy into a group: figures of units and teams, no name or number of a person (law R3). morning gives what is
// to be done, else what was done, who is behind and which have not sent.
func (d *Day) Text(morning bool) string {
	var b strings.Builder
	if morning {
		fmt.Fprintf(&b, "%s – giao việc ngày %s", d.Title, d.Day.Vi())
		for i, t := range d.Targets {
			if q := d.Sum.Cells[i].Quota; q > 0 {
				fmt.Fprintf(&b, "\n• %s: %s người", t.Title, vn.Int(q))
			}
		}
		for _, r := range d.top(func(r *Row) int64 { return r.most() }) {
			line := fmt.Sprintf("\n- %s: %s", r.Title, r.parts(d.Targets, func(c Cell) string { return vn.Int(c.Quota) }))
			if utf8.RuneCountInString(b.String()+line) > mostLetters {
				break
			}
			b.WriteString(line)
		}
		return b.String()
	}
	at := clock.ParseStamp(d.AsOf).In(clock.Zone)
	fmt.Fprintf(&b, "%s – kết quả ngày %s (đến %s): %s lượt đến nhà", d.Title, d.Day.Vi(), at.Format("15:04"), vn.Int(d.Sum.Visits))
	for i, t := range d.Targets {
		c := d.Sum.Cells[i]
		if c.Quota == 0 && c.Done == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n• %s: %s/%s", t.Title, vn.Int(c.Done), vn.Int(c.Quota))
		if c.Left() > 0 {
			fmt.Fprintf(&b, ", còn %s", vn.Int(c.Left()))
		} else {
			b.WriteString(", đủ")
		}
	}
	var late []string
	for _, r := range d.top(func(r *Row) int64 { return r.left() }) {
		late = append(late, r.Title+" "+vn.Int(r.left()))
	}
	if len(late) > 0 {
		b.WriteString("\nCòn nhiều nhất (cộng các chỉ tiêu): " + strings.Join(late, ", "))
	}
	if d.Sum.Silent > 0 {
		fmt.Fprintf(&b, "\nChưa gửi phiếu nào: %d/%d tổ", d.Sum.Silent, d.Sum.Teams)
		var names []string
		for i := range d.Rows {
			if r := &d.Rows[i]; r.Silent > 0 && r.Silent == r.Teams && len(names) < mostNames {
				names = append(names, r.Title)
			}
		}
		if len(names) > 0 {
			b.WriteString(" (" + strings.Join(names, ", ") + ")")
		}
	}
	b.WriteString("\nSố làm được tính cả tổ báo; chỉ số đã xác nhận tính vào chỉ tiêu.")
	return b.String()
}

func (r *Row) most() (n int64) {
	for _, c := range r.Cells {
		n = max(n, c.Quota)
	}
	return n
}

func (r *Row) left() (n int64) {
	for _, c := range r.Cells {
		n += c.Left()
	}
	return n
}

// parts spells a row's cells that say something: "VNeID 12, SIM 4".
func (r *Row) parts(targets []Column, say func(Cell) string) string {
	var out []string
	for i, c := range r.Cells {
		if s := say(c); s != "" && s != "0" {
			out = append(out, targets[i].Short+" "+s)
		}
	}
	return strings.Join(out, ", ")
}

// top gives the parts with most of something, at most mostNames, those with nothing left out.
func (d *Day) top(of func(*Row) int64) []*Row {
	var out []*Row
	for i := range d.Rows {
		r := &d.Rows[i]
		n := of(r)
		if n == 0 {
			continue
		}
		at := len(out)
		for at > 0 && of(out[at-1]) < n {
			at--
		}
		out = append(out[:at], append([]*Row{r}, out[at:]...)...)
	}
	return out[:min(mostNames, len(out))]
}

// Workbook writes the day as .xlsx: its parts, then its teams and their members.
func (d *Day) Workbook(w io.Writer) error {
	head := []string{"Nhịp ngày " + d.Day.Vi(), d.Title}
	parts := workbook.Sheet{Name: "Đơn vị", Head: head, Total: true, Columns: []workbook.Column{{Title: "Đơn vị", Width: 30}}}
	for i, t := range d.Targets {
		at := 1 + 3*i
		parts.Columns = append(parts.Columns, workbook.Column{Title: "Giao", Group: t.Title, Kind: workbook.Int}, workbook.Column{Title: "Làm được", Group: t.Title, Kind: workbook.Int},
			workbook.Column{Title: "Tỷ lệ", Group: t.Title, Kind: workbook.Percent, Of: [2]int{at + 1, at}})
	}
	parts.Columns = append(parts.Columns, workbook.Column{Title: "Lượt đến nhà", Kind: workbook.Int}, workbook.Column{Title: "Số tổ", Kind: workbook.Int}, workbook.Column{Title: "Tổ chưa gửi", Kind: workbook.Int})
	for i := range d.Rows {
		r := &d.Rows[i]
		row := []any{r.Title}
		for _, c := range r.Cells {
			row = append(row, c.Quota, c.Done, nil)
		}
		parts.Rows = append(parts.Rows, append(row, r.Visits, int64(r.Teams), int64(r.Silent)))
	}
	book := workbook.Book{Title: head[0], Notes: []string{"Làm được: số người hôm ấy đạt mục tiêu theo mọi mức chứng cứ còn hiệu lực; chỉ số đã xác nhận mới tính vào chỉ tiêu."}, Sheets: []workbook.Sheet{parts}}
	if len(d.Teams) > 0 {
		teams := workbook.Sheet{Name: "Tổ, thành viên", Head: head, Columns: []workbook.Column{{Title: "Tổ", Width: 34}, {Title: "Thành viên", Width: 26}, {Title: "Giao (người)", Kind: workbook.Int}, {Title: "Lượt đến nhà", Kind: workbook.Int}}}
		for i := range d.Teams {
			t := &d.Teams[i]
			for _, m := range t.Members {
				teams.Rows = append(teams.Rows, []any{t.Name + ", " + t.Place, m.Name, m.Quota, m.Visits})
			}
		}
		book.Sheets = append(book.Sheets, teams)
	}
	return book.Write(w)
}
