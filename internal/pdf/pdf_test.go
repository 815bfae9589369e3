package pdf

import (
	"bytes"
	"context"
	"testing"

	"bonphu/internal/docx"
	"bonphu/internal/fault"
)

// Where LibreOffice is installed a document becomes a PDF; where it is not, the asker is told so.
func TestADocumentBecomesAPDFOrTheAskerIsToldWhyNot(t *testing.T) {
	var b bytes.Buffer
	d := &docx.Document{Body: "Ủy ban nhân dân xã", Symbol: "BC-UBND", Town: "Xã", Kind: docx.Report, Subject: "Kết quả", Content: []docx.Block{docx.Para{Text: "Một đoạn."}}}
	if err := d.Write(&b, nil); err != nil {
		t.Fatal(err)
	}
	out, err := Convert(context.Background(), b.Bytes())
	if Present() {
		if err != nil || !bytes.HasPrefix(out, []byte("%PDF")) {
			t.Fatalf("%d bytes, %v", len(out), err)
		}
	} else if !fault.Is(err, fault.Missing) {
		t.Fatal(err)
	}
}

func TestWithoutLibreOfficeTheAskerIsTold(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if Present() {
		t.Fatal("a program was found in an empty folder")
	}
	if _, err := Convert(context.Background(), nil); !fault.Is(err, fault.Missing) {
		t.Fatal(err)
	}
}

func TestWhoGivesUpIsLetGo(t *testing.T) {
	if !Present() {
		return
	}
	one <- struct{}{}
	defer func() { <-one }()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Convert(ctx, nil); err != context.Canceled {
		t.Fatal(err)
	}
}
