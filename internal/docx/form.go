package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
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
	markText = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	reaching = regexp.MustCompile(`(?i)<w:instrText[^>]*>\s*(?:DDE|INCLUDE)`)
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
	names := map[string]bool{}
	for _, x := range z.File {
		if strings.HasSuffix(x.Name, "/") {
			continue
		}
		if names[x.Name] {
			return nil, badForm("phần %s có hai lần trong tệp.", x.Name)
		}
		names[x.Name] = true
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
	case strings.Contains(lower, "/embeddings/") || strings.Contains(lower, "/activex/") || lower == "[content_types].xml" && bytes.Contains(bytes.ToLower(data), []byte("macroenabled")):
		return badForm("tệp là .docm hoặc có đối tượng nhúng (%s). Hãy lưu lại thành .docx thường.", name)
	case strings.Contains(lower, "..") || strings.HasPrefix(name, "/"):
		return badForm("tệp có tên thành phần lạ (%s).", name)
	}
	if !strings.HasSuffix(lower, ".xml") && !strings.HasSuffix(lower, ".rels") {
		return nil
	}
	if reaching.Match(data) {
		return badForm("phần %s có trường lấy dữ liệu từ ngoài tệp (DDE, INCLUDE…). Hãy bỏ trường đó.", name)
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
		switch t := t.(type) {
		case xml.Directive:
			return badForm("phần %s có khai báo DTD.", name)
		case xml.StartElement:
			if t.Name.Local == "altChunk" {
				return badForm("phần %s chèn một tệp khác vào văn bản.", name)
			}
			if t.Name.Local == "Relationship" && reachesOut(t.Attr) {
				return badForm("phần %s trỏ ra ngoài tệp (ảnh, đối tượng hoặc mẫu liên kết). Hãy nhúng ảnh vào tệp và bỏ mẫu gắn kèm.", name)
			}
			if depth++; depth > 200 {
				return badForm("phần %s lồng quá sâu.", name)
			}
		case xml.EndElement:
			depth--
		}
	}
}

// reachesOut tells whether a relationship fetches something from outside; a hyperlink waits for a click.
func reachesOut(attrs []xml.Attr) bool {
	outside, link := false, false
	for _, a := range attrs {
		switch a.Name.Local {
		case "TargetMode":
			outside = strings.EqualFold(a.Value, "External")
		case "Type":
			link = strings.HasSuffix(a.Value, "/hyperlink")
		}
	}
	return outside && !link
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
	list := scan(f.body)
	seen, lastText := map[string]int{}, 0
	for i, p := range list {
		text := p.text()
		if strings.TrimSpace(text) != "" {
			lastText = i + 1
		}
		if err := checkMarks(fmt.Sprintf("đoạn %d", i+1), p, true, seen, i+1); err != nil {
			return err
		}
	}
	if seen["noi_dung"] == 0 {
		return badForm("thiếu {{noi_dung}}: chỗ đặt nội dung văn bản, đứng riêng một đoạn.")
	}
	if at := seen["phu_luc"]; at > 0 && (at != lastText || list[at-1].inTable) {
		return badForm("đoạn %d, “{{phu_luc}}”: phải là đoạn cuối cùng của văn bản và ở ngoài bảng, vì phụ lục sang trang riêng.", at)
	}
	for _, x := range f.parts {
		if !margin(x.name) && x.name != "word/footnotes.xml" && x.name != "word/endnotes.xml" {
			continue
		}
		for i, p := range scan(string(x.data)) {
			if !margin(x.name) && strings.Contains(p.text(), "{{") {
				return badForm("chú thích (%s), “%s”: chỗ điền chỉ đặt được trong thân văn bản, đầu trang, chân trang.", x.name, short(p.text()))
			}
			if err := checkMarks(fmt.Sprintf("đầu hoặc chân trang (%s), đoạn %d", x.name, i+1), p, false, map[string]int{}, i+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// margin tells a header or footer, where single-line marks may stand too.
func margin(name string) bool {
	return strings.HasPrefix(name, "word/header") || strings.HasPrefix(name, "word/footer")
}

// checkMarks refuses what cannot be filled in, naming the place.
func checkMarks(place string, p para, blocks bool, seen map[string]int, at int) error {
	text := p.text()
	rest := markText.ReplaceAllString(text, "")
	if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return badForm("%s, “%s”: dấu {{ hoặc }} không đủ đôi.", place, short(text))
	}
	for _, m := range markText.FindAllStringSubmatch(text, -1) {
		name := strings.TrimSpace(m[1])
		block, known := marks[name]
		switch {
		case !known:
			return badForm("%s, “%s”: không có chỗ điền tên “%s”. Các tên dùng được: %s.", place, short(text), short(name), strings.Join(MarkNames(), " "))
		case block && !blocks:
			return badForm("%s: {{%s}} chỉ đặt được trong thân văn bản.", place, name)
		case block && (strings.TrimSpace(text) != m[0] || p.outer):
			return badForm("%s, “%s”: {{%s}} phải đứng riêng một đoạn.", place, short(text), name)
		case seen[name] > 0 && block:
			return badForm("%s: {{%s}} đã có ở đoạn %d.", place, name, seen[name])
		}
		seen[name] = at
	}
	return nil
}

func short(s string) string {
	r := []rune(s)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
