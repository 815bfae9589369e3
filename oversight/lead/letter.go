package lead

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/mail"
	"bonphu/internal/vn"
)

// Digest is the kind of letter that tells an account what it must do today.
const Digest = "digest"

// States of a letter.
const (
	Waiting = "waiting" // to be sent, perhaps again
	Sent    = "sent"
	Nothing = "none"   // there was nothing to say
	Failed  = "failed" // given up
	Stale   = "stale"  // the day ended before it could be sent: the next day's letter says more
)

// LetterTitle names a state for people.
func LetterTitle(state string) string {
	return map[string]string{Waiting: "Chờ gửi", Sent: "Đã gửi", Nothing: "Không có việc, không gửi", Failed: "Không gửi được", Stale: "Hết ngày, bỏ"}[state]
}

// pauses are how long a letter waits after each try that failed; it is given up after the last.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour}

// held is how long a letter that is being sent belongs to the one who sends it: if the program dies meanwhile, it is tried again then,
// under the same Message-ID.
const held = 10 * time.Minute

// Own is where the viewer wants letters sent.
type Own struct {
	Address string
	Wants   bool
	Ready   bool // a server is set
}

// Out is one letter that was sent, or is to be.
type Out struct {
	ID          int64
	Login, Name string
	Day         clock.Day
	State, Code string
	Tries       int64
	Tasks       int64
	Next, Sent  string // instants
}

// compose writes the letter of a day: counts, titles and links, no person and no number of one (law R3).
func (p *Post) compose(account int64, day clock.Day, to string, at time.Time, tasks []Task) mail.Letter {
	late := 0
	for _, t := range tasks {
		if t.When(day) == Overdue {
			late++
		}
	}
	subject := fmt.Sprintf("Việc hôm nay %s: %s việc", day.Vi(), vn.Int(int64(len(tasks))))
	if late > 0 {
		subject += fmt.Sprintf(", %s quá hạn", vn.Int(int64(late)))
	}
	var b strings.Builder
	if c := p.Plan(); c != nil {
		fmt.Fprintf(&b, "%s, %s\n", c.ShortTitle, c.Place.Name)
	}
	last := ""
	for _, t := range tasks {
		if when := t.When(day); when != last {
			fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(WhenTitle(when)))
			last = when
		}
		fmt.Fprintf(&b, "- %s\n", t.Line(day))
	}
	if p.Base != "" {
		fmt.Fprintf(&b, "\nMở danh sách việc: %s/hom-nay\nThôi nhận thư này: %s/thu-nhac-viec\n", p.Base, p.Base)
	}
	l := mail.Letter{ID: fmt.Sprintf("viec-%s-%s", day, id.String(account)), To: to, Subject: subject, Text: b.String(), At: at}
	if p.Base != "" {
		l.Stop = p.Base + "/thu-nhac-viec"
	}
	return l
}

// WhenTitle names a group of tasks.
func WhenTitle(when string) string {
	return map[string]string{Overdue: "Quá hạn", Now: "Hôm nay", Soon: "Sắp đến hạn"}[when]
}

// Line says a task in one line: "Duyệt tình trạng công dân: 12 đề nghị, 3 quá hạn".
func (t Task) Line(day clock.Day) string {
	s := t.Title
	if t.N > 1 {
		s += ": " + vn.Int(int64(t.N)) + " " + t.Unit
		if t.Late > 0 && t.Late < t.N {
			s += ", " + vn.Int(int64(t.Late)) + " quá hạn"
		}
	}
	if t.Due != "" && t.Due != day {
		s += ", hạn " + t.Due.Vi()
	}
	return s
}

// after tells when a letter is tried again after so many tries, and whether it is given up.
func after(tries int64, err error, now time.Time) (code string, next time.Time, given bool) {
	code = mail.Broken
	var f *mail.Failure
	if errors.As(err, &f) {
		code = f.Code
		if f.Final {
			return code, now, true
		}
	}
	if int(tries) > len(pauses) {
		return code, now, true
	}
	return code, now.Add(pauses[max(0, tries-1)]), false
}
