package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

func sample(rows int) *Document {
	t := Table{Columns: []Column{{Title: "STT", Width: .6, Align: 'c'}, {Title: "Đơn vị", Width: 3, Align: 'l'}, {Title: "CT", Group: "CCCD", Width: 1, Align: 'r'}, {Title: "XN", Group: "CCCD", Width: 1, Align: 'r'}, {Title: "CT", Group: "VNeID", Width: 1, Align: 'r'}, {Title: "XN", Group: "VNeID", Width: 1, Align: 'r'}},
		Note: "Số liệu tính đến hết ngày 08/5/2024."}
	for i := range rows {
		t.Rows = append(t.Rows, Row{Cells: []string{fmt.Sprint(i + 1), "Ấp <" + fmt.Sprint(i) + "> & 'Sóc'\x01", "1.200", "1.100", "900", "850"}, Links: []string{"", "", "", "/van-ban/AAAAA-BBBBB?don-vi=1"}})
	}
	return &Document{Superior: "UBND tỉnh Bình Phước", Body: "Ủy ban nhân dân huyện Hớn Quản", Number: "5", Symbol: "BC-UBND", Town: "Hớn Quản", Day: "2024-02-08", Kind: Report, Subject: "Kết quả thực hiện đợt cao điểm “90 ngày, đêm”",
		To: []string{"UBND tỉnh", "Công an tỉnh"}, Basis: []string{"Căn cứ Kế hoạch số 128/KH-UBND ngày 04/4/2024;"},
		Content:   []Block{Heading{1, "I. TÌNH HÌNH"}, Para{Text: strings.Repeat("Đến hết ngày 08/5/2024, toàn huyện đã xác nhận 12.345/15.000 người. ", 5)}, Heading{2, "1. Kết quả"}, Items{"Một", "Hai"}, t},
		Signature: Signature{"TM. Ủy ban nhân dân", "Chủ tịch", ""}, Recipients: []string{"Như trên", "Lưu: VT"},
		Appendices: []Appendix{{Title: "Kết quả các xã", Note: "Kèm theo Báo cáo", Content: []Block{t}}, {Title: "Kết quả các ấp", Content: []Block{t}}}, Code: "7K3QP-XWA21", Address: "http://127.0.0.1/van-ban/7K3QP-XWA21"}
}

func written(t testing.TB, d *Document, f *Form) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked reads every part and proves that each is well-formed.
func unpacked(t testing.TB, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		dec := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

func TestLaw_D3_ThePageFollowsTheDecree(t *testing.T) {
	parts := unpacked(t, written(t, sample(40), nil))
	doc := parts["word/document.xml"]
	for _, want := range []string{
		`<w:pgSz w:w="11906" w:h="16838"/>`, `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`, `w:left="1701"`, `<w:titlePg/>`, "UBND TỈNH BÌNH PHƯỚC", "HUYỆN HỚN QUẢN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"Độc lập - Tự do - Hạnh phúc", "Số: 05/BC-UBND", "Hớn Quản, ngày 08 tháng 02 năm 2024", "BÁO CÁO", "Phụ lục I", "Phụ lục II", "KẾT QUẢ CÁC XÃ", "(Kèm theo Báo cáo)", "Nơi nhận:", "- Lưu: VT.", "7K3QP-XWA21",
		`<w:tblHeader/>`, `<w:cantSplit/>`, `<w:gridSpan w:val="2"/>`, "Ấp &lt;0&gt; &amp; &#39;Sóc&#39;",
	} {
		if !strings.Contains(doc, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	if strings.Contains(doc, "\x01") {
		t.Error("a control character came through")
	}
	if !strings.Contains(parts["word/styles.xml"], "Times New Roman") || !strings.Contains(parts["word/header1.xml"], " PAGE ") || strings.Contains(parts["word/header2.xml"], "PAGE") {
		t.Error("fonts or page numbers")
	}
	if n := strings.Count(doc, "<w:tblHeader/>"); n != 6 {
		t.Errorf("%d heading rows repeat, want two in each of three tables", n)
	}
}

func TestLaw_D3_NumbersAndDays(t *testing.T) {
	for _, c := range []struct{ day, want string }{{"2024-07-08", "ngày 08 tháng 7 năm 2024"}, {"2024-01-31", "ngày 31 tháng 01 năm 2024"}, {"2024-12-01", "ngày 01 tháng 12 năm 2024"}} {
		if got := DayWords(clock.Day(c.day)); got != c.want {
			t.Errorf("%s: %s", c.day, got)
		}
	}
	d := sample(0)
	if d.Number = "12"; NumberLine(d) != "Số: 12/BC-UBND" {
		t.Error(NumberLine(d))
	}
	if d.Number = ""; !strings.HasSuffix(NumberLine(d), "  /BC-UBND") {
		t.Error(NumberLine(d))
	}
}

func TestLaw_D1_TheSameDocumentHasTheSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, sample(10), nil), written(t, sample(10), nil)) {
		t.Error("written twice, it differs")
	}
}

