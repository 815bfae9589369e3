package workbook

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestLaw_N3_NumbersAreNumbersAndRatesAreFormulas(t *testing.T) {
	b := Book{Title: "Kết quả", Notes: []string{"Mã tra cứu"}, Sheets: []Sheet{{Name: "Tổng hợp", Head: []string{"Kết quả", "đến 08/5/2024"}, Total: true,
		Columns: []Column{{Title: "Mã", Width: 10}, {Title: "Đơn vị", Width: 20}, {Title: "Chỉ tiêu", Group: "CCCD", Kind: Int}, {Title: "Xác nhận", Group: "CCCD", Kind: Int}, {Title: "Tỷ lệ", Group: "CCCD", Kind: Percent, Of: [2]int{3, 2}}},
		Rows:    [][]any{{"25330", "=1+1", int64(200), int64(150), nil}, {"25354", "-Xã", int64(0), int64(0), nil}}}, {Name: "2 Xã d'Ấp", Columns: []Column{{Title: "Một"}}, Rows: [][]any{{"a"}}}}}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "Kết quả", "C4": "CCCD", "E5": "Tỷ lệ", "B6": "=1+1", "B7": "-Xã", "C6": "200"} {
		if got, _ := f.GetCellValue("Tổng hợp", cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"E6": `IF(C6=0,"–",D6/C6)`, "C8": "SUM(C6:C7)", "E8": `IF(C8=0,"–",D8/C8)`, "B6": ""} {
		if got, _ := f.GetCellFormula("Tổng hợp", cell); got != want {
			t.Errorf("%s has the formula %q, want %q", cell, got, want)
		}
	}
	if kind, _ := f.GetCellType("Tổng hợp", "C6"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Error("a number is not a number:", kind)
	}
	for cell, want := range map[string]string{"E6": "0.75", "E7": "–", "E8": "0.75"} {
		if got, err := f.CalcCellValue("Tổng hợp", cell, excelize.Options{RawCellValue: true}); got != want {
			t.Errorf("%s tells %q, want %q (%v)", cell, got, want, err)
		}
	}
	panes, err := f.GetPanes("Tổng hợp")
	if err != nil || !panes.Freeze || panes.YSplit != 5 {
		t.Errorf("%+v %v", panes, err)
	}
}

func small(name string) *Book {
	b := &Book{Title: "Kết quả", Sheets: []Sheet{{Name: name, Head: []string{"Kết quả"}, Total: true, Columns: []Column{{Title: "STT", Width: 6, Kind: Int}, {Title: "Đơn vị", Width: 40}, {Title: "Chỉ tiêu", Width: 60, Kind: Int}}}}}
	for i := range 50 {
		b.Sheets[0].Rows = append(b.Sheets[0].Rows, []any{int64(i + 1), "@đơn vị", int64(i)})
	}
	return b
}

func bytesOf(t *testing.T, b *Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestLaw_D1_TheSameBookHasTheSameBytes(t *testing.T) {
	if !bytes.Equal(bytesOf(t, small("A")), bytesOf(t, small("A"))) {
		t.Error("written twice, it differs")
	}
}

func TestTheSheetIsSetUpForPaper(t *testing.T) {
	const name = "Xã d'Ấp"
	f, err := excelize.OpenReader(bytes.NewReader(bytesOf(t, small(name))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := f.GetPageLayout(name)
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("%+v %v", page, err)
	}
	titles := ""
	for _, d := range f.GetDefinedName() {
		if d.Name == "_xlnm.Print_Titles" {
			titles = d.RefersTo
		}
	}
	if titles != "'Xã d''Ấp'!$3:$3" {
		t.Errorf("headings that repeat: %q", titles)
	}
	if foot, err := f.GetHeaderFooter(name); err != nil || foot.OddFooter != "&C&P/&N" {
		t.Errorf("%+v %v", foot, err)
	}
}

func TestNamesOfSheetsAreMadeFit(t *testing.T) {
	for _, c := range []struct{ give, want string }{{"Xã [A]/B: *?", "Xã -A--B- --"}, {"'trích'", "trích"}, {"", "Bảng"}, {"một tên rất dài của một tổ công tác ở xã An Khương", "một tên rất dài của một tổ công"}} {
		if got := SheetName(c.give); got != c.want {
			t.Errorf("%q became %q, want %q", c.give, got, c.want)
		}
	}
	bytesOf(t, small("Báo cáo 08/5/2024 của rất nhiều đơn vị trong huyện"))
}
