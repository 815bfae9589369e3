package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"bonphu/internal/fault"
)

const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// workbookOf makes a one-sheet .xlsx of raw parts.
func workbookOf(t testing.TB, sheet, shared string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	put("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`)
	put("_rels/.rels", `<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	put("xl/workbook.xml", `<workbook `+ns+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
	put("xl/worksheets/sheet1.xml", sheet)
	if shared != "" {
		put("xl/sharedStrings.xml", shared)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// readAll opens and reads everything, giving the number of rows.
func readAll(b []byte, opt Options) (rows int, err error) {
	book, err := Open(bytes.NewReader(b), int64(len(b)), opt)
	if err != nil {
		return 0, err
	}
	defer book.Close()
	for i := range book.Sheets() {
		if err := book.Rows(i, func(*Row) error { rows++; return nil }); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

// watch tells by how many MB the heap grew at most while do ran.
func watch(do func()) int64 {
	runtime.GC()
	stop, top := make(chan bool), make(chan uint64)
	var base runtime.MemStats
	runtime.ReadMemStats(&base)
	go func() {
		var peak uint64
		for {
			select {
			case <-stop:
				top <- peak
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	}()
	do()
	stop <- true
	return max(0, (int64(<-top)-int64(base.HeapInuse))>>20)
}

// TestLaw_F4_HostileFilesStayBounded: whatever comes, an answer is there within seconds and memory stays small.
func TestLaw_F4_HostileFilesStayBounded(t *testing.T) {
	big := strings.Repeat
	var manyParts bytes.Buffer
	z := zip.NewWriter(&manyParts)
	for i := range 300_000 {
		_, _ = z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("a/%d", i)})
	}
	_ = z.Close()
	cases := map[string][]byte{
		"comments without end in a sheet": workbookOf(t, `<worksheet><sheetData>`+big(`<!---->`, 6_000_000)+`</sheetData></worksheet>`, ""),
		"'>' in an attribute":             workbookOf(t, `<worksheet><sheetData><row a="`+big(`>`, 3_000_000)+`"/></sheetData></worksheet>`, ""),
		"one cell of many pieces":         workbookOf(t, `<worksheet><sheetData><row><c t="inlineStr"><is>`+big(`<t>`+big("x", 4000)+`</t>`, 12_000)+`</is></c></row></sheetData></worksheet>`, ""),
		"one cell again and again":        workbookOf(t, `<worksheet><sheetData><row>`+big(`<c r="A1"><v>1</v></c>`, 2_000_000)+`</row></sheetData></worksheet>`, ""),
		"one shared string of pieces":     workbookOf(t, `<worksheet><sheetData/></worksheet>`, `<sst><si>`+big(`<t>`+big("x", 4000)+`</t>`, 12_000)+`</si></sst>`),
		"many shared strings":             workbookOf(t, `<worksheet><sheetData/></worksheet>`, `<sst>`+big(`<si><t/></si>`, 3_600_000)+`</sst>`),
		"a zip of 300,000 parts":          manyParts.Bytes(),
		"HTML cells reaching down":        []byte("<html><table>" + big("<tr>"+big(`<td colspan=100 rowspan=1000>x</td>`, 10)+"</tr>"+big("<tr>", 999), 50) + "</table></html>"),
		"HTML of cells only":              []byte("<html><table><tr>" + big(`<td>`, 8_000_000) + "</table></html>"),
		"HTML rows of one cell":           []byte("<html><table>" + big(`<tr><td>`, 1_900_000) + "</table></html>"),
		"a line without end":              []byte("a;b;c\n" + big("x", 50<<20)),
		"quotes without end":              []byte("a;b;c\n" + big("\"x;y\n", 400_000)),
	}
	for name, b := range cases {
		t.Run(name, func(t *testing.T) {
			var rows int
			var err error
			start := time.Now()
			peak := watch(func() { rows, err = readAll(b, Options{}) })
			took := time.Since(start)
			t.Logf("%d rows, %v, %v, %d MB", rows, err, took.Round(time.Millisecond), peak)
			if took > 20*time.Second || peak > 400 {
				t.Errorf("%v and %d MB", took, peak)
			}
			if _, ok := fault.As(err); err != nil && !ok {
				t.Errorf("not a sentence for a person: %v", err)
			}
		})
	}
}

// TestLaw_F4_CutOffIsNeverReadAsWhole: a file that lost its end is refused, not read as a shorter list.
func TestLaw_F4_CutOffIsNeverReadAsWhole(t *testing.T) {
	rows := strings.Repeat(`<row><c><v>1</v></c></row>`, 100)
	for name, sheet := range map[string]string{
		"between rows":  `<worksheet><sheetData>` + rows,
		"inside a row":  `<worksheet><sheetData>` + rows + `<row><c><v>1</v></c>`,
		"inside a tag":  `<worksheet><sheetData>` + rows + `<row><c r="A`,
		"inside a text": `<worksheet><sheetData>` + rows + `<row><c><v>12`,
	} {
		if n, err := readAll(workbookOf(t, sheet, ""), Options{}); err == nil {
			t.Errorf("%s: %d rows were taken for the whole", name, n)
		}
	}
}
