// Package attach takes in the documents that offices attach: what kind a file really is, how large it may be, a name that is safe to give
// back. Photos are made anew without what the camera wrote into them.
package attach

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"bonphu/internal/fault"
	"bonphu/internal/photo"
	"bonphu/internal/vn"
)

// Max bounds a document in bytes.
const Max = 10 << 20

// File is a document that was taken in.
type File struct {
	Name  string // with the ending of its kind, at most 120 letters
	MIME  string
	Bytes []byte
}

// The kinds that are taken.
const (
	PDF  = "application/pdf"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	JPEG = "image/jpeg"
)

var endings = map[string]string{PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", JPEG: ".jpg"}

// TooLarge says that a document is larger than Max.
func TooLarge() *fault.Fault {
	return fault.New(fault.Invalid, "attach.large", "Tệp đính kèm lớn hơn 10 MB. Hãy nén hoặc tách nhỏ rồi gửi lại.").On("file")
}

// Take tells the kind of a document by its content, not by its name, and refuses what is none of PDF, Word, Excel, JPEG and PNG, what is
// empty or larger than Max.
func Take(name string, b []byte) (*File, error) {
	switch {
	case len(b) == 0:
		return nil, fault.New(fault.Invalid, "attach.empty", "Tệp đính kèm rỗng. Hãy chọn lại tệp.").On("file")
	case len(b) > Max:
		return nil, TooLarge()
	}
	f := &File{Bytes: b}
	switch {
	case bytes.HasPrefix(b, []byte("%PDF-")):
		f.MIME = PDF
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		f.MIME = office(b)
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")), bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		clean, err := photo.Clean(b)
		if err != nil {
			return nil, err
		}
		f.MIME, f.Bytes = JPEG, clean
	}
	if f.MIME == "" {
		return nil, fault.New(fault.Invalid, "attach.kind", "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh JPEG hoặc PNG. Hãy lưu sang một trong các dạng đó rồi gửi lại.").On("file")
	}
	f.Name = safeName(name) + endings[f.MIME]
	return f, nil
}

// office tells Word from Excel by the parts of the package; "" for any other archive.
func office(b []byte) string {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) > 5000 {
		return ""
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			return DOCX
		case "xl/workbook.xml":
			return XLSX
		}
	}
	return ""
}

// safeName keeps what a name says without path, ending and letters that no file system takes.
func safeName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(vn.NFC(name), ""), `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`<>:"/|?*;%`, r) {
			return -1
		}
		return r
	}, name))
	name = strings.Trim(name, ". ")
	for utf8.RuneCountInString(name) > 110 {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if name == "" {
		return "tai-lieu"
	}
	return name
}