func TestALetterHasNoTypeLine(t *testing.T) {
	d := sample(1)
	d.Kind = Letter
	doc := unpacked(t, written(t, d, nil))["word/document.xml"]
	if !strings.Contains(doc, "V/v kết quả") || strings.Contains(doc, "BÁO CÁO") {
		t.Error("the letter's head")
	}
}

func TestTheShippedFormIsAForm(t *testing.T) {
	var b bytes.Buffer
	if err := ShippedFormOf(&b, Report); err != nil {
		t.Fatal(err)
	}
	f, err := OpenForm(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := unpacked(t, written(t, sample(3), f))["word/document.xml"]
	for _, want := range []string{"UBND TỈNH BÌNH PHƯỚC", "Số: 05/BC-UBND", "Kết quả thực hiện", "I. TÌNH HÌNH", "- Lưu: VT.", "KẾT QUẢ CÁC XÃ", "7K3QP-XWA21", "landscape"} {
		if !strings.Contains(out, want) {
			t.Errorf("filled in, it lacks %s", want)
		}
	}
	if strings.Contains(out, "{{") {
		t.Error("a mark was left: " + out[strings.Index(out, "{{"):][:40])
	}
}

func formOf(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := zipped(&b, []part{{"[Content_Types].xml", []byte("<Types/>")}, {"word/document.xml", []byte(`<w:document xmlns:w="x"><w:body>` + body + `</w:body></w:document>`)}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestABadFormIsRefusedWithItsPlace(t *testing.T) {
	para := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	content := para("{{noi_dung}}")
	for _, c := range []struct{ body, want string }{
		{para("x") + para("{{ten_sai}}") + content, "đoạn 2"}, {para("{{trich_yeu") + content, "không đủ đôi"}, {para("x"), "thiếu {{noi_dung}}"}, {para("Xem {{noi_dung}} nhé"), "đứng riêng"},
		{content + content, "đã có ở đoạn 1"}, {"<w:p><w:r><w:t>{{</w:t></w:r><w:r><w:t>sai}}</w:t></w:r></w:p>" + content, "“sai”"},
	} {
		b := formOf(t, c.body)
		_, err := OpenForm(bytes.NewReader(b), int64(len(b)))
		if f, ok := fault.As(err); !ok || f.Kind != fault.Refused || !strings.Contains(f.Text, c.want) {
			t.Errorf("%s: %v, want %s", c.body, err, c.want)
		}
	}
	for name, files := range map[string][]part{
		"macro": {{"word/vbaProject.bin", []byte("x")}}, "dtd": {{"word/document.xml", []byte(`<!DOCTYPE x><w:document/>`)}}, "external": {{"word/_rels/document.xml.rels", []byte(`<Relationships><Relationship Id="a" Type="x/image" Target="http://x" TargetMode="External"/></Relationships>`)}},
		"empty": {}, "broken": {{"word/document.xml", []byte("<w:document>")}},
	} {
		var b bytes.Buffer
		if err := zipped(&b, files); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenForm(bytes.NewReader(b.Bytes()), int64(b.Len())); !fault.Is(err, fault.Refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := OpenForm(strings.NewReader("không phải zip"), 16); !fault.Is(err, fault.Refused) {
		t.Error(err)
	}
}

func FuzzOpenForm(f *testing.F) {
	var b bytes.Buffer
	if err := ShippedFormOf(&b, Report); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		form, err := OpenForm(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		_ = sample(1).Write(io.Discard, form)
	})
}
