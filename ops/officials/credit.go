package officials

import (
	"strings"

	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Credit is one citizen whom an official guided.
type Credit struct {
	ID       int64
	Official int64
	Person   int64
	What     string
	Day      clock.Day
	At       string
	Void     string // why it was taken back, "" while it stands
	State    State
	Name     string // of the citizen, for the official's own list
	Number   people.Number
}

// Ask is what an official types to have a citizen credited: the number and name from the card, or the text of its QR.
type Ask struct {
	Number  string
	Name    string
	QR      string // number|old|name|ddmmyyyy|…
	What    string
	Day     clock.Day // on which it was done, "" for today
	Consent bool      // the citizen agreed to be named
}

// read checks what was typed and fills number and name from the QR.
func (a *Ask) read(today, from clock.Day) error {
	if qr := strings.TrimSpace(a.QR); qr != "" {
		card, ok := vn.ReadCard(qr)
		if !ok {
			return fault.New(fault.Invalid, "officials.qr", "Không đọc được mã QR của thẻ; quét lại hoặc gõ số định danh và họ tên.").On("qr")
		}
		a.Number, a.Name = card.Number, card.Name
	}
	a.Number = strings.Map(func(r rune) rune {
		if r == ' ' || r == '.' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, a.Number)
	a.Name = strings.Join(strings.Fields(vn.NFC(a.Name)), " ")
	if a.Day == "" {
		a.Day = today
	}
	switch {
	case !twelveDigits(a.Number):
		return fault.New(fault.Invalid, "officials.credit_number", "Số định danh gồm đúng 12 chữ số; xem lại trên thẻ của người dân.").On("number")
	case a.Name == "":
		return fault.New(fault.Invalid, "officials.credit_name", "Hãy ghi họ tên người dân như trên thẻ, để chắc là đúng người.").On("name")
	case WorkTitle(a.What) == "":
		return fault.New(fault.Invalid, "officials.credit_what", "Hãy chọn việc đã hướng dẫn.").On("what")
	case a.Day.Time().IsZero() || a.Day > today:
		return fault.New(fault.Invalid, "officials.credit_day", "Ngày hướng dẫn không được sau hôm nay.").On("day")
	case a.Day < from:
		return fault.New(fault.Invalid, "officials.credit_early", "Ngày hướng dẫn phải từ ngày bắt đầu đợt (%s).", from.Vi()).On("day")
	case !a.Consent:
		return fault.New(fault.Invalid, "officials.consent", "Hãy hỏi và đánh dấu là người dân đồng ý cho ghi tên.").On("consent")
	}
	return nil
}

// Tally counts an official's credits against the quota N (KH:IV.1.d).
type Tally struct {
	Recorded int // standing ones, of any state that may still count or counts
	Counted  int
	Before   int // confirmed as of before, or twice: not counted
	N        int
}

func (t *Tally) add(s State) {
	switch s {
	case Counted:
		t.Counted++
		t.Recorded++
	case Waiting:
		t.Recorded++
	case Before, Twice:
		t.Before++
	}
}

// Done tells whether the quota is reached by what extracts confirm (law C3).
func (t *Tally) Done() bool { return t.N > 0 && t.Counted >= t.N }
