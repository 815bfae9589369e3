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
	sheet.WriteString(`<worksheet ` + ns + `><sheetData>`)
	shared.WriteString(`<sst ` + ns + `>`)
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

// written makes an .xlsx of 100,000 × 10 by excelize, which the two below read.
func written(b *testing.B) []byte {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := range 100_000 {
		row := make([]any, 10)
		for c := range row {
			row[c] = fmt.Sprintf("Nguyễn Thị Hoa %d", i*c)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkPeerOurs reads excelize's own file, as BenchmarkPeerExcelize does.
func BenchmarkPeerOurs(b *testing.B) {
	file := written(b)
	for b.Loop() {
		if n, err := readAll(file, Options{}); err != nil || n != 100_000 {
			b.Fatal(n, err)
		}
	}
}

// BenchmarkPeerExcelize is the peer, for the record.
func BenchmarkPeerExcelize(b *testing.B) {
	file := written(b)
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
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
