package docx

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// fill writes the document on the office's layout: its pages, its typeface in the lines it made, its emblem stay as they are.
func (f *Form) fill(w io.Writer, d *Document, p *writer) error {
	values := map[string]string{"co_quan_chu_quan": strings.ToUpper(d.Superior), "co_quan": bodyLines(d), "so_ky_hieu": NumberLine(d), "dia_danh_ngay": DateLine(d), "loai": typeNames[d.Kind],
		"trich_yeu": subjectOf(d), "quyen_han": strings.ToUpper(d.Signature.Authority), "chuc_vu": strings.ToUpper(d.Signature.Title), "nguoi_ky": d.Signature.Name, "ma_tra_cuu": d.Code}
	pages := f.pages()
	p.wide, p.turned = pages.wide, pages.turned
	own := f.hasStyles()
	block := func(name string) string {
		p.b.Reset()
		switch name {
		case "kinh_gui":
			p.b.WriteString(addressees(d))
		case "can_cu":
			p.b.WriteString(basis(d))
		case "noi_dung":
			p.blocks(d.Content, p.wide)
		case "noi_nhan":
			p.b.WriteString(recipients(d))
		case "ma_tra_cuu":
			p.b.WriteString(p.code(d))
		case "phu_luc":
			if len(d.Appendices) > 0 {
				p.b.WriteString(thin(pages.section(false, true)))
				p.appendices(d.Appendices, pages.section)
			}
		}
		if own {
			return p.b.String()
		}
		return strings.ReplaceAll(p.b.String(), `<w:pStyle w:val="`, `<w:pStyle w:val="Bp`)
	}
	var edits []edit
	appended := false
	for _, x := range scan(f.body) {
		found := markText.FindAllStringSubmatch(x.text(), -1)
		if found == nil {
			continue
		}
		name := strings.TrimSpace(found[0][1])
		alone := len(found) == 1 && strings.TrimSpace(x.text()) == found[0][0] && !x.outer
		if marks[name] || name == "ma_tra_cuu" && alone {
			out := block(name)
			if name == "phu_luc" {
				appended = true
				if out == "" {
					out = thin("")
				}
			}
			if out == "" && !followed(f.body[x.end:]) {
				out = thin("")
			}
			edits = append(edits, edit{x.start, x.end, out})
			continue
		}
		lines, empty := fillLine(x, values)
		if empty && !x.outer && followed(f.body[x.end:]) {
			lines = []edit{{x.start, x.end, ""}}
		}
		edits = append(edits, lines...)
	}
	if len(d.Appendices) > 0 {
		last := ""
		if !appended {
			last = block("phu_luc")
		}
		edits = append(edits, edit{pages.at, len(f.body), last})
	}
	body := apply(f.body, edits)
	return zipped(w, f.repack(body, values, p, own))
}

// followed tells whether another paragraph comes next, so that the one before may be left out.
func followed(rest string) bool {
	rest = strings.TrimSpace(rest)
	return strings.HasPrefix(rest, "<w:p>") || strings.HasPrefix(rest, "<w:p ")
}

// pages is a form's last section: the pages of what comes before the appendices.
type pages struct {
	at                       int // where it begins in the body
	text                     string
	wide, turned, high, over int // widths of text upright and turned; the page
}

var (
	pageSize    = regexp.MustCompile(`<w:pgSz[^>]*/>`)
	pageMargin  = regexp.MustCompile(`<w:pgMar[^>]*/>`)
	firstPage   = regexp.MustCompile(`<w:titlePg[^>]*/>`)
	sectionFrom = regexp.MustCompile(`<w:sectPr[ >]`)
)

func (f *Form) pages() pages {
	g := pages{at: len(f.body)}
	from := 0
	for _, end := range []string{"</w:p>", "</w:tbl>", "</w:sdt>"} {
		from = max(from, strings.LastIndex(f.body, end))
	}
	if m := sectionFrom.FindStringIndex(f.body[from:]); m != nil {
		g.at = from + m[0]
		g.text = strings.TrimSpace(f.body[g.at:])
	}
	if !pageSize.MatchString(g.text) || !pageMargin.MatchString(g.text) || !strings.HasSuffix(g.text, "</w:sectPr>") {
		g.text = fmt.Sprintf(`<w:sectPr><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="400" w:gutter="0"/></w:sectPr>`,
			pageWide, pageHigh, marginTop, marginRight, marginBottom, marginLeft, twips(10))
	}
	size, margin := pageSize.FindString(g.text), pageMargin.FindString(g.text)
	a, b := measure(size, "w", pageWide), measure(size, "h", pageHigh)
	g.over, g.high = min(a, b), max(a, b)
	g.wide = max(a-measure(margin, "left", marginLeft)-measure(margin, "right", marginRight), twips(60))
	g.turned = max(g.high-2*twips(20), twips(60))
	return g
}

// measure reads one of a tag's lengths in twips; what is not one of a page becomes the usual.
func measure(tag, name string, usual int) int {
	_, rest, ok := strings.Cut(tag, ` w:`+name+`="`)
	if !ok {
		return usual
	}
	value, _, _ := strings.Cut(rest, `"`)
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 32000 {
		return usual
	}
	return n
}

// section is the form's own section, turned for a wide appendix; only the first one keeps a first page without a number.
func (g pages) section(landscape, first bool) string {
	s := g.text
	if !first {
		s = firstPage.ReplaceAllString(s, "")
	}
	if landscape {
		s = pageSize.ReplaceAllString(s, fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, g.high, g.over))
		s = pageMargin.ReplaceAllString(s, landscapeMargin())
	}
	return s
}

