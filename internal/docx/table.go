package docx

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"rsc.io/qr"

	"bonphu/internal/vn"
)

// table writes a table with lines; its heading rows stand again on each page and no row is broken over two.
func (p *writer) table(t Table, width int) {
	if len(t.Columns) == 0 {
		return
	}
	widths := columnWidths(t.Columns, width)
	fmt.Fprintf(&p.b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, width)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&p.b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	p.b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&p.b, `<w:gridCol w:w="%d"/>`, w)
	}
	p.b.WriteString(`</w:tblGrid>`)
	p.headings(t, widths)
	for _, r := range t.Rows {
		p.b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range t.Columns {
			text, link := "", ""
			if i < len(r.Cells) {
				text = r.Cells[i]
			}
			if i < len(r.Links) {
				link = r.Links[i]
			}
			p.cell(widths[i], "", alignOf(c.Align), p.linked(link, run(look{bold: r.Bold}, text)))
		}
		p.b.WriteString(`</w:tr>`)
	}
	p.b.WriteString(`</w:tbl>`)
	if t.Note != "" {
		p.b.WriteString(paragraph("Normal", `<w:spacing w:before="60"/>`, run(look{size: 11, italic: true}, t.Note)))
	} else {
		p.b.WriteString(paragraph("Normal", `<w:spacing w:line="120" w:lineRule="exact"/>`, ""))
	}
}

// headings writes one row of titles, or two where neighbouring columns share a group.
func (p *writer) headings(t Table, widths []int) {
	grouped := false
	for _, c := range t.Columns {
		grouped = grouped || c.Group != ""
	}
	row := func(cells func()) {
		p.b.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		cells()
		p.b.WriteString(`</w:tr>`)
	}
	bold := look{bold: true}
	if !grouped {
		row(func() {
			for i, c := range t.Columns {
				p.cell(widths[i], "", "center", run(bold, c.Title))
			}
		})
		return
	}
	row(func() {
		for i := 0; i < len(t.Columns); {
			c := t.Columns[i]
			if c.Group == "" {
				p.cell(widths[i], `<w:vMerge w:val="restart"/>`, "center", run(bold, c.Title))
				i++
				continue
			}
			n, w := 0, 0
			for i+n < len(t.Columns) && t.Columns[i+n].Group == c.Group {
				w += widths[i+n]
				n++
			}
			p.cell(w, fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n), "center", run(bold, c.Group))
			i += n
		}
	})
	row(func() {
		for i, c := range t.Columns {
			if c.Group == "" {
				p.cell(widths[i], `<w:vMerge/>`, "center", "")
				continue
			}
			p.cell(widths[i], "", "center", run(bold, c.Title))
		}
	})
}

func (p *writer) cell(width int, props, align, inside string) {
	fmt.Fprintf(&p.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, width, props, paragraph("Cell", `<w:jc w:val="`+align+`"/>`, inside))
}

func alignOf(a byte) string {
	switch a {
	case 'r':
		return "right"
	case 'c':
		return "center"
	}
	return "left"
}

// columnWidths deals a width to columns by their shares; the parts add up to it.
func columnWidths(cols []Column, width int) []int {
	sum := 0.0
	for _, c := range cols {
		sum += max(c.Width, 0.1)
	}
	out := make([]int, len(cols))
	at, done := 0.0, 0
	for i, c := range cols {
		at += max(c.Width, 0.1)
		to := int(at / sum * float64(width))
		out[i] = to - done
		done = to
	}
	return out
}

// appendices writes each on its own pages, the last one's section ending the document.
func (p *writer) appendices(list []Appendix, end func(landscape, first bool) string) {
	p.keepLast = false
	for i, a := range list {
		name := "Phụ lục"
		if len(list) > 1 {
			name += " " + vn.Roman(i+1)
		}
		p.b.WriteString(paragraph("AppendixTitle", "", run(look{size: 14, bold: true}, name)))
		p.b.WriteString(paragraph("AppendixTitle", "", run(look{size: 14, bold: true}, strings.ToUpper(a.Title))))
		note := a.Note
		if note != "" {
			p.b.WriteString(paragraph("Centre", `<w:spacing w:after="120"/>`, run(look{size: 13, italic: true}, "("+note+")")))
		}
		width := p.turned
		if a.Portrait {
			width = p.wide
		}
		p.blocks(a.Content, width)
		if i == len(list)-1 {
			p.b.WriteString(end(!a.Portrait, false))
			continue
		}
		p.b.WriteString(thin(end(!a.Portrait, false)))
	}
}

