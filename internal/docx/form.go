package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"encoding/xml"

	"bonphu/internal/fault"
)

// Form is an office's own layout: a .docx whose text holds marks such as {{trich_yeu}}, which are filled in. Everything else of it,
// its margins, its fonts, its emblem, stays as the office made it.
type Form struct {
	parts []part
	body  string // of word/document.xml, between <w:body> and the last section
	head  string
	tail  string
}

// Bounds of a form that an office hands in.
const (
	maxForm     = 10 << 20
	maxInflated = 50 << 20
	maxFormPart = 400
)

// marks are the ones a form may hold; block marks stand alone in their paragraph.
var marks = map[string]bool{"co_quan_chu_quan": false, "co_quan": false, "so_ky_hieu": false, "dia_danh_ngay": false, "loai": false, "trich_yeu": false, "quyen_han": false, "chuc_vu": false, "nguoi_ky": false,
	"ma_tra_cuu": false, "kinh_gui": true, "can_cu": true, "noi_dung": true, "noi_nhan": true, "phu_luc": true}

// MarkNames lists the marks that a form may hold, for the handbook and for who makes one.
func MarkNames() []string {
	var out []string
	for m := range marks {
		out = append(out, "{{"+m+"}}")
	}
	slices.Sort(out)
	return out
}

var (
	paragraphs  = regexp.MustCompile(`(?s)<w:p(?: [^>]*)?>.*?</w:p>|<w:p(?: [^>]*)?/>`)
	texts       = regexp.MustCompile(`(?s)<w:t(?: [^>]*)?>(.*?)</w:t>`)
	lastSection = regexp.MustCompile(`(?s)<w:sectPr(?: [^>]*)?>(?:[^<]|<[^/]|</[^w]|</w:[^s])*</w:sectPr>\s*$`)
	pageSize    = regexp.MustCompile(`<w:pgSz[^>]*/>`)
	markText    = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
)

func badForm(format string, args ...any) error {
	return fault.New(fault.Refused, "docx.form", "Mẫu văn bản không dùng được: "+format, args...)
}

// OpenForm reads an office's layout. What is wrong is said with its place; nothing of the file is run or fetched.
func OpenForm(r io.ReaderAt, size int64) (*Form, error) {
	if size > maxForm {
		return nil, fault.New(fault.TooLarge, "docx.form_large", "Mẫu văn bản lớn hơn 10 MB. Hãy bỏ bớt ảnh trong mẫu.")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, badForm("tệp không phải là .docx. Hãy mở bằng Word hoặc LibreOffice rồi lưu lại thành .docx.")
	}
	if len(z.File) > maxFormPart {
		return nil, badForm("tệp có quá nhiều thành phần (%d).", len(z.File))
	}
	f := &Form{}
	left := int64(maxInflated)
	for _, x := range z.File {
		if strings.HasSuffix(x.Name, "/") {
			continue
		}
		in, err := x.Open()
		if err != nil {
			return nil, badForm("phần %s bị hỏng.", x.Name)
		}
		data, err := io.ReadAll(io.LimitReader(in, left+1))
		in.Close()
		if err != nil {
			return nil, badForm("phần %s bị hỏng.", x.Name)
		}
		if left -= int64(len(data)); left < 0 {
			return nil, fault.New(fault.TooLarge, "docx.form_inflated", "Mẫu văn bản bung ra quá lớn. Hãy làm lại mẫu với ít ảnh hơn.")
		}
		if err := safe(x.Name, data); err != nil {
			return nil, err
		}
		f.parts = append(f.parts, part{x.Name, data})
	}
	main := f.part("word/document.xml")
	if main == nil {
		return nil, badForm("trong tệp không có nội dung văn bản (word/document.xml).")
	}
	return f, f.read(string(main.data))
}

func (f *Form) part(name string) *part {
	for i := range f.parts {
		if f.parts[i].name == name {
			return &f.parts[i]
		}
	}
	return nil
}

// safe refuses what could run, reach out or blow up.
func safe(name string, data []byte) error {
	lower := strings.ToLower(name)
	switch {
	case strings.Contains(lower, "vbaproject") || strings.HasSuffix(lower, ".bin"):
		return badForm("tệp có macro hoặc đối tượng nhúng (%s). Hãy lưu lại thành .docx thường.", name)
	case strings.Contains(lower, "..") || strings.HasPrefix(name, "/"):
		return badForm("tệp có tên thành phần lạ (%s).", name)
	}
	if !strings.HasSuffix(lower, ".xml") && !strings.HasSuffix(lower, ".rels") {
		return nil
	}
	if bytes.Contains(data, []byte("<!DOCTYPE")) || bytes.Contains(data, []byte("<!ENTITY")) {
		return badForm("phần %s có khai báo DTD.", name)
	}
	if strings.HasSuffix(lower, ".rels") && bytes.Contains(data, []byte(`TargetMode="External"`)) && !onlyHyperlinks(data) {
		return badForm("phần %s trỏ ra ngoài tệp (ảnh hoặc đối tượng liên kết). Hãy nhúng ảnh vào tệp.", name)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for depth := 0; ; {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return badForm("phần %s không đọc được.", name)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > 200 {
				return badForm("phần %s lồng quá sâu.", name)
			}
		case xml.EndElement:
			depth--
		}
	}
}

