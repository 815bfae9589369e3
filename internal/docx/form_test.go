package docx

import (
	"bytes"
	"strings"
	"testing"

	"bonphu/internal/fault"
)

func opened(t testing.TB, b []byte) *Form {
	t.Helper()
	f, err := OpenForm(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// said is what the reader of a part sees, paragraph by paragraph, without the paragraphs that say nothing.
func said(xml string) []string {
	var out []string
	for _, p := range scan(xml) {
		if s := strings.TrimSpace(p.text()); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func TestLaw_D3_TheShippedFormSaysWhatTheLayoutSays(t *testing.T) {
	for _, kind := range []Kind{Report, Letter, Decision, Proposal, Notice, Plan, Invitation} {
		var b bytes.Buffer
		if err := ShippedFormOf(&b, kind); err != nil {
			t.Fatal(err)
		}
		d := sample(30)
		d.Kind = kind
		plain := unpacked(t, written(t, d, nil))
		filled := unpacked(t, written(t, d, opened(t, b.Bytes())))
		want, got := strings.Join(said(plain["word/document.xml"]), "\n"), strings.Join(said(filled["word/document.xml"]), "\n")
		if want != got {
			t.Errorf("%s: by the layout\n%.600s\nby the form\n%.600s", kind, want, got)
		}
		for _, x := range []string{"<w:pgSz", "landscape", "<w:titlePg/>", "<w:tblHeader/>", "<w:hyperlink", "<w:drawing>"} {
			if a, b := strings.Count(plain["word/document.xml"], x), strings.Count(filled["word/document.xml"], x); a != b {
				t.Errorf("%s: %s %d times by the layout, %d by the form", kind, x, a, b)
			}
		}
		if filled["word/media/bonphu-code.png"] == "" || !strings.Contains(filled["word/_rels/document.xml.rels"], "bonphuCode") {
			t.Errorf("%s: the square is not in the form", kind)
		}
	}
}

func TestMarksSplitByWordKeepTheirPlace(t *testing.T) {
	body := `<w:p><w:r><w:t>Số {{so_</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ky_hieu}}; </w:t></w:r><w:r><w:tab/><w:t>{{trich_yeu}}</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>{{</w:t></w:r><w:r><w:t xml:space="preserve"/></w:r><w:r><w:t>noi_dung }}</w:t></w:r></w:p>`
	doc := unpacked(t, written(t, sample(1), opened(t, formOf(t, body))))
	xml := doc["word/document.xml"]
	if want := `<w:t xml:space="preserve">Số Số: 05/BC-UBND</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">; </w:t></w:r><w:r><w:tab/><w:t xml:space="preserve">Kết quả thực hiện`; !strings.Contains(xml, want) {
		t.Error("the line's parts moved:", xml[:600])
	}
	if !strings.Contains(xml, "I. TÌNH HÌNH") || strings.Contains(xml, "noi_dung") {
		t.Error("the block was not filled in")
	}
	if !strings.Contains(xml, `w:val="BpHeading1"`) || !strings.Contains(doc["word/styles.xml"], `w:styleId="BpHeading1"`) {
		t.Error("a foreign form has to be given the looks of headings")
	}
	if !strings.Contains(xml, "Phụ lục I") {
		t.Error("a form without {{phu_luc}} must not lose the appendices")
	}
}

func TestHeadersOfAFormAreFilled(t *testing.T) {
	var b bytes.Buffer
	line := func(s string) []byte {
		return []byte(`<w:hdr xmlns:w="x"><w:p><w:r><w:t>` + s + `</w:t></w:r></w:p></w:hdr>`)
	}
	main := part{"word/document.xml", []byte(`<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>{{noi_dung}}</w:t></w:r></w:p></w:body></w:document>`)}
	if err := zipped(&b, []part{{"[Content_Types].xml", []byte("<Types></Types>")}, main, {"word/header1.xml", line("Mã {{ma_tra_cuu}}")}}); err != nil {
		t.Fatal(err)
	}
	if out := unpacked(t, written(t, sample(1), opened(t, b.Bytes())))["word/header1.xml"]; !strings.Contains(out, "Mã 7K3QP-XWA21") {
		t.Error(out)
	}
	for _, bad := range []string{"{{noi_dung}}", "{{sai}}", "{{loai"} {
		b.Reset()
		if err := zipped(&b, []part{main, {"word/header1.xml", line(bad)}}); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenForm(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil || !strings.Contains(err.Error(), "đầu hoặc chân trang") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestADangerousFormIsRefused(t *testing.T) {
	content := `<w:p><w:r><w:t>{{noi_dung}}</w:t></w:r></w:p>`
	main := func(body string) part {
		return part{"word/document.xml", []byte(`<w:document xmlns:w="x"><w:body>` + body + `</w:body></w:document>`)}
	}
	for _, c := range []struct {
		name, want string
		parts      []part
	}{
		{"docm", ".docm", []part{{"[Content_Types].xml", []byte(`<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`)}, main(content)}},
		{"ole", "nhúng", []part{main(content), {"word/embeddings/a.xlsx", []byte("x")}}},
		{"dde", "DDE", []part{main(content + `<w:p><w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\x </w:instrText></w:r></w:p>`)}},
		{"chunk", "chèn một tệp", []part{main(content + `<w:altChunk/>`)}},
		{"twice", "hai lần", []part{main(content), main(content)}},
		{"quoted", "trỏ ra ngoài", []part{main(content), {"word/_rels/document.xml.rels", []byte(`<Relationships><Relationship Type='x/attachedTemplate' TargetMode='external' Target='x'/></Relationships>`)}}},
		{"footnote", "chú thích", []part{main(content), {"word/footnotes.xml", []byte(`<w:footnotes xmlns:w="x"><w:p><w:r><w:t>{{loai}}</w:t></w:r></w:p></w:footnotes>`)}}},
		{"appendix first", "đoạn cuối", []part{main(`<w:p><w:r><w:t>{{phu_luc}}</w:t></w:r></w:p>` + content)}},
		{"in a box", "đứng riêng", []part{main(`<w:p><w:r><w:t>{{noi_dung}}</w:t><w:pict><w:p/></w:pict></w:r></w:p>`)}},
	} {
		var b bytes.Buffer
		if err := zipped(&b, c.parts); err != nil {
			t.Fatal(err)
		}
		_, err := OpenForm(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if f, ok := fault.As(err); !ok || f.Kind != fault.Refused || !strings.Contains(f.Text, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := OpenForm(bytes.NewReader(nil), maxForm+1); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
	var b bytes.Buffer
	if err := zipped(&b, []part{main(content), {"word/media/a.bmp", make([]byte, maxInflated+1)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenForm(bytes.NewReader(b.Bytes()), int64(b.Len())); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

func TestTheDecisionSaysWhoDecides(t *testing.T) {
	d := sample(0)
	d.Kind = Decision
	for _, c := range []struct{ authority, title, want string }{{"", "Chủ tịch", "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN HỚN QUẢN"}, {"TM. Ủy ban nhân dân", "Chủ tịch", "ỦY BAN NHÂN DÂN HUYỆN HỚN QUẢN"}} {
		d.Signature = Signature{c.authority, c.title, ""}
		found := false
		for _, line := range said(unpacked(t, written(t, d, nil))["word/document.xml"]) {
			found = found || line == c.want
		}
		if !found {
			t.Errorf("%q %q: nobody decides", c.authority, c.title)
		}
	}
}

func BenchmarkTwoThousandRows(b *testing.B) {
	d := sample(2000)
	for b.Loop() {
		written(b, d, nil)
	}
}

// FuzzFormBody: whatever stands in a form's body, it is refused with a sentence or filled in to well-formed XML.
func FuzzFormBody(f *testing.F) {
	f.Add(`<w:p><w:r><w:t>{{noi_</w:t></w:r><w:r><w:t>dung}}</w:t></w:r></w:p><w:sectPr><w:pgSz w:w="1" w:h="2"/><w:pgMar w:left="3"/></w:sectPr>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{loai}}</w:t><w:t/></w:r><w:p/></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>{{noi_dung}}</w:t></w:r></w:p><w:p><w:t>{{phu_luc}}</w:t></w:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		b := formOf(t, body)
		form, err := OpenForm(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		d := sample(1)
		d.Code = ""
		unpacked(t, written(t, d, form))
	})
}
