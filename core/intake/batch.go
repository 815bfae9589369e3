package intake

import (
	"bonphu/core/access"
	"bonphu/internal/clock"
)

// Batch is one coming-in of a file.
type Batch struct {
	ID          int64
	FileID      int64
	FileName    string
	SHA         string // of the file: SHA-256, hex (law F3)
	Size        int64
	Kind        string // one of Kinds; "" when refused before it was known
	SourceKey   string
	UnitID      int64 // the place for rows whose CommuneText is ""; 0 when not given
	AsOf        clock.Day
	State       State
	Who         int64
	WhoName     string
	CreatedAt   string // clock.Stamp
	AppliedAt   string
	WithdrawnAt string
	Sums        Sums
	Complete    Complete         // whether the list names everybody it is about; asked at import
	Refused     string           // why the file as a whole was refused, "" when it was not
	Chosen      string           // the kind a person chose, "" when it was recognised
	Mapping     map[string]Field // as settled on the mapping screen
	Reading     *Reading         // what was recognised; without samples when it comes from the database
	RepeatOf    int64            // an applied batch of the same file, kind, day and place; its rows are all the same
	Viewer      access.Viewer    // who applies, withdraws or settles now; for the rights on each row's own unit
}

// State is where a batch stands.
type State string

// Complete tells whether a list names everybody of its place that it is about (KH:IV.2.d).
type Complete string

// A partial list changes nobody whom it does not name. Sure is a full one whose large drop was confirmed by a second tick.
const (
	NotAsked Complete = ""
	Partial  Complete = "partial"
	Full     Complete = "full"
	Sure     Complete = "sure"
)

// Whole tells whether the list speaks of those it does not name as well.
func (c Complete) Whole() bool { return c == Full || c == Sure }

// Known tells whether it is one of the answers.
func (c Complete) Known() bool { return c == NotAsked || c == Partial || c == Full || c == Sure }

// The states of a batch, as in the database.
const (
	StateRead      State = "read"      // recognised, not tried
	StateTried     State = "tried"     // dry run done: the sums tell what would happen
	StateApplying  State = "applying"  // being applied
	StateApplied   State = "applied"   // applied whole
	StateWithdrawn State = "withdrawn" // applied and withdrawn
	StateRefused   State = "refused"   // the file as a whole
	StateBroken    State = "broken"    // the power failed while it was applied: nothing of it was kept (law F2)
)

// Title says a state in Vietnamese.
func (s State) Title() string {
	switch s {
	case StateRead:
		return "Đã nhận dạng"
	case StateTried:
		return "Đã chạy thử"
	case StateApplying:
		return "Đang nhập"
	case StateApplied:
		return "Đã nhập"
	case StateWithdrawn:
		return "Đã rút lại"
	case StateRefused:
		return "Bị từ chối"
	case StateBroken:
		return "Chưa nhập: bị ngắt giữa chừng, không dòng nào được ghi"
	}
	return string(s)
}

// Sums are the rows of a batch by verdict, which add up to Rows (law F1), and its persons by gender (a person repeated in
// the file counts once).
type Sums struct {
	Rows, New, Changed, Same, Held, Refused int64
	Female, Male, GenderUnknown             int64
	Unnamed                                 int64 // people whom a full list says something of without naming them; no rows
}

func (s *Sums) count(v Verdict) {
	s.Rows++
	switch v {
	case New:
		s.New++
	case Changed:
		s.Changed++
	case Same:
		s.Same++
	case Refused:
		s.Refused++
	default:
		s.Held++
	}
}

func (s *Sums) person(r *Row) {
	switch {
	case !Persons(r.Kind):
	case r.Gender == Female:
		s.Female++
	case r.Gender == Male:
		s.Male++
	default:
		s.GenderUnknown++
	}
}

// Issue is a row that is held or refused, or a remark on a cell of a row that was taken.
type Issue struct {
	ID         int64
	BatchID    int64
	Sheet      int
	SheetName  string
	Row        int
	Column     string // "E", "" for the row as a whole
	Verdict    Verdict
	Code       string
	Text       string
	Suggestion string // what a person may answer
	Person     int64  // the likeliest person of a doubtful match
	State      IssueState
	SettledBy  int64
	SettledAt  string
	SettledAs  string
}

// IssueState tells whether an issue waits for a person.
type IssueState string

// The states of an issue.
const (
	IssueOpen    IssueState = "open"    // waits
	IssueSettled IssueState = "settled" // applied by a person's decision
	IssueDropped IssueState = "dropped" // left out by a person's decision
	IssueRemark  IssueState = "remark"  // nothing to decide
)

// suggestion is the answer proposed for a fault.
func suggestion(code string) string {
	switch code {
	case codeLength, codeCharacters, codeProvince:
		return "Tra lại số trên thẻ hoặc Cơ sở dữ liệu quốc gia, sửa trong tệp rồi nhập lại."
	case codeGender:
		return "Nếu số đúng, sửa giới tính theo số; nếu giới tính đúng, tra lại số."
	case codeYear:
		return "Giữ ngày sinh theo giấy khai sinh; nếu đúng là một người thì chấp nhận dòng này."
	case "name.missing":
		return "Bổ sung họ tên rồi nhập lại."
	case "birth.impossible", "birth.range", "birth.two_digit_year":
		return "Sửa ngày sinh theo dạng ngày/tháng/năm; chỉ biết năm thì ghi năm."
	case "person.unidentified":
		return "Bổ sung số định danh hoặc ngày sinh."
	case "row.repeated":
		return "Giữ dòng đúng, bỏ dòng còn lại."
	case "sheet.kind":
		return "Tách trang này thành tệp riêng rồi nhập."
	}
	return "So hai bên, chọn người đúng hoặc ghi là người mới."
}