func onlyHyperlinks(rels []byte) bool {
	for _, x := range strings.Split(string(rels), "<Relationship ")[1:] {
		if strings.Contains(x, `TargetMode="External"`) && !strings.Contains(x, "/hyperlink\"") {
			return false
		}
	}
	return true
}

// read finds the body and checks its marks.
func (f *Form) read(main string) error {
	start := strings.Index(main, "<w:body>")
	end := strings.LastIndex(main, "</w:body>")
	if start < 0 || end < start {
		return badForm("không thấy thân văn bản. Hãy mở bằng Word rồi lưu lại.")
	}
	start += len("<w:body>")
	f.head, f.body, f.tail = main[:start], main[start:end], main[end:]
	seen := map[string]int{}
	for i, p := range paragraphs.FindAllString(f.body, -1) {
		text := textOf(p)
		rest := markText.ReplaceAllString(text, "")
		if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
			return badForm("đoạn %d, “%s”: dấu {{ hoặc }} không đủ đôi.", i+1, short(text))
		}
		for _, m := range markText.FindAllStringSubmatch(text, -1) {
			name := strings.TrimSpace(m[1])
			block, known := marks[name]
			switch {
			case !known:
				return badForm("đoạn %d, “%s”: không có chỗ điền tên “%s”. Các tên dùng được: %s.", i+1, short(text), short(name), strings.Join(MarkNames(), " "))
			case block && strings.TrimSpace(text) != m[0]:
				return badForm("đoạn %d, “%s”: {{%s}} phải đứng riêng một đoạn.", i+1, short(text), name)
			case seen[name] > 0 && block:
				return badForm("đoạn %d: {{%s}} đã có ở đoạn %d.", i+1, name, seen[name])
			}
			seen[name] = i + 1
		}
	}
	if seen["noi_dung"] == 0 {
		return badForm("thiếu {{noi_dung}}: chỗ đặt nội dung văn bản, đứng riêng một đoạn.")
	}
	return nil
}

func textOf(p string) string {
	var b strings.Builder
	for _, t := range texts.FindAllStringSubmatch(p, -1) {
		b.WriteString(html.UnescapeString(t[1]))
	}
	return b.String()
}

