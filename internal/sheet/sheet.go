// Package sheet reads any spreadsheet that an office sends (.xlsx, .xls, .csv, .txt, HTML saved as .xls) as a stream of rows, told
// apart by content and never by name. What is hostile, encrypted, cut off or something else is refused in a Vietnamese sentence
// that says why and what to do (law F4); memory stays bounded whatever comes.
package sheet

import (
	"bytes"
	"io"

	"bonphu/internal/fault"
)

// Options bound what is read. Zero values mean the limits of law F4's house: 200 MB, two million rows, 2 GB inflated.
type Options struct {
	Name       string
	MaxBytes   int64
	MaxRows    int
	MaxInflate int64
}

func (o Options) filled() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 200 << 20
	}
	if o.MaxRows <= 0 {
		o.MaxRows = 2_000_000
	}
	if o.MaxInflate <= 0 {
		o.MaxInflate = 2 << 30
	}
	return o
}

// CellKind is what a cell holds.
type CellKind int

// The kinds of cells.
const (
	Empty CellKind = iota
	Text
	Number
	Bool
	Date // Text is 2006-01-02
	Error
)

// Cell is one cell. Text is what a reader sees, without the number's format; numbers are spelled without an exponent.
type Cell struct {
	Text string
	Kind CellKind
	Num  float64
}

// Row is one row; the slice is used again for the next.
type Row struct {
	Sheet  int
	Number int // from 1, as in the file
	Cells  []Cell
}

// Merge is a merged range: rows from 1, columns from 0, both ends inside.
type Merge struct{ R1, C1, R2, C2 int }

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
	Merges []Merge
}

// Book is an open workbook.
type Book interface {
	Format() string   // xlsx, xls, csv, txt, html
	Encoding() string // of text files
	Sheets() []Sheet
	// Rows calls fn for each row that has anything in it, from the top.
	Rows(sheet int, fn func(*Row) error) error
	Close() error
}

// maxColumns is how far to the right cells are read; official lists have a few dozen.
const maxColumns = 1000

// Open reads what a file is and opens it. A reader that stumbles over a crafted file refuses it and takes nothing down (law F4).
func Open(r io.ReaderAt, size int64, opt Options) (b Book, err error) {
	defer func() {
		if recover() != nil {
			b, err = nil, broken()
		}
	}()
	if b, err = open(r, size, opt.filled()); err != nil {
		return nil, err
	}
	return guarded{b}, nil
}

// guarded is a book whose reader's panics are refusals; those of the caller's own function stay his.
type guarded struct{ Book }

func (g guarded) Rows(sheet int, fn func(*Row) error) (err error) {
	theirs := false
	defer func() {
		if p := recover(); p != nil {
			if theirs {
				panic(p)
			}
			err = broken()
		}
	}()
	return g.Book.Rows(sheet, func(r *Row) error {
		theirs = true
		err := fn(r)
		theirs = false
		return err
	})
}

// open tells what a file is and opens it.
func open(r io.ReaderAt, size int64, opt Options) (Book, error) {
	if size > opt.MaxBytes {
		return nil, fault.New(fault.TooLarge, "sheet.too_large", "Tệp lớn hơn %d MB. Hãy tách danh sách thành nhiều tệp (mỗi xã một tệp) rồi đưa vào lại.", opt.MaxBytes>>20)
	}
	if size == 0 {
		return nil, refuse("sheet.empty", "Tệp rỗng. Hãy mở tệp gốc kiểm tra, lưu lại rồi đưa vào.")
	}
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	lower := bytes.ToLower(trimmed)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return openXLSX(r, size, opt)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return openXLS(r, size, opt)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return nil, refuse("sheet.pdf", "Đây là tệp PDF, không phải bảng tính. Hãy xin tệp Excel gốc, hoặc xuất PDF ra Excel rồi đưa vào.")
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")), bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("GIF8")), bytes.HasPrefix(head, []byte("BM")) && bytes.IndexByte(head, 0) >= 0:
		return nil, refuse("sheet.picture", "Đây là tệp ảnh, không phải bảng tính. Hãy xin tệp Excel gốc của danh sách.")
	case bytes.HasPrefix(head, []byte("MZ")), bytes.HasPrefix(head, []byte("\x7fELF")):
		return nil, refuse("sheet.program", "Đây là tệp chương trình, không phải bảng tính. Không mở tệp này; hãy báo người phụ trách máy tính.")
	case bytes.HasPrefix(head, []byte("Rar!")), bytes.HasPrefix(head, []byte("7z\xbc\xaf")), bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return nil, refuse("sheet.archive", "Đây là tệp nén. Hãy giải nén rồi đưa tệp bảng tính bên trong vào.")
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return nil, refuse("sheet.rtf", "Đây là văn bản (RTF), không phải bảng tính. Hãy chép bảng sang Excel rồi đưa vào.")
	case bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return openSpreadsheetML(r, size, opt)
	case bytes.HasPrefix(lower, []byte("<")) && (bytes.Contains(lower, []byte("<table")) || bytes.Contains(lower, []byte("<html")) || bytes.Contains(lower, []byte("<!doctype html"))),
		bytes.Contains(lower, []byte("<table")) && bytes.Contains(lower, []byte("<tr")):
		return openHTML(r, size, opt)
	}
	return openText(r, size, opt)
}

func refuse(code, text string, args ...any) error {
	return fault.New(fault.Refused, code, text, args...)
}

func tooManyRows(opt Options) error {
	return fault.New(fault.TooLarge, "sheet.too_many_rows", "Tệp có hơn %d dòng. Hãy tách danh sách thành nhiều tệp rồi đưa vào lại.", opt.MaxRows)
}

func broken() error {
	return refuse("sheet.broken", "Tệp bị hỏng hoặc bị cắt cụt khi chép. Hãy mở tệp gốc trong Excel, lưu lại rồi đưa vào.")
}

func encrypted() error {
	return refuse("sheet.encrypted", "Tệp có mật khẩu. Hãy mở trong Excel, bỏ mật khẩu (Tệp – Thông tin – Bảo vệ sổ làm việc), lưu lại rồi đưa vào.")
}
