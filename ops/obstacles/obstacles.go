// Package obstacles is what stands in the way of the work (KH:VI): who met it, who owes an answer by when, and the answer.
package obstacles

import (
	"strings"
	"unicode/utf8"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Obstacle is one thing that stands in the way. People counts those affected, 0 when nobody said.
type Obstacle struct {
	ID       int64 // made where it was recorded: sending twice is sending once (law O2)
	Unit     int64
	Category string
	Text     string
	People   int
	Photo    []byte // JPEG without metadata; nil for none
	At       string // instant
	Day      clock.Day
	Team     int64
	Device   int64
	Who      int64
	WhoName  string
}

// The bounds of an obstacle's text in letters.
const (
	minText = 10
	maxText = 2000
)

func noNumbers() *fault.Fault {
	return fault.New(fault.Invalid, "obstacles.number", "Nội dung không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("text")
}

// check refuses what cannot be kept and tidies the text; personal numbers have no place in it.
func (o *Obstacle) check() error {
	o.Text = strings.TrimSpace(vn.NFC(o.Text))
	switch {
	case utf8.RuneCountInString(o.Text) < minText || utf8.RuneCountInString(o.Text) > maxText:
		return fault.New(fault.Invalid, "obstacles.text", "Hãy kể vướng mắc trong 10 đến 2.000 chữ.").On("text")
	case vn.HoldsNumber(o.Text):
		return noNumbers()
	case o.People < 0 || o.People > 1_000_000:
		return fault.New(fault.Invalid, "obstacles.people", "Số người bị ảnh hưởng phải từ 0 đến 1.000.000.").On("people")
	}
	return nil
}
