package sheet

import (
	"os"
	"path/filepath"
	"testing"

	"bonphu/internal/fault"
)

// FuzzOpen: no file panics or hangs, and what is refused is refused in a sentence.
func FuzzOpen(f *testing.F) {
	names, err := filepath.Glob("testdata/s*")
	if err != nil || len(names) == 0 {
		f.Fatal(err, "no samples")
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("sep=;\na;b\n1;\"x\ny\"\n"))
	f.Add([]byte("<html><table><tr><td colspan=3 rowspan=2>x<td>y</table>"))
	f.Add([]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell ss:Index="3"><Data>5</Data>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := readAll(b, Options{MaxInflate: 8 << 20})
		if _, ok := fault.As(err); err != nil && !ok {
			t.Errorf("not a sentence for a person: %v", err)
		}
	})
}

// FuzzSheetXML: the scanner of a sheet's XML neither panics nor hangs.
func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a&amp;b_x000D_</t></is></c><c><v>1e3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`),
		[]byte(`<sst><si><t>x</t></si><si><r><t><![CDATA[y]]></t></r></si></sst>`))
	f.Fuzz(func(t *testing.T, sheet, shared []byte) {
		_, err := readAll(workbookOf(t, string(sheet), string(shared)), Options{MaxInflate: 8 << 20})
		if _, ok := fault.As(err); err != nil && !ok {
			t.Errorf("not a sentence for a person: %v", err)
		}
	})
}
