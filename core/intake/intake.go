// Package intake takes in the lists that offices bring, whatever their shape.
//
// A file is read in two steps. Recognise looks at the head of every sheet and tells what kind of list it is, of which
// place and day, and which column holds what. Rows then streams the whole file as rows of canonical values; a row with
// a fault that makes it unsafe is marked to be held, with the reason in Vietnamese. Both keep a bounded amount in
// memory, so that a file of two million rows passes.
//
// The flow on top (Desk) keeps the file sealed, tries it out, applies it whole or not at all, and withdraws it
// (laws F1–F4). What a row means is not known here: each kind of list has an Applier, registered by the app.
package intake

import (
	"bonphu/internal/clock"
)

// The kinds of lists that are known, as written in the database and in `bonphu import --json`.
const (
	KindRegister    = "register"                    // residents of a place
	KindCCCDMissing = "extract.cccd-missing"        // citizens without a citizen card
	KindEIDMissing  = "extract.eid-missing"         // citizens without an e-ID account
	KindEID1        = "extract.eid-level1-inactive" // e-ID level 1 approved, not activated
	KindEID2        = "extract.eid-level2-inactive" // e-ID level 2 approved, not activated
	KindStatus      = "extract.status"              // card and account, person by person, of the national systems
	KindActive      = "extract.active"              // e-ID accounts that are activated
	KindPolice      = "extract.police"              // the provincial police's tracking software, person by person
	KindOperator    = "extract.operator"            // a telephone operator's subscribers
	KindOfficials   = "officials"                   // cadres and civil servants with their conditions
	KindPortal      = "extract.portal"              // who signed in to the public-service portals, of the portals' own offices
	KindTotals      = "extract.police-totals"       // the tracking software's totals, a row a unit
	KindTargets     = "targets"                     // the plan's target table, a row a unit
	KindUnits       = "units"                       // administrative units
	KindTeams       = "teams"                       // teams and their members
)

// KindTitle names a kind for people; "" for a kind that is not known.
func KindTitle(kind string) string { return kindTitles[kind] }

var kindTitles = map[string]string{
	KindRegister:    "Danh sách dân cư",
	KindCCCDMissing: "Danh sách chưa được cấp CCCD",
	KindEIDMissing:  "Danh sách chưa có tài khoản định danh điện tử",
	KindEID1:        "Danh sách định danh điện tử mức 1 chưa kích hoạt",
	KindEID2:        "Danh sách định danh điện tử mức 2 chưa kích hoạt",
	KindStatus:      "Trạng thái thẻ, tài khoản từng người (hệ thống định danh)",
	KindActive:      "Danh sách tài khoản định danh đã kích hoạt",
	KindPolice:      "Phần mềm theo dõi của Công an tỉnh, từng người",
	KindOperator:    "Danh sách thuê bao của nhà mạng",
	KindOfficials:   "Danh sách cán bộ, công chức, viên chức",
	KindPortal:      "Trích xuất đăng nhập Cổng dịch vụ công",
	KindTotals:      "Số tổng theo đơn vị từ phần mềm của Công an tỉnh",
	KindTargets:     "Bảng chỉ tiêu",
	KindUnits:       "Danh mục đơn vị hành chính",
	KindTeams:       "Danh sách tổ công tác",
}

// Kinds lists the known kinds in the order screens show them.
func Kinds() []string {
	return []string{KindRegister, KindCCCDMissing, KindEIDMissing, KindEID1, KindEID2, KindStatus, KindActive, KindPolice, KindOperator, KindTotals, KindOfficials, KindPortal, KindTargets, KindUnits, KindTeams}
}

// byUnit tells whether rows of this kind are units with a number a column.
func byUnit(kind string) bool { return kind == KindTargets || kind == KindTotals }

// Persons tells whether rows of this kind are persons.
func Persons(kind string) bool {
	switch kind {
	case KindTotals, KindTargets, KindUnits, KindTeams:
		return false
	}
	return true
}

