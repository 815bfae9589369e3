package attach

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"bonphu/internal/fault"
)

func zipOf(t testing.TB, names ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte("<x/>"))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDocumentsAreKnownByTheirContent(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name string
		b    []byte
		want string // the name it gets; "" when it is refused
	}{
		{"Công văn 12.pdf", []byte("%PDF-1.7\n"), "Công văn 12.pdf"},
		{"virus.exe", []byte("%PDF-1.4\n"), "virus.pdf"},
		{`C:\Users\x\Kế hoạch.docx`, zipOf(t, "[Content_Types].xml", "word/document.xml"), "Kế hoạch.docx"},
		{"a.docx", zipOf(t, "xl/workbook.xml"), "a.xlsx"},
		{"../../etc/passwd", []byte("%PDF-1.4"), "passwd.pdf"},
		{"ảnh.png", picture.Bytes(), "ảnh.jpg"},
		{"\x00\x1b.pdf", []byte("%PDF-1.4"), "tai-lieu.pdf"},
		{"a.zip", zipOf(t, "a.txt"), ""},
		{"a.html", []byte("<html><script>"), ""},
		{"a.pdf", nil, ""},
		{"a.pdf", append([]byte("%PDF-1.4"), make([]byte, Max)...), ""},
		{"a.jpg", []byte("\xff\xd8\xff\xe0rác"), ""},
	} {
		f, err := Take(x.name, x.b)
		switch {
		case x.want == "" && !isFault(err):
			t.Errorf("%q is taken: %v", x.name, err)
		case x.want != "" && (err != nil || f.Name != x.want):
			t.Errorf("%q: %+v, %v", x.name, f, err)
		}
	}
}

func FuzzTake(f *testing.F) {
	f.Add("a.pdf", []byte("%PDF-1.4"))
	f.Add("b", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		got, err := Take(name, b)
		if err == nil && (utf8.RuneCountInString(got.Name) > 120 || strings.ContainsAny(got.Name, "/\\\x00\n") || len(got.Bytes) > Max) {
			t.Errorf("%q becomes %q", name, got.Name)
		}
	})
}

func isFault(err error) bool {
	_, ok := fault.As(err)
	return ok
}
