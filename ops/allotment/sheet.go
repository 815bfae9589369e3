package allotment

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"bonphu/internal/vn"
)

// Text is a day's quotas as a short message for a Zalo group: sums, then a line a team; nothing personal in it (law R3).
func (d *DayBook) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CHỈ TIÊU NGÀY %s – %s\n", d.Day.Vi(), strings.ToUpper(d.Title))
	var sums []string
	for _, t := range d.Targets {
		if t.Sum > 0 {
			sums = append(sums, t.name()+" "+vn.Int(t.Sum))
		}
	}
	if len(sums) == 0 {
		b.WriteString("Hôm nay không giao chỉ tiêu.\n")
		return b.String()
	}
	b.WriteString("Cả địa bàn: " + strings.Join(sums, "; ") + ".\n")
	for _, r := range d.Rows {
		var parts []string
		for i, n := range r.N {
			if n > 0 {
				parts = append(parts, d.Targets[i].name()+" "+vn.Int(n))
			}
		}
		if len(parts) == 0 {
			parts = []string{"nghỉ"}
		}
		fmt.Fprintf(&b, "- %s: %s.\n", r.Name, strings.Join(parts, "; "))
	}
	return b.String()
}

func (t DayTarget) name() string {
	if t.Short != "" {
		return t.Short
	}
	return t.Title
}

// Workbook writes a day's quotas as an .xlsx ready to print and to send: one page wide, headings on every page.
func (d *DayBook) Workbook(w io.Writer) error {
	x := excelize.NewFile()
	defer x.Close()
	s := sheetWriter{x: x, name: "Chỉ tiêu ngày"}
	s.try(x.SetSheetName("Sheet1", s.name))
	plain := s.style(&excelize.Style{Font: font(13, false), Border: thin, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	number := s.style(&excelize.Style{Font: font(13, false), Border: thin, NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "right"}})
	bold := s.style(&excelize.Style{Font: font(13, true), Border: thin, NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "right"}})
	head := s.style(&excelize.Style{Font: font(13, true), Border: thin, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}}})
	title := s.style(&excelize.Style{Font: font(14, true), Alignment: &excelize.Alignment{Horizontal: "center"}})
	last := 3 + len(d.Targets)
	s.text(1, 1, "CHỈ TIÊU CÁC TỔ CÔNG TÁC NGÀY "+d.Day.Vi(), title)
	s.text(1, 2, strings.ToUpper(d.Title), title)
	s.try(x.MergeCell(s.name, "A1", s.at(last, 1)))
	s.try(x.MergeCell(s.name, "A2", s.at(last, 2)))
	const top = 4
	for i, h := range []string{"STT", "Tổ công tác", "Địa bàn"} {
		s.text(i+1, top, h, head)
	}
	for i, t := range d.Targets {
		s.text(4+i, top, t.name(), head)
	}
	row := top
	for i, r := range d.Rows {
		row++
		s.number(1, row, int64(i+1), number)
		s.text(2, row, r.Name, plain)
		s.text(3, row, r.Where, plain)
		for k, n := range r.N {
			s.number(4+k, row, n, number)
		}
	}
	row++
	s.text(1, row, "", bold)
	s.text(2, row, "Cộng", head)
	s.text(3, row, "", bold)
	for k, t := range d.Targets {
		s.number(4+k, row, t.Sum, bold)
	}
	s.page(last, top, row)
	if s.err != nil {
		return s.err
	}
	return x.Write(w)
}

var thin = []excelize.Border{{Type: "left", Style: 1, Color: "808080"}, {Type: "right", Style: 1, Color: "808080"}, {Type: "top", Style: 1, Color: "808080"}, {Type: "bottom", Style: 1, Color: "808080"}}

func font(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold}
}

// sheetWriter keeps the first failure, so that a sheet can be written without asking after each cell.
type sheetWriter struct {
	x    *excelize.File
	name string
	err  error
}

func (s *sheetWriter) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheetWriter) style(st *excelize.Style) int {
	n, err := s.x.NewStyle(st)
	s.try(err)
	return n
}

func (s *sheetWriter) at(col, row int) string {
	c, err := excelize.CoordinatesToCellName(col, row)
	s.try(err)
	return c
}

func (s *sheetWriter) text(col, row int, text string, style int) {
	c := s.at(col, row)
	s.try(s.x.SetCellStr(s.name, c, text))
	s.try(s.x.SetCellStyle(s.name, c, c, style))
}

func (s *sheetWriter) number(col, row int, n int64, style int) {
	c := s.at(col, row)
	s.try(s.x.SetCellInt(s.name, c, n))
	s.try(s.x.SetCellStyle(s.name, c, c, style))
}

// page sets up the print: A4 across, one page wide, the heading row on every page, page numbers.
func (s *sheetWriter) page(last, top, row int) {
	end, err := excelize.ColumnNumberToName(last)
	s.try(err)
	for col, width := range map[string]float64{"A": 6, "B": 44, "C": 34} {
		s.try(s.x.SetColWidth(s.name, col, col, width))
	}
	s.try(s.x.SetColWidth(s.name, "D", end, 15))
	a4, across, wide, tall, yes := 9, "landscape", 1, 0, true
	s.try(s.x.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}))
	s.try(s.x.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	left, right, edge := 1.2, 0.6, 0.8
	s.try(s.x.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &left, Right: &right, Top: &edge, Bottom: &edge, Horizontally: &yes}))
	s.try(s.x.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: "&C&P/&N"}))
	s.try(s.x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, top, top), Scope: s.name}))
	s.try(s.x.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", s.name, end, row), Scope: s.name}))
	s.try(s.x.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: fmt.Sprintf("A%d", top+1), ActivePane: "bottomLeft"}))
}
