package intake

import (
	"bytes"
	"os"
	"testing"

	"bonphu/internal/sheet"
)

// FuzzRecognise: no content takes the reader down, and every row it gives has a verdict's worth of facts or a reason.
func FuzzRecognise(f *testing.F) {
	for _, name := range []string{"testdata/s2-muc-2-chua-kich-hoat.csv", "testdata/s5-bang-chi-tieu.xlsx"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[:min(len(b), 4000)])
	}
	f.Add([]byte("STT;Họ và tên;Ngày sinh;Số CCCD\n;;Nam;Nữ\n(1);(2);(3)\n1;A B;1/1/1990;070090000001\nTổng cộng;1\n"))
	f.Add([]byte("Mã;Tên;Loại;Cấp trên;Từ ngày\n1;Ấp 1;ấp;2;x\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		book, err := sheet.Open(bytes.NewReader(b), int64(len(b)), sheet.Options{Name: "x.csv"})
		if err != nil {
			return
		}
		defer book.Close()
		rd, err := Recognise(book, "x.csv", Hint{})
		if err != nil {
			return
		}
		seen := NewRepeats()
		if err := rd.Rows(book, func(r *Row) error {
			if _, held := r.Held(); !held && Persons(r.Kind) && (r.Name == "" || r.Number != "" && len(r.Number) != 12) {
				t.Errorf("row %d taken without a name or with a bad number", r.Line)
			}
			seen.Check(r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
