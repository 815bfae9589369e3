package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestClause_III_1_d_ATextOfTheLibraryIsAWordFile(t *testing.T) {
	x := Text{Body: "Phòng VHTT", Title: "Bài loa <tuần 7>", Under: "Bài loa", Lines: []string{"Kính thưa bà con!", "", "- Mang theo thẻ"}, Note: "Bản 1"}
	var one, two bytes.Buffer
	if err := WriteText(&one, x); err != nil {
		t.Fatal(err)
	}
	if err := WriteText(&two, x); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Fatalf("the same text gives other bytes: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(f)
	for _, want := range []string{"PHÒNG VHTT", "Bài loa &lt;tuần 7&gt;", "Kính thưa bà con!", "– Mang theo thẻ"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%q is missing", want)
		}
	}
}
