package intake

import (
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// Gender as rows carry it; "" when not known.
const (
	Male   = "male"
	Female = "female"
)

// Status is one of the status columns a list may have; Row.Status is indexed by it.
type Status int

// The status columns.
const (
	StatusCCCD   Status = iota // Tình trạng CCCD: canonical "none" (chưa cấp), "issued" (đã cấp), "pending", or the text
	StatusEID                  // account: "none", "level1-inactive", "level1-active", "level2-inactive", "level2-active", "inactive", "active", or the text
	StatusSIM                  // SIM chính chủ: "yes", "no"
	StatusSign                 // chữ ký số: "yes", "no"
	StatusDevice               // "4G", "2G", "3G", "5G", "none", "smart"
	StatusPortal               // đăng nhập Cổng DVC quốc gia: "yes", "no"
	StatusPortalProvince
	StatusResident // thường trú, tạm trú, vắng, chết, đi nước ngoài … as text
	statusCount
)

// Row is one row of a list in canonical values. It is reused: what is kept beyond the callback must be copied (the
// strings may be kept as they are). Personal numbers in it are whole: never log a Row.
type Row struct {
	Sheet  int // 0-based
	Line   int // 1-based row number as in the file
	Kind   string
	Name   string
	Birth  vn.Birth
	Gender string // Male, Female, ""; from its column, else from the citizen number
	Number string // citizen number, 12 digits, already checked; "" when there is none
	OldID  string // 9-digit CMND
	Phone  string // 0912345678
	// What a masked cell shows, "070•••••1234": digits, and • for each that is hidden; never kept (KH:IV.2.d).
	NumberMask, PhoneMask string

	CommuneText    string // "Xã An Khương"; the kind of unit is left out where the file leaves it out
	HamletText     string // "Ấp 1"
	Group          string // tổ within the hamlet
	Address        string // permanent residence as written
	Current        string // present residence as written
	Ethnic         string
	Household      string
	HeadOfHouse    string
	Relation       string
	Note           string
	Reason         string
	Position       string // chức vụ; in teams the role
	Agency         string // đơn vị công tác
	Status         [statusCount]string
	AsOf           clock.Day // of this row, "" = the batch's
	Unit           Unit      // of kinds units and targets
	Targets        []Target
	Team           string
	Days           float64 // working days or sessions of a team member
	Extra          []Extra // columns with a heading and without a field
	Problems       []Problem
	genderFromFile bool
}

// Unit is what a row of a list of units says.
type Unit struct {
	Code, Name, Kind, Parent string
	Lat, Lon                 float64
	From, Until              clock.Day
}

// Target is one cell of a target table. Key is the synonym table's name for the column ("cccd-first", "cccd-hard", "eid",
// "sim", "phone4g"), "" for a heading it does not know; Heading is as written, for the plan to compare with its own.
type Target struct {
	Column  int
	Key     string
	Heading string
	N       int64
}

// Extra is a cell that no field takes.
type Extra struct{ Heading, Text string }

// Held tells whether the row must wait for a person, and the first problem that says so.
func (r *Row) Held() (Problem, bool) {
	for _, p := range r.Problems {
		if p.Hold {
			return p, true
		}
	}
	return Problem{}, false
}

// Key tells rows of one person (or unit, or team member) apart from others within a list: the citizen number when there
// is one, else folded name, birth date and place (law P1). "" when the row identifies nobody.
func (r *Row) Key() string {
	switch r.Kind {
	case KindTargets, KindTotals:
		return "u:" + vn.Fold(r.Unit.Name)
	case KindUnits:
		if r.Unit.Code != "" {
			return "u:" + r.Unit.Code
		}
		return "u:" + vn.Fold(r.Unit.Kind+" "+r.Unit.Name) + "|" + vn.Fold(r.Unit.Parent)
	case KindTeams:
		return "t:" + vn.Fold(r.Team) + "|" + vn.Fold(r.Name) + "|" + vn.Fold(r.HamletText) + "|" + r.Phone
	}
	if r.Number != "" {
		return r.Number
	}
	if r.OldID != "" {
		return "c:" + r.OldID
	}
	if r.Name == "" {
		return ""
	}
	if r.Kind == KindOfficials {
		return "o:" + vn.Fold(r.Agency) + "|" + vn.Fold(r.Name) + "|" + r.Birth.String()
	}
	return "n:" + vn.Fold(r.Name) + "|" + r.Birth.String() + "|" + vn.Fold(r.CommuneText) + "|" + vn.Fold(r.HamletText)
}

func (r *Row) reset(sheet, line int) {
	*r = Row{Sheet: sheet, Line: line, Targets: r.Targets[:0], Extra: r.Extra[:0], Problems: nil}
}
