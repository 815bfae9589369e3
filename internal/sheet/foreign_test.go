package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bonphu/internal/fault"
)

// hollow is a file of a size without its bytes.
type hollow struct{}

func (hollow) ReadAt(p []byte, _ int64) (int, error) { clear(p); return len(p), nil }

func TestLaw_F4_ForeignFilesAreRefusedInASentence(t *testing.T) {
	locked := func() []byte {
		f := excelize.NewFile()
		defer f.Close()
		if err := f.SetCellStr("Sheet1", "A1", "Họ và tên"); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b, excelize.Options{Password: "mật khẩu"}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	random := make([]byte, 5000)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range random {
		random[i] = byte(r.IntN(256))
	}
	ole := make([]byte, 1024) // a compound file whose table of tables is said to be huge
	copy(ole, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(ole[26:], 3)
	binary.LittleEndian.PutUint16(ole[28:], 0xfffe)
	binary.LittleEndian.PutUint16(ole[30:], 9)
	binary.LittleEndian.PutUint32(ole[72:], 0x02000000)
	for name, raw := range map[string][]byte{
		"empty": nil, "one byte": {0}, "random": random, "pdf": []byte("%PDF-1.7\n..."), "png": []byte("\x89PNG\r\n\x1a\n...."), "jpeg": []byte("\xff\xd8\xff\xe0...."),
		"exe": []byte("MZ\x90\x00\x03"), "gz": []byte("\x1f\x8b\x08\x00"), "rar": []byte("Rar!\x1a\x07"), "7z": []byte("7z\xbc\xaf\x27\x1c"), "rtf": []byte("{\\rtf1 x}"),
		"zip of nothing": []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "cut zip": []byte("PK\x03\x04\x14\x00"), "locked": locked(), "ole": ole,
		"ole head alone": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "blank": []byte(" \r\n \n"), "page without a table": []byte("<html><body>Xin chào</body></html>"),
	} {
		b, err := Open(bytes.NewReader(raw), int64(len(raw)), Options{})
		if err == nil {
			b.Close()
			t.Errorf("%s was opened as %s", name, b.Format())
			continue
		}
		if f, ok := fault.As(err); !ok || f.Kind != fault.Refused || len(f.Text) < 20 || !strings.Contains(f.Text, "ãy") {
			t.Errorf("%s: %v", name, err)
		}
		if name == "locked" && !strings.Contains(err.Error(), "mật khẩu") {
			t.Errorf("locked: %v", err)
		}
	}
	if _, err := Open(hollow{}, 201<<20, Options{}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("201 MB: %v", err)
	}
}

func TestLaw_F4_CutWorkbooksAreRefused(t *testing.T) {
	for _, name := range []string{"s1-chua-cap-cccd.xlsx", "s3-tcvn3.xls"} {
		raw, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for k := 1; k < 20; k++ {
			cut := raw[:len(raw)*k/20]
			b, err := Open(bytes.NewReader(cut), int64(len(cut)), Options{})
			if err == nil {
				for i := range b.Sheets() {
					if err = b.Rows(i, func(*Row) error { return nil }); err != nil {
						break
					}
				}
			}
			if !fault.Is(err, fault.Refused) {
				t.Errorf("%s cut to %d/20: %v", name, k, err)
			}
		}
	}
}

func TestTooManyRowsOfText(t *testing.T) {
	text := strings.NewReader("a;b\n" + strings.Repeat("1;2\n", 101))
	b, err := Open(text, text.Size(), Options{MaxRows: 100})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Rows(0, func(*Row) error { return nil }); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

func TestACallersPanicStaysHis(t *testing.T) {
	text := strings.NewReader("a;b\n1;2\n")
	b, err := Open(text, text.Size(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a panic of the caller was taken for a broken file")
		}
	}()
	_ = b.Rows(0, func(*Row) error { panic(errors.Join(io.EOF)) })
}
