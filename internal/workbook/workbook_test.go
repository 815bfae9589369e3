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
