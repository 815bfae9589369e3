package village

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
)

// workbook writes an .xlsx of one sheet row by row, keeping nothing but the words that repeat.
type workbook struct {
	zip    *zip.Writer
	out    *bufio.Writer
	row    int
	col    int
	merges []string
	shared map[string]int
	words  []string
	font   string
	recode func(string) string // into an old encoding; nil leaves text as it is
	err    error
}

// styles of cells: 0 plain, 1 bold centred, 2 bordered, 3 bordered heading
const styleSheet = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="1"><numFmt numFmtId="164" formatCode="@"/></numFmts>` +
	`<fonts count="2"><font><sz val="13"/><name val="FONT"/></font><font><b/><sz val="13"/><name val="FONT"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>` +
	`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyAlignment="1"><alignment horizontal="center"/></xf>` +
	`<xf borderId="1"/><xf fontId="1" borderId="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf></cellXfs></styleSheet>`

func newWorkbook(w io.Writer, sheetName, font string, recode func(string) string, widths ...float64) *workbook {
	if font == "" {
		font = "Times New Roman"
	}
	b := &workbook{zip: zip.NewWriter(w), shared: map[string]int{}, font: font, recode: recode}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 2) })
	b.part("[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`)
	b.part("_rels/.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	b.part("xl/_rels/workbook.xml.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
	b.part("xl/workbook.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="`+escape(sheetName)+`" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	b.part("xl/styles.xml", strings.ReplaceAll(styleSheet, "FONT", font))
	f, err := b.zip.Create("xl/worksheets/sheet1.xml")
	b.fail(err)
	b.out = bufio.NewWriterSize(f, 1<<16)
	b.raw(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	if len(widths) > 0 {
		b.raw("<cols>")
		for i, w := range widths {
			fmt.Fprintf(b.out, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, w)
		}
		b.raw("</cols>")
	}
	b.raw("<sheetData>")
	return b
}

func (b *workbook) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *workbook) part(name, text string) {
	f, err := b.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(f, text)
	}
	b.fail(err)
}

func (b *workbook) raw(s string) { _, _ = b.out.WriteString(s) } // a failure stays in the buffered writer until close

// begin opens the next row; skip leaves rows blank.
func (b *workbook) begin() {
	b.row++
	b.col = 0
	b.raw(`<row r="`)
	b.int(b.row)
	b.raw(`">`)
}

func (b *workbook) end()           { b.raw("</row>") }
func (b *workbook) skip(n int)     { b.row += n }
func (b *workbook) blank()         { b.col++ }
func (b *workbook) int(n int)      { b.raw(strconv.Itoa(n)) }
func (b *workbook) merge(s string) { b.merges = append(b.merges, s) }

func (b *workbook) open(style int) {
	b.raw(`<c r="`)
	_ = b.out.WriteByte(byte('A' + b.col))
	b.int(b.row)
	if style > 0 {
		b.raw(`" s="`)
		b.int(style)
	}
	b.col++
}

// num writes a number, text a text of its own, word a text that comes again and again.
func (b *workbook) num(n int, style int) {
	b.open(style)
	b.raw(`"><v>`)
	b.int(n)
	b.raw("</v></c>")
}

// sum writes a formula with its value.
func (b *workbook) sum(formula string, n int, style int) {
	b.open(style)
	b.raw(`"><f>` + escape(formula) + `</f><v>`)
	b.int(n)
	b.raw("</v></c>")
}

func (b *workbook) text(s string, style int) {
	if s == "" {
		b.col++
		return
	}
	if b.recode != nil {
		s = b.recode(s)
	}
	b.open(style)
	b.raw(`" t="inlineStr"><is><t>`)
	b.raw(escape(s))
	b.raw("</t></is></c>")
}

func (b *workbook) word(s string, style int) {
	if s == "" {
		b.col++
		return
	}
	if b.recode != nil {
		s = b.recode(s)
	}
	n, ok := b.shared[s]
	if !ok {
		n = len(b.words)
		b.shared[s], b.words = n, append(b.words, s)
	}
	b.open(style)
	b.raw(`" t="s"><v>`)
	b.int(n)
	b.raw("</v></c>")
}

// line writes a whole row of words.
func (b *workbook) line(style int, cells ...string) {
	b.begin()
	for _, c := range cells {
		b.word(c, style)
	}
	b.end()
}

// close ends the workbook and tells the first failure there was.
func (b *workbook) close() error {
	b.raw("</sheetData>")
	if len(b.merges) > 0 {
		fmt.Fprintf(b.out, `<mergeCells count="%d">`, len(b.merges))
		for _, m := range b.merges {
			b.raw(`<mergeCell ref="` + m + `"/>`)
		}
		b.raw("</mergeCells>")
	}
	b.raw("</worksheet>")
	b.fail(b.out.Flush())
	var s strings.Builder
	fmt.Fprintf(&s, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, len(b.words))
	for _, w := range b.words {
		s.WriteString("<si><t>" + escape(w) + "</t></si>")
	}
	s.WriteString("</sst>")
	b.part("xl/sharedStrings.xml", s.String())
	b.fail(b.zip.Close())
	return b.err
}

func escape(s string) string {
	if !strings.ContainsAny(s, "&<>\"") {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
