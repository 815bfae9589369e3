package worklist

import (
	"crypto/rand"
	"strings"

	"bonphu/internal/clock"
)

// Sheet is a list as it was printed: the same people in the same order, so that what was ticked on paper is entered later in one go. Each
// row has the id of its visit from the beginning: entering a sheet twice is entering it once (law O2).
type Sheet struct {
	ID   int64
	Code string // six letters and figures, printed beside the QR
	Unit int64
	Team int64 // 0 for none
	Name string
	Day  clock.Day // on which the list is walked
	By   string
	At   string
	Rows []SheetRow
}

// SheetRow is one line of a printed list; N counts from 1.
type SheetRow struct {
	N             int64
	Person, Visit int64
}

// MaxSheet is how many people one printed list may hold.
const MaxSheet = 200

// letters of a code: none that looks like another.
const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

const codeLength = 6

func newCode() string {
	b := make([]byte, codeLength)
	_, _ = rand.Read(b)
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b)
}

// TidyCode spells a code as people type it: capitals, no spaces or dashes.
func TidyCode(s string) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' || c == '\u2013' {
			return -1
		}
		return c
	}, strings.ToUpper(s))
}
