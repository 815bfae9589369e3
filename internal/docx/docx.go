// Package docx writes official documents as Nghị định 30/2020/NĐ-CP, appendix I, lays them out (law D3): A4 and its margins, the
// head of two columns, number and symbol, place and date, type and subject, body, signature, recipients, page numbers in the top
// margin, appendices on landscape pages with repeated headings. The same Document gives the same bytes.
package docx

import "bonphu/internal/clock"

// Kind is the type of a document and the first part of its symbol: BC, KH, TB, TTr, QĐ, GM, CV.
type Kind string

// Kinds of documents. A letter (CV) has no type line; its subject stands under the number as "V/v …".
const (
	Report     Kind = "BC"
	Plan       Kind = "KH"
	Notice     Kind = "TB"
	Proposal   Kind = "TTr"
	Decision   Kind = "QĐ"
	Invitation Kind = "GM"
	Letter     Kind = "CV"
	Merit      Kind = "GK" // Giấy khen: a certificate on one landscape page
)

// Document is one official document.
type Document struct {
	Superior   string    // "UBND TỈNH BÌNH PHƯỚC"; "" for none
	Body       string    // "ỦY BAN NHÂN DÂN HUYỆN HỚN QUẢN"
	Number     string    // "05"; "" leaves room to write it in
	Symbol     string    // "BC-UBND"
	Town       string    // "Hớn Quản"
	Day        clock.Day // "" leaves room for day and month
	Kind       Kind
	Subject    string   // without a full stop
	To         []string // "Kính gửi"; none for most
	Basis      []string // "Căn cứ …", italic paragraphs before the body
	Content    []Block
	Signature  Signature
	Recipients []string // "Nơi nhận", without dashes; the last is "Lưu: VT"
	Appendices []Appendix
	Code       string // short code for verification, printed with a QR; "" for none
	Address    string // where the code is looked up, printed beside it and held by the QR: "https://…/van-ban/7K3Q-PXWA" or "/van-ban/…"
}

// Signature is the block at the end on the right.
type Signature struct {
	Authority string // "TM. ỦY BAN NHÂN DÂN", "" for none
	Title     string // "CHỦ TỊCH"
	Name      string // "" leaves room
}

// Appendix is a list or a table after the signature, on its own pages.
type Appendix struct {
	Title    string // capitals are made
	Note     string // "(Kèm theo Báo cáo số …)", without brackets; "" for none
	Portrait bool   // landscape unless set
	Content  []Block
}

// Block is a Heading, Para, Items or Table.
type Block interface{ block() }

// Heading is a numbered heading as officials write it: level 1 "I. TÌNH HÌNH", level 2 "1. Kết quả", level 3 "a) …". The number is part of the text.
type Heading struct {
	Level int
	Text  string
}

// Para is a paragraph: justified, first line indented. Text may hold line breaks.
type Para struct {
	Text   string
	Bold   bool
	Italic bool
	Centre bool   // in the middle, as "QUYẾT ĐỊNH:" stands
	Link   string // makes the whole paragraph a hyperlink; "" for none
}

// Items are lines that begin with a dash.
type Items []string

// Table has headings that repeat on each page. Cells are text already formatted for Vietnamese; a column's align is 'l', 'c' or 'r'.
type Table struct {
	Columns []Column
	Rows    []Row
	Note    string // italic line under the table
}

// Column is one column; neighbouring columns of the same Group share a heading above them.
type Column struct {
	Title string
	Group string
	Width float64 // share of the table's width
	Align byte
}

// Row is one row.
type Row struct {
	Cells []string
	Links []string // by cell, "" for none; may be shorter than Cells
	Bold  bool
}

func (Heading) block() {}
func (Para) block()    {}
func (Items) block()   {}
func (Table) block()   {}