// hasStyles tells whether the form still has the styles of the shipped layout, perhaps changed by the office; they are then used.
func (f *Form) hasStyles() bool {
	p := f.part("word/styles.xml")
	if p == nil {
		return false
	}
	for _, id := range []string{"Normal", "BodyText", "Heading1", "Heading2", "Heading3", "Centre", "Cell", "AppendixTitle"} {
		if !strings.Contains(string(p.data), `w:styleId="`+id+`"`) {
			return false
		}
	}
	return true
}

// ownStyles are the shipped styles under names that no other program uses, for a form that has styles of its own.
func ownStyles() string {
	s := styles[strings.Index(styles, `<w:style `):strings.LastIndex(styles, `</w:styles>`)]
	s = strings.NewReplacer(` w:default="1"`, ` w:customStyle="1"`, `w:styleId="`, `w:styleId="Bp`, `w:basedOn w:val="`, `w:basedOn w:val="Bp`, `w:next w:val="`, `w:next w:val="Bp`, `<w:name w:val="`, `<w:name w:val="Bp `).Replace(s)
	base := `<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:style>`
	return strings.Replace(s, `</w:style>`, base, 1)
}

// repack gives the form's parts with the new body, the lines of headers and footers, links, picture and styles.
func (f *Form) repack(body string, values map[string]string, p *writer, own bool) []part {
	parts := slices.Clone(f.parts)
	at := func(name, fresh string) *part {
		for i := range parts {
			if parts[i].name == name {
				return &parts[i]
			}
		}
		parts = append(parts, part{name, []byte(fresh)})
		return &parts[len(parts)-1]
	}
	insert := func(name, fresh, end, what string) {
		x := at(name, fresh)
		s := string(x.data)
		if i := strings.LastIndex(s, end); i >= 0 {
			x.data = []byte(s[:i] + what + s[i:])
		}
	}
	at("word/document.xml", "").data = []byte(withNames(f.head) + body + f.tail)
	for i := range parts {
		if !margin(parts[i].name) {
			continue
		}
		var edits []edit
		for _, x := range scan(string(parts[i].data)) {
			lines, _ := fillLine(x, values)
			edits = append(edits, lines...)
		}
		parts[i].data = []byte(apply(string(parts[i].data), edits))
	}
	const relsName = "word/_rels/document.xml.rels"
	rels, types := "", ""
	for n, l := range p.links {
		rels += fmt.Sprintf(`<Relationship Id="bonphuLink%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, n+1, relations, escape(l))
	}
	if p.picture != nil {
		rels += `<Relationship Id="bonphuCode" Type="` + relations + `image" Target="media/bonphu-code.png"/>`
		if x := f.part("[Content_Types].xml"); x != nil && !strings.Contains(string(x.data), `Extension="png"`) {
			types += `<Default Extension="png" ContentType="image/png"/>`
		}
		at("word/media/bonphu-code.png", "").data = p.picture
	}
	if f.part("word/styles.xml") == nil {
		rels += `<Relationship Id="bonphuStyles" Type="` + relations + `styles" Target="styles.xml"/>`
		types += `<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>`
	}
	if !own {
		insert("word/styles.xml", head+`<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:styles>`, "</w:styles>", ownStyles())
	}
	insert(relsName, head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`, "</Relationships>", rels)
	insert("[Content_Types].xml", "", "</Types>", types)
	return parts
}

// withNames declares the namespaces that what is put in uses, where the form does not.
func withNames(head string) string {
	more := ""
	for _, x := range strings.Split(namespace, " ") {
		name, _, _ := strings.Cut(x, "=")
		if !strings.Contains(head, name+"=") {
			more += " " + x
		}
	}
	return strings.Replace(head, "<w:document", "<w:document"+more, 1)
}

// ShippedFormOf writes the shipped layout of one kind as a form that an office may change and hand in: a letter's has its subject under the number and no type line.
func ShippedFormOf(w io.Writer, kind Kind) error {
	d := &Document{Superior: "{{co_quan_chu_quan}}", Body: "{{co_quan}}", Kind: kind, Subject: "{{trich_yeu}}", Signature: Signature{"{{quyen_han}}", "{{chuc_vu}}", "{{nguoi_ky}}"}, Recipients: []string{"{{noi_nhan}}"}}
	p := &writer{linkID: map[string]int{}}
	kindLine := ">" + typeNames[kind] + "<"
	if typeNames[kind] == "" {
		kindLine = ">{{loai}}<"
	}
	page := strings.NewReplacer(escape(NumberLine(d)), "{{so_ky_hieu}}", escape(DateLine(d)), "{{dia_danh_ngay}}", "{{CO_QUAN_CHU_QUAN}}", "{{co_quan_chu_quan}}", "{{CO_QUAN}}", "{{co_quan}}", kindLine, ">{{loai}}<",
		"{{QUYEN_HAN}}", "{{quyen_han}}", "{{CHUC_VU}}", "{{chuc_vu}}", "- {{noi_nhan}}.", "{{noi_nhan}}")
	alone := func(name string) string { return paragraph("BodyText", "", run(look{}, "{{"+name+"}}")) }
	d.Code = "{{ma_tra_cuu}}"
	p.b.WriteString(page.Replace(letterhead(d)) + page.Replace(title(d)) + alone("kinh_gui") + alone("can_cu") + alone("noi_dung") + page.Replace(p.ending(d)) + alone("phu_luc") + section(false, true))
	d.Subject, d.Code, d.Body = "Mẫu văn bản", "", ""
	return p.pack(w, d)
}
