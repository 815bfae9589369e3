package docx

import (
	"fmt"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// look is how a run of text looks: size in points, bold, italic, underline-free always.
type look struct {
	size         int
	bold, italic bool
}

func (l look) props() string {
	s := "<w:rPr>"
	if l.bold {
		s += "<w:b/><w:bCs/>"
	}
	if l.italic {
		s += "<w:i/><w:iCs/>"
	}
	if l.size > 0 {
		s += fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, l.size*2, l.size*2)
	}
	return s + "</w:rPr>"
}

// run writes a text; line breaks in it are kept.
func run(l look, text string) string {
	var b strings.Builder
	b.WriteString("<w:r>" + l.props())
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + escape(line) + `</w:t>`)
	}
	b.WriteString("</w:r>")
	return b.String()
}

// linked wraps a run in a link; the same address is kept once.
func (p *writer) linked(to, inside string) string {
	if to == "" {
		return inside
	}
	n, ok := p.linkID[to]
	if !ok {
		p.links = append(p.links, to)
		n = len(p.links)
		p.linkID[to] = n
	}
	return fmt.Sprintf(`<w:hyperlink r:id="bonphuLink%d" w:history="1">%s</w:hyperlink>`, n, inside)
}

// thin is a paragraph nobody sees: after a table, where one has to stand, or to carry the end of a section.
func thin(inside string) string {
	return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` + inside + `</w:pPr></w:p>`
}

func paragraph(style, props, inside string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + props + `</w:pPr>` + inside + `</w:p>`
}

// rule is an empty-looking paragraph whose upper line is drawn over a share of the width, as under the issuing body's name.
func rule(width int, share float64) string {
	side := int(float64(width) * (1 - share) / 2)
	return `<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="50" w:after="0" w:line="120" w:lineRule="exact"/><w:ind w:left="` +
		fmt.Sprint(side) + `" w:right="` + fmt.Sprint(side) + `"/></w:pPr></w:p>`
}

// plainTable is a table without lines: the head, the end, what stands in two columns.
func plainTable(widths []int, cells ...string) string {
	var b strings.Builder
	total := 0
	for _, w := range widths {
		total += w
	}
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="28" w:type="dxa"/><w:right w:w="28" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, total)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, c := range cells {
		fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, widths[i], c)
	}
	b.WriteString(`</w:tr></w:tbl>`)
	return b.String()
}

// body writes the whole document: head, type and subject, body, signature and recipients, appendices.
func (p *writer) body(d *Document) {
	if d.Kind == Merit {
		p.merit(d)
		return
	}
	p.b.WriteString(letterhead(d))
	p.b.WriteString(title(d))
	p.b.WriteString(addressees(d))
	p.b.WriteString(basis(d))
	p.blocks(d.Content, textWide)
	p.b.WriteString(p.ending(d))
	if len(d.Appendices) == 0 {
		p.b.WriteString(thin("") + section(false, true))
		return
	}
	p.b.WriteString(thin(section(false, true)))
	p.appendices(d.Appendices, section)
}

