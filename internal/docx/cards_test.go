package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestClause_III_3_c_InvitationsStandSixToAPage(t *testing.T) {
	for _, n := range []int{0, 1, 6, 7, 60} {
		var cards []Card
		for i := range n {
			cards = append(cards, Card{Superior: "UBND huyện", Body: "Công an huyện", Title: "GIẤY MỜI", Code: fmt.Sprintf("ABC%03d", i), Lines: []Para{{Text: "Kính mời: D'Arc <Thử> & Lê", Bold: true}}})
		}
		var b, again bytes.Buffer
		if err := WriteCards(&b, "Giấy mời", cards); err != nil {
			t.Fatal(err)
		}
		if err := WriteCards(&again, "Giấy mời", cards); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%d cards: not the same bytes", n)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(f)
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%d cards: %v", n, err)
			}
		}
		if got := strings.Count(string(text), "<w:tr>"); got != (n+1)/2 {
			t.Errorf("%d cards in %d rows", n, got)
		}
		if got := strings.Count(string(text), "GIẤY MỜI"); got != n {
			t.Errorf("%d of %d cards", got, n)
		}
		if n > 0 && !strings.Contains(string(text), "D&#39;Arc &lt;Thử&gt; &amp; Lê") {
			t.Error("a name with an apostrophe is not kept")
		}
	}
	if 3*cardHigh+60 > pageHigh-2*cardMargin || 2*cardWide > pageWide-2*cardMargin {
		t.Error("six cards do not fit a page")
	}
}

func TestClause_III_3_a_APosterIsA4OrA3(t *testing.T) {
	for _, large := range []bool{false, true} {
		x := Poster{Large: large, Superior: "UBND huyện", Body: "Công an huyện", Title: "LỊCH", Under: "Xã <An> Khương", Head: [3]string{"Ngày", "Giờ", "Địa điểm"}, Note: "Không thu lệ phí."}
		for i := range 40 {
			x.Rows = append(x.Rows, [3]string{fmt.Sprint("Ngày ", i), "07:30", "Nhà văn hóa\nẤp 1"})
		}
		var b bytes.Buffer
		if err := WritePoster(&b, x); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(f)
		want := map[bool]string{false: `w:w="11906" w:h="16838"`, true: `w:w="16838" w:h="23811"`}[large]
		if !strings.Contains(string(text), want) || strings.Count(string(text), "<w:tr>") != 42 || strings.Count(string(text), "w:tblHeader") != 1 {
			t.Errorf("large %v: %.300s", large, text)
		}
		if err := xml.Unmarshal(text, new(struct{})); err != nil {
			t.Error(err)
		}
	}
}
