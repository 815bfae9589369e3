package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// list makes an .xlsx of rows × cols as Excel writes it: shared strings, references, styles.
func list(t testing.TB, rows, cols int) []byte {
	var sheet, shared strings.Builder
	sheet.WriteString(`<worksheet><sheetData>`)
	shared.WriteString(`<sst>`)
	for i := range rows {
		fmt.Fprintf(&shared, `<si><t>Nguyễn Thị Hoa %d</t></si>`, i)
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:%d">`, i+1, cols)
		for c := range cols {
			switch c % 4 {
			case 0:
				fmt.Fprintf(&sheet, `<c r="%c%d" s="1"><v>%d</v></c>`, 'A'+c, i+1, 30000+i)
			default:
				fmt.Fprintf(&sheet, `<c r="%c%d" s="2" t="s"><v>%d</v></c>`, 'A'+c, i+1, (i*7+c*131)%rows)
			}
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	shared.WriteString(`</sst>`)
	return workbookOf(t, sheet.String(), shared.String())
}

func benchmark(b *testing.B, rows, cols int) {
	file := list(b, rows, cols)
	b.ReportAllocs()
	for b.Loop() {
		if n, err := readAll(file, Options{}); err != nil || n != rows {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkXlsx100kx10(b *testing.B) { benchmark(b, 100_000, 10) }
func BenchmarkXlsx300kx12(b *testing.B) { benchmark(b, 300_000, 12) }

// BenchmarkExcelize100kx10 is the peer, for the record.
func BenchmarkExcelize100kx10(b *testing.B) {
	file := list(b, 100_000, 10)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Trang 1")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		f.Close()
	}
}
