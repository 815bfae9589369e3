package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestAnnotateKeepsWhatStands: marked cells are red and commented, a date among them still shows as a date, the rest is as it was.
func TestAnnotateKeepsWhatStands(t *testing.T) {
	f := excelize.NewFile()
	date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	_ = f.SetCellValue("Sheet1", "A1", "Họ và tên")
	_ = f.SetCellValue("Sheet1", "B2", time.Date(1958, 2, 13, 0, 0, 0, 0, time.UTC))
	_ = f.SetCellStyle("Sheet1", "B2", "B2", date)
	_ = f.SetCellValue("Sheet1", "C2", "070058698081")
	var in, out bytes.Buffer
	if err := f.Write(&in); err != nil {
		t.Fatal(err)
	}
	marks := []Mark{{0, 2, 1, "Ngày sinh không khớp số định danh."}, {0, 2, 2, "Số định danh trùng."}, {0, 2, 2, "Sai giới tính."}, {0, 3, -1, "Thiếu họ tên."}}
	if err := Annotate(&out, bytes.NewReader(in.Bytes()), int64(in.Len()), Options{}, marks); err != nil {
		t.Fatal(err)
	}
	_, cells := grid(t, out.Bytes())
	if c := cells[[3]int{0, 2, 1}]; c.Kind != Date || c.Text != "1958-02-13" {
		t.Errorf("the date became %+v", c)
	}
	if cells[[3]int{0, 2, 2}].Text != "070058698081" || cells[[3]int{0, 1, 0}].Text != "Họ và tên" {
		t.Error(cells)
	}
	g, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	notes, err := g.GetComments("Sheet1")
	if err != nil || len(notes) != 3 || notes[0].Author != author {
		t.Errorf("%v %+v", err, notes)
	}
	if !strings.Contains(fmt.Sprint(notes), "trùng.\nSai giới tính.") {
		t.Errorf("%+v", notes)
	}
}

// TestAnnotateText: a .csv comes back as a workbook with the same rows, leading zeros and all.
func TestAnnotateText(t *testing.T) {
	in := "STT,Số CCCD\n1,070058698081\n2,012345\n"
	var out bytes.Buffer
	if err := Annotate(&out, strings.NewReader(in), int64(len(in)), Options{}, []Mark{{0, 3, 1, "Thiếu số."}}); err != nil {
		t.Fatal(err)
	}
	_, cells := grid(t, out.Bytes())
	if cells[[3]int{0, 2, 1}].Text != "070058698081" || cells[[3]int{0, 3, 1}].Text != "012345" {
		t.Error(cells)
	}
	g, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	name := g.GetSheetName(0)
	if notes, err := g.GetComments(name); err != nil || len(notes) != 1 || notes[0].Cell != "B3" {
		t.Errorf("%v %+v", err, notes)
	}
	id, _ := g.GetCellStyle(name, "B3")
	if s, err := g.GetStyle(id); err != nil || len(s.Fill.Color) != 1 {
		t.Errorf("%v %+v", err, s)
	}
}

// TestLaw_F4_AnnotateOfALargeListIsBounded: of a long list only the faulty rows come back, in little memory, under their old numbers.
func TestLaw_F4_AnnotateOfALargeListIsBounded(t *testing.T) {
	b := list(t, 100_000, 10)
	var marks []Mark
	for i := range 3000 {
		marks = append(marks, Mark{0, 2 + i*30, i % 10, "Sai."})
	}
	var out bytes.Buffer
	start := time.Now()
	peak := watch(func() {
		if err := Annotate(&out, bytes.NewReader(b), int64(len(b)), Options{}, marks); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%v, %d MB over the file's own, %d KB written", time.Since(start).Round(time.Millisecond), peak, out.Len()>>10)
	if peak > 300 {
		t.Errorf("%d MB", peak)
	}
	_, cells := grid(t, out.Bytes())
	if c := cells[[3]int{0, 3, 0}]; c.Text != "32" {
		t.Errorf("%+v does not tell its row in the file", c)
	}
}
