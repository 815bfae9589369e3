// Package dossier is an application's way from the kit to the account (KH:III.3.d): collected, transmitted, approved or rejected, card
// issued and handed over, account approved and activated.
//
// A dossier's state is never written by itself: it is the last stay of the path that its steps tell, those taken back left out. A step is
// set by the desk (the team says so, and the ledger has it at level claimed) or shown by an extract, which may come late and for a past
// day. Each change of a path is booked on the counts by unit, state and day in the same transaction, so any past day can be told (law C5).
package dossier

import (
	"crypto/rand"
	"sort"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// Kind is what a dossier asks for.
type Kind string

// The kinds, as the plan's norms spell them.
const (
	Card Kind = "card" // a card
	EID2 Kind = "eid2" // an account of level 2 for somebody who has a card
	Both Kind = "both" // a card and an account at once
)

// Kinds lists them in the order of screens.
func Kinds() []Kind { return []Kind{Card, EID2, Both} }

// KindTitle names a kind for people.
func KindTitle(k Kind) string {
	switch k {
	case Card:
		return "Cấp thẻ CCCD"
	case EID2:
		return "Định danh mức 2"
	case Both:
		return "Cấp thẻ kèm định danh mức 2"
	}
	return string(k)
}

// State is where a dossier stands.
type State string

// The states, in the order of the way; rejected and cancelled end it.
const (
	Collected   State = "collected"
	Transmitted State = "transmitted"
	Rejected    State = "rejected"
	Approved    State = "approved"
	Issued      State = "issued"
	Handed      State = "handed"
	Account     State = "account"
	Activated   State = "activated"
	Cancelled   State = "cancelled"
)

// States lists them in the order of the way; a state's index is its rank.
func States() []State {
	return []State{Collected, Transmitted, Rejected, Approved, Issued, Handed, Account, Activated, Cancelled}
}

func rank(s State) int {
	for i, x := range States() {
		if x == s {
			return i
		}
	}
	return -1
}

var titles = map[State]string{Collected: "Đã thu nhận", Transmitted: "Đã truyền về Bộ", Rejected: "Bị trả lại", Approved: "Đã duyệt", Issued: "Đã có thẻ", Handed: "Đã trả thẻ",
	Account: "Tài khoản đã duyệt", Activated: "Đã kích hoạt", Cancelled: "Đã hủy"}

// Title names a state for people.
func Title(s State) string { return titles[s] }

// next is everything that a desk may do after a state, by kind.
var next = map[Kind]map[State][]State{
	Card: {Collected: {Transmitted, Cancelled}, Transmitted: {Approved, Issued, Rejected}, Approved: {Issued, Handed}, Issued: {Handed}},
	EID2: {Collected: {Transmitted, Cancelled}, Transmitted: {Account, Rejected}, Account: {Activated}},
	Both: {Collected: {Transmitted, Cancelled}, Transmitted: {Approved, Issued, Rejected}, Approved: {Issued, Handed, Account}, Issued: {Handed, Account}, Handed: {Account, Activated}, Account: {Activated}},
}

// Next lists what a desk may do with a dossier in a state; nothing at the end of the way.
func Next(k Kind, s State) []State { return next[k][s] }

// Ends tells whether a dossier needs nothing more: its way is done, or it was rejected or cancelled.
func Ends(k Kind, s State) bool { return len(next[k][s]) == 0 }

// Done tells whether a dossier reached what it asked for.
func Done(k Kind, s State) bool { return Ends(k, s) && s != Rejected && s != Cancelled }

// has tells whether a state lies on a kind's way.
func has(k Kind, s State) bool {
	if _, ok := next[k][s]; ok || s == Rejected || s == Cancelled {
		return true
	}
	return k == Card && s == Handed || k != Card && s == Activated
}

// mayMove refuses a step that the way does not have, with the reason in a sentence.
func mayMove(k Kind, from, to State) error {
	for _, s := range next[k][from] {
		if s == to {
			return nil
		}
	}
	switch {
	case rank(to) < 0:
		return fault.New(fault.Invalid, "dossier.state", "Chặng này không có.").On("to")
	case !has(k, to):
		return fault.New(fault.Conflict, "dossier.not_of_kind", "Hồ sơ “%s” không có chặng “%s”.", KindTitle(k), Title(to)).On("to")
	case from == to:
		return fault.New(fault.Conflict, "dossier.same", "Hồ sơ đã ở chặng “%s”.", Title(to)).On("to")
	case from == Cancelled:
		return fault.New(fault.Conflict, "dossier.cancelled", "Hồ sơ đã hủy nên không đi tiếp được. Hãy thu nhận hồ sơ mới.").On("to")
	case from == Rejected:
		return fault.New(fault.Conflict, "dossier.rejected", "Hồ sơ đã bị trả lại nên không đi tiếp được. Hãy bấm “Làm lại” để mở hồ sơ nối tiếp.").On("to")
	case to == Cancelled:
		return fault.New(fault.Conflict, "dossier.cancel_late", "Chỉ hủy được hồ sơ chưa truyền. Hồ sơ này đang ở chặng “%s”.", Title(from)).On("to")
	case rank(to) < rank(from):
		return fault.New(fault.Conflict, "dossier.backwards", "Hồ sơ đang ở chặng “%s”, không lùi về “%s” được. Nếu ghi nhầm, hãy rút bước vừa ghi.", Title(from), Title(to)).On("to")
	}
	return fault.New(fault.Conflict, "dossier.skips", "Hồ sơ đang ở chặng “%s”, chưa sang “%s” ngay được. Bước tiếp theo: %s.", Title(from), Title(to), nextWords(k, from)).On("to")
}

func nextWords(k Kind, s State) string {
	var out []string
	for _, n := range next[k][s] {
		if n != Cancelled {
			out = append(out, "“"+Title(n)+"”")
		}
	}
	return strings.Join(out, " hoặc ")
}

// Step is one entry of a dossier's history.
type Step struct {
	ID, Dossier int64
	State       State
	Day         clock.Day
	Extract     bool   // shown by an extract, not set by the desk
	Reason      string // of a rejection, as the plan spells it
	Note        string
	Batch       int64 // of transmission
	Event       int64 // the claim written with it, or the extract's event
	Who         int64
	WhoName     string
	At          string
	VoidAt      string
	VoidWhy     string
}

// Stay is a stretch of a dossier's path: from Day on it is in State. Step is the index of the step that says so.
type Stay struct {
	Day   clock.Day
	State State
	Step  int
}

// Path tells a dossier's path from its steps, whatever their order; those taken back are left out, and so is one that says less than was
// reached by its day.
func Path(steps []Step) []Stay {
	var out []Stay
	for i := range steps {
		if steps[i].VoidAt == "" {
			out = append(out, Stay{steps[i].Day, steps[i].State, i})
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i], out[j]
		switch {
		case a.Day != b.Day:
			return a.Day < b.Day
		case a.State != b.State:
			return rank(a.State) < rank(b.State)
		}
		return steps[a.Step].At < steps[b.Step].At
	})
	n := 0
	for _, s := range out {
		if n > 0 && rank(s.State) <= rank(out[n-1].State) {
			continue
		}
		out[n] = s
		n++
	}
	return out[:n]
}

// letters are those of a look-up code: none looks like another, none is a vowel that makes a word.
const letters = "BCDFGHKLMNPQRTVWXZ"

// codeLen is the length of a look-up code: 18^10 is more than three million million.
const codeLen = 10

// newCode makes a look-up code that nobody can guess or count on from another.
func newCode() string {
	var b [codeLen]byte
	for i := 0; i < len(b); {
		var r [1]byte
		_, _ = rand.Read(r[:])
		if int(r[0]) < 256/len(letters)*len(letters) {
			b[i] = letters[int(r[0])%len(letters)]
			i++
		}
	}
	return string(b[:])
}

// CodeText is a code in two groups, as it is read aloud.
func CodeText(code string) string {
	if len(code) != codeLen {
		return code
	}
	return code[:5] + " " + code[5:]
}

// ReadCode tidies a code as somebody typed it; "" for what is none.
func ReadCode(text string) string {
	text = strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(strings.TrimSpace(text)))
	if len(text) != codeLen || strings.Trim(text, letters) != "" {
		return ""
	}
	return text
}
