package sheet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bonphu/internal/vn"
)

// grid reads a whole workbook into "sheet!row,col" → cell.
func grid(t testing.TB, b []byte) (Book, map[[3]int]Cell) {
	t.Helper()
	book, err := Open(bytes.NewReader(b), int64(len(b)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[[3]int]Cell{}
	for i := range book.Sheets() {
		if err := book.Rows(i, func(r *Row) error {
			for c, cell := range r.Cells {
				if cell.Kind != Empty {
					out[[3]int{i, r.Number, c}] = cell
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return book, out
}

// TestXlsxAgreesWithExcelize: what is generated at random is read as excelize reads it, raw values cell by cell.
func TestXlsxAgreesWithExcelize(t *testing.T) {
	words := []string{"Nguyễn Thị Hoa", "Điểu K'Rol", " đầu và cuối ", "a<b>&\"c\"", "dòng 1\ndòng 2", "_x0041_", "070058698081", "½ © “”", "日本", "😀", "&amp;"}
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		f := excelize.NewFile()
		if _, err := f.NewSheet("Ấp 2"); err != nil {
			t.Fatal(err)
		}
		for _, s := range f.GetSheetList() {
			for range rnd.IntN(120) {
				cell, _ := excelize.CoordinatesToCellName(1+rnd.IntN(40), 1+rnd.IntN(300))
				var err error
				switch rnd.IntN(6) {
				case 0:
					err = f.SetCellInt(s, cell, rnd.Int64N(1e15))
				case 1:
					err = f.SetCellFloat(s, cell, rnd.Float64()*1000, 4, 64)
				case 2:
					err = f.SetCellBool(s, cell, rnd.IntN(2) == 0)
				case 3:
					err = f.SetCellRichText(s, cell, []excelize.RichTextRun{{Text: "Họ "}, {Text: "và tên", Font: &excelize.Font{Bold: true}}})
				default:
					err = f.SetCellStr(s, cell, words[rnd.IntN(len(words))])
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			t.Fatal(err)
		}
		g, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		book, cells := grid(t, buf.Bytes())
		for i, s := range book.Sheets() {
			rows, err := g.GetRows(s.Name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for r, row := range rows {
				for c, want := range row {
					got := cells[[3]int{i, r + 1, c}].Text
					// Excelize pads decimals as they were given; here a number is compared by its value.
					n, err := strconv.ParseFloat(want, 64)
					if c := cells[[3]int{i, r + 1, c}]; err == nil && c.Kind == Number && c.Num == n {
						got = want
					}
					if got != want {
						t.Fatalf("seed %d, %s row %d column %d: %q, excelize says %q", seed, s.Name, r+1, c, got, want)
					}
					delete(cells, [3]int{i, r + 1, c})
				}
			}
		}
		if len(cells) > 0 {
			t.Fatalf("seed %d: more than excelize sees: %v", seed, cells)
		}
	}
}

// TestXlsxOddities: what other programs write and Excel shows.
func TestXlsxOddities(t *testing.T) {
	b := workbookOf(t, `<?xml version="1.0"?><!-- c --><x:worksheet xmlns:x="m"><x:sheetData>`+
		`<x:row><x:c t="inlineStr"><x:is><x:r><x:t>Họ </x:t></x:r><x:r><x:t xml:space="preserve">và tên</x:t></x:r><x:rPh><x:t>kana</x:t></x:rPh></x:is></x:c><x:c><x:v>1.5E3</x:v></x:c></x:row>`+
		`<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c><x:c r="B1048576" t="s"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row>`+
		`<x:row r="1048577"><x:c r="A1" t="str"><x:f>A&gt;1</x:f><x:v>a_x000D_b</x:v></x:c><x:c r="B1" t="s"><x:v>99</x:v></x:c><x:c t='b'><x:v>1</x:v></x:c><x:c t="d"><x:v>2024-04-08T00:00:00</x:v></x:c></x:row>`+
		`</x:sheetData><x:mergeCells><x:mergeCell ref="A1:C2"/></x:mergeCells></x:worksheet>`,
		`<sst><si><t>không</t></si><si><r><t>có </t></r><r><t><![CDATA[<mặt>]]></t></r><rPh sb="0"><t>x</t></rPh></si></sst>`)
	book, cells := grid(t, b)
	want := map[[3]int]Cell{
		{0, 1, 0}: {Text: "Họ và tên", Kind: Text}, {0, 1, 1}: {Text: "1500", Kind: Number, Num: 1500},
		{0, 1048576, 1}: {Text: "có <mặt>", Kind: Text}, {0, 1048576, 2}: {Text: "#N/A", Kind: Error},
		{0, 1048577, 0}: {Text: "a\rb", Kind: Text}, {0, 1048577, 2}: {Text: "1", Kind: Bool, Num: 1}, {0, 1048577, 3}: {Text: "2024-04-08", Kind: Date},
	}
	if fmt.Sprint(cells) != fmt.Sprint(want) {
		t.Errorf("%v\nwant %v", cells, want)
	}
	if m := book.Sheets()[0].Merges; len(m) != 1 || m[0] != (Merge{1, 0, 2, 2}) {
		t.Error(m)
	}
}

// TestXlsxDates: serial days in both systems, by built-in and own formats, hidden sheets named.
func TestXlsxDates(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		f := excelize.NewFile()
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}); err != nil {
			t.Fatal(err)
		}
		own := "dd/mm/yyyy"
		a, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		b, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &own})
		day := time.Date(1958, 2, 13, 0, 0, 0, 0, time.UTC)
		_ = f.SetCellValue("Sheet1", "A1", day)
		_ = f.SetCellStyle("Sheet1", "A1", "A1", a)
		_ = f.SetCellValue("Sheet1", "B1", day)
		_ = f.SetCellStyle("Sheet1", "B1", "B1", b)
		_, _ = f.NewSheet("Ẩn")
		_ = f.SetSheetVisible("Ẩn", false)
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			t.Fatal(err)
		}
		book, cells := grid(t, buf.Bytes())
		for c := range 2 {
			if got := cells[[3]int{0, 1, c}]; got.Kind != Date || got.Text != "1958-02-13" {
				t.Errorf("1904 %v column %d: %+v", from1904, c, got)
			}
		}
		if s := book.Sheets(); len(s) != 2 || s[1].Name != "Ẩn" || !s[1].Hidden || s[0].Hidden {
			t.Errorf("%+v", s)
		}
	}
}

// TestSamplesAgree: the same list as .xls and .xlsx comes out the same, and excelize sees the same in .xlsx.
func TestSamplesAgree(t *testing.T) {
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	_, xls := grid(t, read("s3-tcvn3.xls"))
	_, xlsx := grid(t, read("s3-tcvn3.xlsx"))
	if len(xls) != len(xlsx) || len(xls) < 500 {
		t.Errorf("%d cells in .xls, %d in .xlsx", len(xls), len(xlsx))
	}
	for k, c := range xlsx {
		if got := xls[k]; got.Text != c.Text || got.Kind != c.Kind {
			t.Fatalf("%v: %+v in .xls, %+v in .xlsx", k, got, c)
		}
	}
	if got, enc := vn.Repair("C¤NG AN X· THANH B×NH"); got != "CÔNG AN XÃ THANH BÌNH" || enc != vn.TCVN3 {
		t.Error(got, enc)
	}
	for _, name := range []string{"s1-chua-cap-cccd.xlsx", "s3-tcvn3.xlsx", "s5-bang-chi-tieu.xlsx"} {
		g, err := excelize.OpenReader(bytes.NewReader(read(name)))
		if err != nil {
			t.Fatal(err)
		}
		book, cells := grid(t, read(name))
		for i, s := range book.Sheets() {
			rows, _ := g.GetRows(s.Name, excelize.Options{RawCellValue: true})
			for r, row := range rows {
				for c, want := range row {
					if got := cells[[3]int{i, r + 1, c}]; got.Text != want && got.Kind != Date {
						t.Fatalf("%s %s row %d column %d: %q, excelize says %q", name, s.Name, r+1, c, got.Text, want)
					}
				}
			}
		}
	}
}

// TestXlsCutOffAnywhere: an .xls that lost its end is refused wherever it was cut, and nothing panics.
func TestXlsCutOffAnywhere(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "s3-tcvn3.xls"))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := readAll(b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n := 512; n < len(b)-512; n += 509 {
		if rows, err := readAll(b[:n], Options{}); err == nil && rows != whole {
			t.Fatalf("cut at %d of %d: %d rows of %d were taken for the whole", n, len(b), rows, whole)
		}
	}
}

// TestTextFiles: separators, quotes, marks and encodings of .csv and .txt.
func TestTextFiles(t *testing.T) {
	table := "STT;Họ và tên;Ghi chú\n1;Nguyễn Văn A;\"a;b\"\"c\"\n2;Điểu B;=\"0123\"\n"
	utf16 := func(big bool, mark string) string {
		var b strings.Builder
		b.WriteString(mark)
		for _, r := range table {
			if big {
				b.Write([]byte{byte(r >> 8), byte(r)})
			} else {
				b.Write([]byte{byte(r), byte(r >> 8)})
			}
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"utf-8": table, "with mark": "\xef\xbb\xbf" + table, "CRLF": strings.ReplaceAll(table, "\n", "\r\n"), "sep": "sep=;\n" + table,
		"utf-16le": utf16(false, "\xff\xfe"), "utf-16be": utf16(true, "\xfe\xff"), "utf-16le without mark": utf16(false, ""),
		"no last line end": strings.TrimSuffix(table, "\n"), "spaces": strings.ReplaceAll(table, ";\"", "; \""),
	} {
		_, cells := grid(t, []byte(text))
		first := 1
		if name == "sep" {
			first = 2
		}
		got := cells[[3]int{0, first, 1}].Text + "|" + cells[[3]int{0, first + 1, 2}].Text + "|" + cells[[3]int{0, first + 2, 2}].Text
		if got != "Họ và tên|a;b\"c|0123" || len(cells) != 9 {
			t.Errorf("%s: %q, %d cells", name, got, len(cells))
		}
	}
	// Old bytes deep in a file that begins as UTF-8: each cell is text all the same.
	_, cells := grid(t, []byte(strings.Repeat("1,Nguyễn Văn A\n", 6000)+"2,Hä vµ t\xaan\n2,H\xe4 v\xb5 t\xaan\n"))
	if got, _ := vn.Repair(cells[[3]int{0, 6002, 1}].Text); got != "Họ và tên" {
		t.Errorf("%q", got)
	}
}

// TestHTMLTables: spans, entities, and SpreadsheetML.
func TestHTMLTables(t *testing.T) {
	_, cells := grid(t, []byte(`<html><head><style>td{}</style></head><body><table><tr><th rowspan=2>STT</th><th colspan="2">Ngày sinh</th></tr><tr><td>Nam</td><td>Nữ</td></tr>
<tr><td>1<td>01/02/1990<br>x<td>&nbsp;&amp;</tr></table></body></html>`))
	for k, want := range map[[3]int]string{{0, 1, 0}: "STT", {0, 1, 1}: "Ngày sinh", {0, 2, 1}: "Nam", {0, 2, 2}: "Nữ", {0, 3, 0}: "1", {0, 3, 1}: "01/02/1990 x", {0, 3, 2}: "&"} {
		if got := cells[k].Text; got != want {
			t.Errorf("%v: %q, want %q", k, got, want)
		}
	}
	_, cells = grid(t, []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"/><Style ss:ID="s2"><Font/></Style></Styles><Worksheet ss:Name="Ấp 1"><Table><Row><Cell><Data ss:Type="String">Họ tên</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">5</Data></Cell></Row></Table></Worksheet><Worksheet ss:Name="Ấp 2"><Table>
<Row ss:Index="4"><Cell ss:MergeDown="1" ss:StyleID="s1"><Data ss:Type="DateTime">1990-07-01T00:00:00.000</Data><Comment><Data>ghi chú</Data></Comment></Cell></Row></Table></Worksheet></Workbook>`))
	if c := cells[[3]int{1, 4, 0}]; c.Text != "1990-07-01" || c.Kind != Date {
		t.Errorf("SpreadsheetML, the second sheet: %v", cells)
	}
	if cells[[3]int{0, 1, 0}].Text != "Họ tên" || cells[[3]int{0, 1, 2}].Text != "5" {
		t.Errorf("SpreadsheetML: %v", cells)
	}
}
