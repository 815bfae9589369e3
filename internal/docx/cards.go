package docx

import (
	"fmt"
	"io"
	"strings"
)

// Card is one small paper of many on a sheet: an invitation that is cut out and handed over.
type Card struct {
	Superior, Body string // the issuing body's two lines
	Title          string // "GIẤY MỜI"
	Lines          []Para // Centre, Bold and Italic are kept; links are not
	Code           string // in large letters at the end; "" for none
}

// The sheet of cards: A4, two beside one another, three below.
var (
	cardMargin = twips(8)
	cardWide   = (pageWide - 2*cardMargin) / 2
	cardHigh   = (pageHigh - 2*cardMargin - 60) / 3
)

// WriteCards writes cards as .docx, six to a page, with dashed lines to cut along. The same cards give the same bytes.
func WriteCards(w io.Writer, title string, cards []Card) error {
	p := &writer{linkID: map[string]int{}}
	edge := ""
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		edge += `<w:` + side + ` w:val="dashed" w:sz="4" w:space="0" w:color="808080"/>`
	}
	fmt.Fprintf(&p.b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>%s</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="200" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, 2*cardWide, edge, cardWide, cardWide)
	for i := 0; i < len(cards); i += 2 {
		fmt.Fprintf(&p.b, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="exact"/></w:trPr>`, cardHigh)
		for j := i; j < i+2; j++ {
			inside := paragraph("Normal", "", "")
			if j < len(cards) {
				inside = cards[j].inside()
			}
			fmt.Fprintf(&p.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>%s</w:tc>`, cardWide, inside)
		}
		p.b.WriteString(`</w:tr>`)
	}
	p.b.WriteString(`</w:tbl>` + thin(""))
	fmt.Fprintf(&p.b, `<w:sectPr><w:headerReference w:type="default" r:id="rFirst"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>`,
		pageWide, pageHigh, cardMargin, cardMargin, cardMargin, cardMargin)
	return p.pack(w, &Document{Subject: title})
}

func (c *Card) inside() string {
	var b strings.Builder
	b.WriteString(paragraph("Centre", "", run(look{size: 10}, strings.ToUpper(c.Superior))) + paragraph("Centre", "", run(look{size: 10, bold: true}, strings.ToUpper(c.Body))))
	b.WriteString(paragraph("Centre", `<w:spacing w:before="80" w:after="60"/>`, run(look{size: 15, bold: true}, c.Title)))
	for _, l := range c.Lines {
		style := "Normal"
		if l.Centre {
			style = "Centre"
		}
		b.WriteString(paragraph(style, `<w:spacing w:before="30"/>`, run(look{size: 12, bold: l.Bold, italic: l.Italic}, l.Text)))
	}
	if c.Code != "" {
		b.WriteString(paragraph("Centre", `<w:spacing w:before="80"/>`, run(look{size: 11}, "Mã mời: ")+run(look{size: 16, bold: true}, c.Code)))
	}
	return b.String()
}