// letterhead is the head in two columns, then number and symbol beside place and date.
func letterhead(d *Document) string {
	left, right := textWide*42/100, textWide-textWide*42/100
	l := ""
	if d.Superior != "" {
		l += paragraph("Centre", "", run(look{size: 12}, strings.ToUpper(d.Superior)))
	}
	l += paragraph("Centre", "", run(look{size: 12, bold: true}, bodyLines(d))) + rule(left, 0.4)
	l += paragraph("Centre", `<w:spacing w:before="60"/>`, run(look{size: 13}, NumberLine(d)))
	if d.Kind == Letter {
		l += paragraph("Centre", `<w:spacing w:before="60"/>`, run(look{size: 12}, "V/v "+subjectOf(d)))
	}
	r := paragraph("Centre", "", run(look{size: 12, bold: true}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + paragraph("Centre", "", run(look{size: 13, bold: true}, "Độc lập - Tự do - Hạnh phúc")) + rule(right, 0.56)
	r += paragraph("Centre", `<w:spacing w:before="60"/>`, run(look{size: 13, italic: true}, DateLine(d)))
	return plainTable([]int{left, right}, l, r)
}

// bodyLines is the issuing body's name in two lines, as it is written over its number.
func bodyLines(d *Document) string {
	return strings.Replace(strings.ToUpper(d.Body), "ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN\n", 1)
}

// subjectOf is the subject as its place asks: after "V/v" small, under a type line with a capital.
func subjectOf(d *Document) string {
	if d.Kind == Letter {
		return vn.LowerFirst(d.Subject)
	}
	r := []rune(d.Subject)
	if len(r) > 0 {
		r[0] = []rune(strings.ToUpper(string(r[0])))[0]
	}
	return string(r)
}

// NumberLine is the number and symbol: "Số: 05/BC-UBND", with room where the number is not known.
func NumberLine(d *Document) string {
	n := d.Number
	if len(n) == 1 {
		n = "0" + n
	}
	if n == "" {
		n = "       "
	}
	return "Số: " + n + "/" + d.Symbol
}

// DateLine is place and date: days under 10 and the months 1 and 2 have a 0.
func DateLine(d *Document) string {
	if d.Day == "" {
		return d.Town + ", ngày      tháng      năm      "
	}
	return d.Town + ", " + DayWords(d.Day)
}

// DayWords spells a day as documents do: "ngày 08 tháng 7 năm 2024".
func DayWords(day clock.Day) string {
	t := day.Time()
	month := fmt.Sprint(int(t.Month()))
	if t.Month() <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", t.Day(), month, t.Year())
}

var typeNames = map[Kind]string{Report: "BÁO CÁO", Plan: "KẾ HOẠCH", Notice: "THÔNG BÁO", Proposal: "TỜ TRÌNH", Decision: "QUYẾT ĐỊNH", Invitation: "GIẤY MỜI", Merit: "GIẤY KHEN"}

// title is the type over its subject with a line under it; letters have none.
func title(d *Document) string {
	if d.Kind == Letter {
		return ""
	}
	return paragraph("Centre", `<w:keepNext/><w:spacing w:before="240"/>`, run(look{size: 14, bold: true}, typeNames[d.Kind])) +
		paragraph("Centre", `<w:keepNext/><w:spacing w:after="40"/>`, run(look{size: 14, bold: true}, subjectOf(d))) + rule(textWide, 0.22)
}

func addressees(d *Document) string {
	switch len(d.To) {
	case 0:
		return ""
	case 1:
		return paragraph("Centre", `<w:spacing w:before="240" w:after="120"/>`, run(look{size: 14}, "Kính gửi: "+d.To[0]))
	}
	out := paragraph("BodyText", `<w:spacing w:before="240"/><w:ind w:left="1440" w:firstLine="0"/>`, run(look{size: 14}, "Kính gửi:"))
	for i, x := range d.To {
		end := ";"
		if i == len(d.To)-1 {
			end = "."
		}
		out += paragraph("BodyText", `<w:spacing w:before="0"/><w:ind w:left="2552" w:firstLine="0"/>`, run(look{size: 14}, "- "+x+end))
	}
	return out
}

func basis(d *Document) string {
	out := ""
	if d.Kind == Decision {
		who := strings.ToUpper(d.Signature.Title)
		if d.Signature.Authority != "" {
			who = strings.ToUpper(d.Body)
		} else if !strings.Contains(who, strings.ToUpper(d.Body)) {
			who += " " + strings.ToUpper(d.Body)
		}
		out = paragraph("Centre", `<w:keepNext/><w:spacing w:before="240" w:after="120"/>`, run(look{size: 14, bold: true}, who))
	}
	for _, x := range d.Basis {
		out += paragraph("BodyText", "", run(look{italic: true}, x))
	}
	return out
}

// blocks writes paragraphs, headings, items and tables within a width.
func (p *writer) blocks(list []Block, width int) {
	for i, x := range list {
		keep := ""
		if i == len(list)-1 && p.keepLast {
			keep = `<w:keepNext/><w:keepLines/>`
		}
		switch x := x.(type) {
		case Heading:
			p.b.WriteString(paragraph(fmt.Sprintf("Heading%d", min(max(x.Level, 1), 3)), "", run(look{}, x.Text)))
		case Para:
			if x.Centre || x.Bold && x.Text == "QUYẾT ĐỊNH:" {
				keep = `<w:keepNext/><w:ind w:firstLine="0"/><w:jc w:val="center"/>`
			}
			p.b.WriteString(paragraph("BodyText", keep, p.linked(x.Link, run(look{bold: x.Bold, italic: x.Italic}, x.Text))))
		case Items:
			for n, item := range x {
				props := ""
				if n == len(x)-1 {
					props = keep
				}
				p.b.WriteString(paragraph("BodyText", props, run(look{}, "- "+item)))
			}
		case Table:
			p.b.WriteString(paragraph("Normal", `<w:keepNext/><w:spacing w:line="120" w:lineRule="exact"/>`, ""))
			p.table(x, width)
		}
	}
}

func recipients(d *Document) string {
	out := ""
	for i, x := range d.Recipients {
		end := ";"
		if i == len(d.Recipients)-1 {
			end = "."
		}
		out += paragraph("Normal", "", run(look{size: 11}, "- "+strings.TrimRight(x, ".;")+end))
	}
	return out
}

// ending is recipients on the left and the signature on the right, then the code.
func (p *writer) ending(d *Document) string {
	left, right := textWide/2, textWide-textWide/2
	l := paragraph("Normal", `<w:keepNext/>`, run(look{size: 12, bold: true, italic: true}, "Nơi nhận:"))
	l += recipients(d)
	if len(d.Recipients) == 0 {
		l = paragraph("Normal", "", "")
	}
	s := d.Signature
	r := ""
	if s.Authority != "" {
		r += paragraph("Centre", `<w:keepNext/>`, run(look{size: 14, bold: true}, strings.ToUpper(s.Authority)))
	}
	r += paragraph("Centre", `<w:keepNext/>`, run(look{size: 14, bold: true}, strings.ToUpper(s.Title)))
	r += paragraph("Centre", `<w:keepNext/><w:spacing w:before="1300"/>`, run(look{size: 14, bold: true}, s.Name))
	return paragraph("Normal", `<w:keepNext/><w:spacing w:before="120" w:line="120" w:lineRule="exact"/>`, "") + plainTable([]int{left, right}, l+p.code(d), r)
}

// code is the short code and its square at the end of the main part, small, for whoever checks the document.
func (p *writer) code(d *Document) string {
	if d.Code == "" {
		return ""
	}
	if p.picture == nil { // a form being made: its mark stands alone
		return paragraph("Normal", "", run(look{size: 10}, d.Code))
	}
	side := 720_000 // 2 cm
	picture := fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[1]d"/><wp:docPr id="1" name="code" descr="Mã QR tra cứu số liệu"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="code.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="bonphuCode"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[1]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, side)
	text := paragraph("Normal", `<w:spacing w:before="120"/>`, picture) + paragraph("Normal", "", run(look{size: 10}, "Mã tra cứu số liệu: ")+run(look{size: 10, bold: true}, d.Code))
	if d.Address != "" {
		text += paragraph("Normal", "", p.linked(d.Address, run(look{size: 9}, d.Address)))
	}
	return text
}

// section ends a run of pages.
func section(landscape, first bool) string {
	w, h, orient := pageWide, pageHigh, ""
	if landscape {
		w, h, orient = pageHigh, pageWide, ` w:orient="landscape"`
	}
	s := `<w:sectPr><w:headerReference w:type="default" r:id="rHeader"/>`
	if first {
		s += `<w:headerReference w:type="first" r:id="rFirst"/>`
	}
	margin := fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="400" w:gutter="0"/>`, marginTop, marginRight, marginBottom, marginLeft, twips(10))
	if landscape {
		margin = landscapeMargin()
	}
	s += fmt.Sprintf(`<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>%s`, w, h, orient, margin)
	if first {
		s += `<w:titlePg/>`
	}
	return s + `</w:sectPr>`
}

// landscapeMargin are the margins of a turned page: bound at its upper edge.
func landscapeMargin() string {
	return fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="400" w:gutter="0"/>`, twips(25), twips(20), twips(20), twips(20), twips(10))
}
