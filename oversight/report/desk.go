package report

import (
	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// The rights of this package.
const (
	VerbSee    access.Verb = "report.see"
	VerbWrite  access.Verb = "report.write"
	VerbSubmit access.Verb = "report.submit"
	VerbReturn access.Verb = "report.return"
)

// maxWords bounds a section, maxNote a comment, in bytes.
const (
	maxWords = 20_000
	maxNote  = 2_000
)

// Report is one unit's report of one period.
type Report struct {
	ID       int64
	Period   Period
	Unit     int64
	State    State
	Version  int64 // the newest that was handed in, 0 when none
	First    clock.Day
	Handed   string // instant of the newest version
	Accepted string
	When     Punctuality
	Words    map[string]Words // by section, the newest
	Versions []Version
	Notes    []Note
	Live     *Reading // as the tally tells it now; nil in lists
}

// Words are what somebody wrote in a section. ID names the wording, so that two people writing at once do not overwrite each other.
type Words struct {
	ID      int64
	Text    string
	WhoName string
	At      string
}

// Version is a report as it was handed in, under the code of its document (law D1).
type Version struct {
	N       int64
	Code    string
	Why     string // of a correction
	WhoName string
	At      string
}

// Note is a comment, a return or an acceptance.
type Note struct {
	Kind    string // comment, return, accept
	Section string // "" for the whole
	Version int64
	Text    string
	WhoName string
	At      string
}

// NoteTitle names a kind of note.
func NoteTitle(kind string) string {
	switch kind {
	case "return":
		return "trả lại để hoàn chỉnh"
	case "accept":
		return "đã nhận báo cáo"
	}
	return "góp ý"
}

// Kept is a document that was made, with what it was made from.
type Kept struct {
	Code    string
	Form    string
	Unit    int64
	Title   string
	SHA     string
	WhoName string
	At      string
	Reading *Reading
}

// Drift is a number that later facts tell differently of the same day (law C5): a late extract, a withdrawn list, a move.
type Drift struct {
	Unit   int64
	Title  string
	Target string
	Was    int64
	Now    int64
}

// Drifts compares a frozen reading with the same day as it is told now, for what counts.
func Drifts(was, now *Reading) []Drift {
	var out []Drift
	for i := range was.Rows {
		a := &was.Rows[i]
		b := now.Row(a.Unit)
		if b == nil {
			continue
		}
		for j := range was.Targets {
			if j < len(a.Numbers) && j < len(b.Numbers) && a.Numbers[j].Confirmed != b.Numbers[j].Confirmed {
				out = append(out, Drift{a.Unit, a.Title, was.Targets[j].Short, a.Numbers[j].Confirmed, b.Numbers[j].Confirmed})
			}
		}
	}
	return out
}

// reporting lists the units that owe reports to the plan's place: those directly under it on a day, communes of a district.
func reporting(tree *territory.Tree, place string, day clock.Day) (*territory.Unit, []*territory.Unit) {
	top := tree.Place(place)
	if top == nil {
		return nil, nil
	}
	return top, tree.Children(top.ID, day)
}

func tooLong(field, name string, limit int) error {
	return fault.New(fault.TooLarge, "report.words_long", "%s quá dài (tối đa %d ký tự). Hãy rút gọn, hoặc chuyển phần chi tiết vào phụ lục.", name, limit).On(field)
}
