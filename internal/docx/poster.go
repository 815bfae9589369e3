package docx

import (
	"fmt"
	"io"
	"strings"
)

// Poster is a schedule that hangs on a wall: A4, or A3 when Large, read from some steps away.
type Poster struct {
	Large          bool
	Superior, Body string
	Title, Under   string      // under the title: the place it is for, "" for none
	Head           [3]string   // of the columns
	Rows           [][3]string // day, hours, place; the place's first line is bold
	Note           string
}

// WritePoster writes a poster as .docx. The same poster gives the same bytes.
func WritePoster(w io.Writer, x Poster) error {
	p := &writer{linkID: map[string]int{}}
	wide, high, size := pageWide, pageHigh, 1.0
	if x.Large {
		wide, high, size = 16838, 23811, 1.4
	}
	margin := twips(15)
	text := wide - 2*margin
	pt := func(n float64) int { return int(n*size + 0.5) }
	half := text / 2
	left := paragraph("Centre", "", run(look{size: pt(12)}, strings.ToUpper(x.Superior))) + paragraph("Centre", "", run(look{size: pt(12), bold: true}, strings.ToUpper(x.Body)))
	right := paragraph("Centre", "", run(look{size: pt(12), bold: true}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + paragraph("Centre", "", run(look{size: pt(12), bold: true}, "Độc lập - Tự do - Hạnh phúc"))
	p.b.WriteString(plainTable([]int{half, text - half}, left, right))
	p.b.WriteString(paragraph("Centre", `<w:spacing w:before="360" w:after="80"/>`, run(look{size: pt(28), bold: true}, x.Title)))
	if x.Under != "" {
		p.b.WriteString(paragraph("Centre", `<w:spacing w:after="200"/>`, run(look{size: pt(20), bold: true}, x.Under)))
	}
	widths := []int{text * 30 / 100, text * 20 / 100, 0}
	widths[2] = text - widths[0] - widths[1]
	edge := ""
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		edge += `<w:` + side + ` w:val="single" w:sz="8" w:space="0" w:color="000000"/>`
	}
	fmt.Fprintf(&p.b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>%s</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="120" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, text, edge)
	for _, n := range widths {
		fmt.Fprintf(&p.b, `<w:gridCol w:w="%d"/>`, n)
	}
	p.b.WriteString(`</w:tblGrid>`)
	row := func(cells [3]string, heading bool) {
		p.b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if heading {
			p.b.WriteString(`<w:tblHeader/>`)
		}
		p.b.WriteString(`</w:trPr>`)
		for i, c := range cells {
			inside := ""
			for n, line := range strings.Split(c, "\n") {
				inside += paragraph("Normal", `<w:spacing w:before="60" w:after="40"/>`, run(look{size: pt(16), bold: heading || i < 2 || n == 0}, line))
			}
			fmt.Fprintf(&p.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, widths[i], inside)
		}
		p.b.WriteString(`</w:tr>`)
	}
	row(x.Head, true)
	for _, r := range x.Rows {
		row(r, false)
	}
	p.b.WriteString(`</w:tbl>` + paragraph("Normal", `<w:spacing w:before="240"/>`, run(look{size: pt(16)}, x.Note)))
	fmt.Fprintf(&p.b, `<w:sectPr><w:headerReference w:type="default" r:id="rFirst"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>`, wide, high, margin, margin, margin, margin)
	return p.pack(w, &Document{Subject: x.Title})
}