func short(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// fill writes the document on the office's layout.
func (f *Form) fill(w io.Writer, d *Document, p *writer) error {
	own := map[string]string{"co_quan_chu_quan": strings.ToUpper(d.Superior), "co_quan": strings.ToUpper(d.Body), "so_ky_hieu": NumberLine(d), "dia_danh_ngay": DateLine(d), "loai": typeNames[d.Kind], "trich_yeu": d.Subject,
		"quyen_han": strings.ToUpper(d.Signature.Authority), "chuc_vu": strings.ToUpper(d.Signature.Title), "nguoi_ky": d.Signature.Name, "ma_tra_cuu": d.Code}
	block := func(name string) string {
		p.b.Reset()
		switch name {
		case "kinh_gui":
			return f.free(addressees(d))
		case "can_cu":
			return f.free(basis(d))
		case "noi_dung":
			p.blocks(d.Content, textWide)
		case "noi_nhan":
			for i, x := range d.Recipients {
				end := ";"
				if i == len(d.Recipients)-1 {
					end = "."
				}
				p.b.WriteString(paragraph("Normal", "", run(look{size: 11}, "- "+strings.TrimRight(x, ".;")+end)))
			}
		case "phu_luc":
			width := textWide
			if len(d.Appendices) > 0 && f.section() != "" {
				p.b.WriteString(`<w:p><w:pPr>` + f.section() + `</w:pPr></w:p>`)
				width = pageHigh - 2*twips(20)
			}
			for i, a := range d.Appendices {
				newPage := `<w:pageBreakBefore/>`
				if i == 0 && width != textWide {
					newPage = ""
				}
				p.b.WriteString(paragraph("Centre", newPage, run(look{size: 14, bold: true}, strings.ToUpper(a.Title))))
				if a.Note != "" {
					p.b.WriteString(paragraph("Centre", "", run(look{size: 13, italic: true}, "("+a.Note+")")))
				}
				p.blocks(a.Content, width)
			}
		}
		return f.free(p.b.String())
	}
	body := paragraphs.ReplaceAllStringFunc(f.body, func(x string) string {
		text := textOf(x)
		if !strings.Contains(text, "{{") {
			return x
		}
		if m := markText.FindStringSubmatch(text); m != nil && marks[strings.TrimSpace(m[1])] {
			if out := block(strings.TrimSpace(m[1])); out != "" {
				return out
			}
			return paragraph("Normal", "", "")
		}
		filled := markText.ReplaceAllStringFunc(text, func(m string) string { return own[strings.TrimSpace(m[2:len(m)-2])] })
		first := true // the first text keeps its look and takes it all, the others are emptied
		return texts.ReplaceAllStringFunc(x, func(string) string {
			if !first {
				return `<w:t></w:t>`
			}
			first = false
			return `<w:t xml:space="preserve">` + escape(filled) + `</w:t>`
		})
	})
	if len(d.Appendices) > 0 && f.section() != "" && strings.Contains(f.body, "phu_luc") {
		at := strings.LastIndex(body, f.section())
		turned := pageSize.ReplaceAllString(f.section(), fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d" w:orient="landscape"/>`, pageHigh, pageWide))
		body = body[:at] + strings.Replace(turned, `<w:titlePg/>`, "", 1)
	}
	parts := slices.Clone(f.parts)
	for i := range parts {
		switch parts[i].name {
		case "word/document.xml":
			parts[i].data = []byte(f.head + body + f.tail)
		case "word/_rels/document.xml.rels":
			rels := string(parts[i].data)
			var more strings.Builder
			for n, l := range p.links {
				fmt.Fprintf(&more, `<Relationship Id="rL%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, n+1, relations, escape(l))
			}
			parts[i].data = []byte(strings.Replace(rels, "</Relationships>", more.String()+"</Relationships>", 1))
		}
	}
	return zipped(w, parts)
}

// section is the form's last section: the pages of what comes before the appendices.
func (f *Form) section() string { return lastSection.FindString(f.body) }

// free takes style names out of what is put into a foreign form, which may not have them, and gives body paragraphs their look.
func (f *Form) free(s string) string {
	for style, props := range map[string]string{
		"BodyText": `<w:spacing w:before="120" w:after="0" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>`, "Centre": `<w:jc w:val="center"/>`,
		"Heading1": `<w:keepNext/><w:spacing w:before="180"/><w:ind w:firstLine="720"/>`, "Heading2": `<w:keepNext/><w:spacing w:before="120"/><w:ind w:firstLine="720"/>`, "Heading3": `<w:keepNext/><w:spacing w:before="120"/><w:ind w:firstLine="720"/>`,
		"Cell": "", "Normal": ""} {
		tag := `<w:pStyle w:val="` + style + `"/>`
		if bytes.Contains(f.styles(), []byte(`w:styleId="`+style+`"`)) {
			continue
		}
		s = strings.ReplaceAll(s, tag+"</w:pPr>", props+"</w:pPr>")
		s = strings.ReplaceAll(s, tag, "")
	}
	return s
}

func (f *Form) styles() []byte {
	if p := f.part("word/styles.xml"); p != nil {
		return p.data
	}
	return nil
}

// ShippedForm writes the shipped layout as a form that an office may change and hand in.
func ShippedForm(w io.Writer) error {
	d := &Document{Superior: "{{co_quan_chu_quan}}", Body: "{{co_quan}}", Kind: Report, Subject: "{{trich_yeu}}", Signature: Signature{"{{quyen_han}}", "{{chuc_vu}}", "{{nguoi_ky}}"}}
	p := &writer{linkID: map[string]int{}}
	page := strings.NewReplacer(escape(NumberLine(d)), "{{so_ky_hieu}}", escape(DateLine(d)), "{{dia_danh_ngay}}", "{{CO_QUAN_CHU_QUAN}}", "{{co_quan_chu_quan}}", "{{CO_QUAN}}", "{{co_quan}}", typeNames[Report], "{{loai}}",
		"{{QUYEN_HAN}}", "{{quyen_han}}", "{{CHUC_VU}}", "{{chuc_vu}}")
	alone := func(name string) string { return paragraph("BodyText", "", run(look{}, "{{"+name+"}}")) }
	p.b.WriteString(page.Replace(letterhead(d)) + page.Replace(title(d)) + alone("kinh_gui") + alone("can_cu") + alone("noi_dung"))
	d.Recipients = []string{"{{noi_nhan}}"}
	p.b.WriteString(strings.Replace(page.Replace(p.ending(d)), "- {{noi_nhan}}.", "{{noi_nhan}}", 1))
	p.b.WriteString(paragraph("Normal", "", run(look{size: 10}, "Mã tra cứu số liệu: {{ma_tra_cuu}}")) + alone("phu_luc") + section(false, true))
	d.Subject = "Mẫu văn bản"
	return p.pack(w, d)
}