// Hint is what the bringer of a file says about it; each part that is set wins over what the file says, except the
// place, which is only used where the file itself names none.
type Hint struct {
	Kind    string           // one of Kinds
	AsOf    clock.Day        // day the figures are of
	Commune string           // place for rows that name none, e.g. "Xã An Khương"
	Hamlet  string           // as Commune
	Mapping map[string]Field // Column.Key → field, as settled on the mapping screen
}

// Reading is what Recognise found out about a file.
type Reading struct {
	Name        string // of the file
	Format      string // "xlsx", "xls", "csv", "txt", "html"
	Encoding    string // of the text: "utf-8", "tcvn3", "vni", "cp1258", …
	Kind        string // one of Kinds, "" when no list was found
	Confidence  float64
	Why         []string // reasons for the kind, in Vietnamese
	Sheets      []SheetReading
	AsOf        clock.Day
	AsOfWhy     string // where the day was read, in Vietnamese
	CommuneText string // "Xã An Khương", "" when the file names none as a whole
	HamletText  string // "Ấp 1"
	Unknown     []Column
	SourceKey   string // the same for lists with the same headings: remembered mappings hang on it

	hint  Hint
	reps  map[int]*repairer
	class map[tableAt]*table
}

// SheetReading tells what one sheet holds.
type SheetReading struct {
	Index       int
	Name        string
	Hidden      bool
	Kind        string
	Heading     []int // row numbers of the first table's heading; empty when it has none
	Columns     []Column
	Later       []Table        // further tables under the first
	UnitText    string         // place named by the sheet's name or title
	Title       string         // the title line over the first table
	Rows        int            // data rows seen: in the head after Recognise, all after Rows
	Skipped     map[string]int // rows left out, by reason (Skip…)
	Reason      string         // why the sheet holds no list, in Vietnamese; "" when it does
	encodings   map[string]int
	communeText string
	hamletText  string
	agency      string // the office whose letterhead stands over the list
}

// Table is a further table of a sheet.
type Table struct {
	Heading []int
	Columns []Column
	Title   string
}

// Column is one column of a table.
type Column struct {
	Sheet   int
	Index   int    // 0-based
	Letter  string // "E"
	Heading string // all levels, joined with " / "
	Key     string // folded heading, or "#E" where there is none: what a remembered mapping is keyed by
	Field   Field  // "" when not recognised
	Sure    bool   // false: guessed from part of the heading or from the content
	Samples []string
}

// Why a row was left out; keys of SheetReading.Skipped.
const (
	SkipBlank     = "blank"      // nothing in it, or nothing but its ordinal
	SkipHead      = "letterhead" // letterhead and titles
	SkipHeading   = "heading"    // headings, also when repeated on each page
	SkipNumbering = "numbering"  // "(1) (2) (3)" under the heading
	SkipSection   = "section"    // "II. Ấp 3"
	SkipTotal     = "total"      // totals and subtotals
	SkipFoot      = "foot"       // signature block, notes
	SkipSheet     = "sheet"      // rows of a sheet that holds no list
)

// SkipTitle says a reason in Vietnamese.
func SkipTitle(reason string) string {
	switch reason {
	case SkipBlank:
		return "dòng trống"
	case SkipHead:
		return "phần đầu văn bản, tên danh sách"
	case SkipHeading:
		return "dòng tiêu đề cột"
	case SkipNumbering:
		return "dòng đánh số cột"
	case SkipSection:
		return "dòng chia mục"
	case SkipTotal:
		return "dòng tổng cộng"
	case SkipFoot:
		return "phần ký, ghi chú cuối danh sách"
	case SkipSheet:
		return "trang không có danh sách"
	}
	return reason
}

// Problem is something wrong with a row or one of its cells. With Hold the row waits for a person.
type Problem struct {
	Sheet  int
	Row    int
	Col    int    // 0-based; -1 for the row as a whole
	Column string // "E", "" for the row as a whole
	Code   string // stable, e.g. "number.length"
	Text   string // Vietnamese: what is wrong and what to do
	Hold   bool
}