// merit is a Giấy khen: one landscape page in a double frame.
func (p *writer) merit(d *Document) {
	width := pageHigh - 2*twips(20)
	half := width / 2
	left := paragraph("Centre", "", run(look{size: 13}, strings.ToUpper(d.Superior))) + paragraph("Centre", "", run(look{size: 13, bold: true}, strings.ToUpper(d.Body))) + rule(half, 0.4)
	right := paragraph("Centre", "", run(look{size: 13, bold: true}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + paragraph("Centre", "", run(look{size: 14, bold: true}, "Độc lập - Tự do - Hạnh phúc")) + rule(width-half, 0.5)
	p.b.WriteString(plainTable([]int{half, width - half}, left, right))
	p.b.WriteString(paragraph("Centre", `<w:spacing w:before="700"/>`, run(look{size: 18, bold: true}, strings.ToUpper(d.Signature.Title))))
	p.b.WriteString(paragraph("Centre", `<w:spacing w:before="160"/>`, run(look{size: 18, bold: true}, "TẶNG")) + paragraph("Centre", `<w:spacing w:after="160"/>`, run(look{size: 44, bold: true}, "GIẤY KHEN")))
	for _, x := range d.Content {
		switch x := x.(type) {
		case Heading:
			p.b.WriteString(paragraph("Centre", `<w:spacing w:before="60"/>`, run(look{size: 24, bold: true}, x.Text)))
		case Para:
			if x.Text == "TẶNG" {
				continue
			}
			p.b.WriteString(paragraph("Centre", `<w:spacing w:before="160" w:line="300" w:lineRule="auto"/><w:ind w:left="1134" w:right="1134"/>`, run(look{size: 18, bold: x.Bold, italic: x.Italic}, x.Text)))
		}
	}
	number := "       "
	if d.Number != "" {
		number = d.Number
	}
	sign := paragraph("Centre", "", run(look{size: 14, italic: true}, DateLine(d))) + paragraph("Centre", "", run(look{size: 14, bold: true}, strings.ToUpper(d.Signature.Title))) +
		paragraph("Centre", `<w:spacing w:before="1100"/>`, run(look{size: 14, bold: true}, d.Signature.Name))
	book := paragraph("Normal", `<w:spacing w:before="1200"/>`, run(look{size: 12}, "Quyết định số: "+number+"/"+d.Symbol)) + paragraph("Normal", "", run(look{size: 12}, "Số vào sổ khen thưởng:          "))
	p.b.WriteString(paragraph("Normal", `<w:spacing w:before="360"/>`, "") + plainTable([]int{half, width - half}, book, sign))
	frame := `<w:pgBorders w:offsetFrom="page">`
	for _, side := range []string{"top", "left", "bottom", "right"} {
		frame += `<w:` + side + ` w:val="thinThickSmallGap" w:sz="24" w:space="24" w:color="9C1C1C"/>`
	}
	s := thin("") + section(true, true)
	s = strings.Replace(s, `<w:titlePg/>`, frame+`</w:pgBorders><w:titlePg/>`, 1)
	p.b.WriteString(s)
}

// square draws a QR as a PNG of black and white.
func square(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	const dot, quiet = 6, 4
	n := code.Size + 2*quiet
	img := image.NewPaletted(image.Rect(0, 0, n*dot, n*dot), color.Palette{color.White, color.Black})
	for y := range n * dot {
		for x := range n * dot {
			if code.Black(x/dot-quiet, y/dot-quiet) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
	return b.Bytes(), err
}
