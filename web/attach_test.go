package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"

	"bonphu/internal/attach"
	"bonphu/internal/fault"
)

// A document that is larger than a form may carry is refused in a sentence about the document, not about the form (law F4).
func TestLaw_F4_ADocumentThatIsTooLargeIsSaidToBe(t *testing.T) {
	for size, want := range map[int]string{100: "", attach.Max + 1: "attach.large", attachBody + 1: "attach.large"} {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		f, err := m.CreateFormFile("file", "a.pdf")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write(append([]byte("%PDF-1.7"), make([]byte, size-8)...))
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		r := httptest.NewRequest("POST", "/nhiem-vu", &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		r.Body = http.MaxBytesReader(w, r.Body, attachBody)
		a := &Ask{W: w, R: r}
		_ = a.R.FormValue("ky") // as the screens do, before the document is read
		got := ""
		if _, err := a.attached("file"); err != nil {
			if x, ok := fault.As(err); ok {
				got = x.Code
			}
		}
		if got != want {
			t.Errorf("%d bytes: %q, want %q", size, got, want)
		}
	}
}
