// Package aid is the operators' offers and the orders of telephones, SIMs and signatures, from a visit to the extract that confirms it
// (KH:II.1, KH:III.1.b, KH:III.2.c). An operator sees its own orders only, and of a person only what it needs to bring a thing to the door.
package aid

import (
	"crypto/rand"
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// State is where an order stands.
type State string

// The states, as in the database.
const (
	Asked     State = "asked"     // the citizen asked for it
	Accepted  State = "accepted"  // the operator took it on
	Ready     State = "ready"     // the thing lies at the place, or a day is agreed
	Handed    State = "handed"    // with a receipt
	Installed State = "installed" // the signature is on the SIM
	Confirmed State = "confirmed" // an extract shows it
	Cancelled State = "cancelled" // the citizen does not want it any more
	Refused   State = "refused"   // the operator cannot
)

// States are all states in the order of the way.
var States = []State{Asked, Accepted, Ready, Handed, Installed, Confirmed, Cancelled, Refused}

// Title names a state for people.
func Title(s State) string {
	switch s {
	case Asked:
		return "Mới đăng ký"
	case Accepted:
		return "Nhà mạng đã nhận"
	case Ready:
		return "Đã có hàng, đã hẹn"
	case Handed:
		return "Đã giao"
	case Installed:
		return "Đã cài chữ ký số"
	case Confirmed:
		return "Bản trích xuất xác nhận"
	case Cancelled:
		return "Người dân hủy"
	case Refused:
		return "Nhà mạng từ chối"
	}
	return "Chưa rõ"
}

// Where an order comes from.
const (
	FromVisit = "visit"
	FromDesk  = "desk"
)

// Who took the thing.
const (
	Self     = "self"
	Relative = "relative"
)

// Open tells whether an order is still to be carried: a second one of its kind is refused.
func (s State) Open() bool { return s != Confirmed && !s.Ended() }

// Ended tells whether an order came to nothing.
func (s State) Ended() bool { return s == Cancelled || s == Refused }

// Before tells whether nothing was given yet, so that an order can still come to nothing.
func (s State) Before() bool { return s == Asked || s == Accepted || s == Ready }

// Next lists the states to which a person may bring an order of a kind.
func Next(item *plan.AidItem, s State) []State {
	if item == nil {
		return nil
	}
	var out []State
	given := Handed
	if item.Handed == "" {
		given = Installed
	}
	switch s {
	case Asked:
		out = []State{Accepted}
	case Accepted:
		out = []State{Ready, given}
	case Ready:
		out = []State{given}
	case Handed:
		if item.Installed != "" {
			out = []State{Installed}
		}
	}
	if s.Before() {
		out = append(out, Cancelled, Refused)
	}
	return out
}

func mayMove(item *plan.AidItem, from, to State) error {
	if slices.Contains(Next(item, from), to) {
		return nil
	}
	return fault.New(fault.Conflict, "aid.move", "Đơn đang ở chặng “%s” nên không chuyển sang “%s” được.", Title(from), Title(to)).On("to")
}

// Offer is what an operator offers (KH:III.1.b). Price is in whole đồng; Until "" has no end.
type Offer struct {
	ID           int64
	Office       int64
	Kind         string // a kind of order of the plan
	Title        string
	Price        int64
	From, Until  clock.Day
	Conditions   string
	FileName     string // of the document; "" for none
	FileMIME     string
	WhoName      string
	At           string
	WithdrawnAt  string
	WithdrawnWhy string
	Stock        []Stock // nil for one without a bound
}

// Stock is how many pieces are left at a place: a commune or the district.
type Stock struct {
	Unit int64
	N    int64
}

// In tells whether an offer can be ordered on a day.
func (o *Offer) In(day clock.Day) bool {
	return o.WithdrawnAt == "" && o.From <= day && (o.Until == "" || day <= o.Until)
}

// Left is how many pieces are left in all.
func (o *Offer) Left() int64 {
	var n int64
	for _, s := range o.Stock {
		n += s.N
	}
	return n
}

// Order is one order of one person (KH:III.2.c). Office 0 is no operator chosen yet, Offer 0 any offer. Consent says who heard the person
// agree that an operator may call, and when.
type Order struct {
	ID          int64 // made where it was recorded: sending twice is sending once (law O2)
	Person      int64
	Unit        int64 // where the person lived when it was taken
	Kind        string
	Offer       int64
	Office      int64
	Price       int64 // of the offer when it was chosen
	ConsentName string
	ConsentAt   string
	Source      string
	Visit       int64
	Team        int64
	State       State
	Since       clock.Day
	Day         clock.Day
	Receipt     string
	Received    string // Self or Relative
	Serial      string // last characters only
	StockUnit   int64
	Denied      clock.Day // of the extract that contradicts the hand-over
	Who         int64
	WhoName     string
	At          string
}

// Step is one step of an order; nothing of it is ever removed (law C4).
type Step struct {
	ID      int64
	Order   int64
	State   State
	Day     clock.Day
	Note    string
	Extract bool
	Event   int64
	Who     int64
	WhoName string
	At      string
	VoidAt  string
	VoidWhy string
}

// Aged tells how many days an order has been in its state and how many it may (0 for no bound).
func Aged(p *plan.Plan, s State, since, today clock.Day) (days, norm int) {
	if !s.Open() || since == "" {
		return 0, 0
	}
	return today.Sub(since), p.Aid.Age(string(s))
}

// The bounds of what is typed in.
const (
	maxPrice      = 100_000_000
	maxConditions = 2000
	maxTitle      = 160
	maxNote       = 500
	maxStock      = 1_000_000
	serialTail    = 4
)

func (o *Offer) check(p *plan.Plan) error {
	o.Title = strings.Join(strings.Fields(vn.NFC(o.Title)), " ")
	o.Conditions = strings.TrimSpace(vn.NFC(o.Conditions))
	switch {
	case p.Aid.Item(o.Kind) == nil:
		return fault.New(fault.Invalid, "aid.kind", "Hãy chọn loại ưu đãi.").On("kind")
	case o.Title == "" || utf8.RuneCountInString(o.Title) > maxTitle:
		return fault.New(fault.Invalid, "aid.title", "Hãy ghi tên ưu đãi (tối đa 160 chữ).").On("title")
	case vn.HoldsNumber(o.Title):
		return fault.New(fault.Invalid, "aid.number", "Tên ưu đãi không được chứa số định danh hay số điện thoại của ai.").On("title")
	case o.Price < 0 || o.Price > maxPrice:
		return fault.New(fault.Invalid, "aid.price", "Giá phải từ 0 đến 100.000.000 đồng.").On("price")
	case o.From == "":
		return fault.New(fault.Invalid, "aid.from", "Hãy ghi ngày bắt đầu ưu đãi.").On("from")
	case o.Until != "" && o.Until < o.From:
		return fault.New(fault.Invalid, "aid.until", "Ngày kết thúc (%s) trước ngày bắt đầu (%s).", o.Until.Vi(), o.From.Vi()).On("until")
	case utf8.RuneCountInString(o.Conditions) > maxConditions:
		return fault.New(fault.Invalid, "aid.conditions", "Điều kiện quá dài (tối đa 2.000 chữ).").On("conditions")
	}
	return nil
}

func noteOf(text, field string) (string, error) {
	text = strings.Join(strings.Fields(vn.NFC(text)), " ")
	switch {
	case utf8.RuneCountInString(text) > maxNote:
		return "", fault.New(fault.Invalid, "aid.note", "Ghi chú quá dài (tối đa 500 chữ).").On(field)
	case vn.HoldsNumber(text):
		return "", fault.New(fault.Invalid, "aid.number", "Ghi chú không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On(field)
	}
	return text, nil
}

// tailOf keeps the last characters of a serial number: enough to tell two boxes apart.
func tailOf(serial string) string {
	var keep []rune
	for _, r := range strings.ToUpper(vn.Fold(serial)) {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			keep = append(keep, r)
		}
	}
	return string(keep[max(0, len(keep)-serialTail):])
}

const (
	receiptLetters = "ABCDEFGHKLMNPRSTUVXY" // none that is taken for another
	receiptLen     = 8
)

// newReceipt makes the code of a receipt that nobody can guess from another.
func newReceipt() string {
	var b [receiptLen]byte
	for i := 0; i < len(b); {
		var r [1]byte
		_, _ = rand.Read(r[:])
		if int(r[0]) < 256/len(receiptLetters)*len(receiptLetters) {
			b[i] = receiptLetters[int(r[0])%len(receiptLetters)]
			i++
		}
	}
	return string(b[:])
}

// ReceiptText is a receipt's code in two groups, as it is read aloud.
func ReceiptText(code string) string {
	if len(code) != receiptLen {
		return code
	}
	return code[:4] + "-" + code[4:]
}
