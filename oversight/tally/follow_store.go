package tally

import (
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Touched is what the tally read of persons whose path it tells anew, for those who keep something of their own of the same facts.
type Touched struct {
	Persons []int64
	People  map[int64]people.Person
	Moves   map[int64][]people.Move
	Events  map[int64][]coverage.Event // void ones too, in no order

	old map[int64]rolled
}

// Live tells whether a person is in the register and not merged into another.
func (t *Touched) Live(person int64) bool {
	p, ok := t.People[person]
	return ok && p.State == people.Live
}

// Home gives where a person lived on a day.
func (t *Touched) Home(person int64, day clock.Day) int64 {
	p := t.People[person]
	return home(&p, t.Moves[person], day)
}

// Was gives the unit in which a person was counted before this transaction; 0 for somebody who was not.
func (t *Touched) Was(person int64) int64 { return t.old[person].unit }

// Follower keeps something beside the roll-ups, in the same transactions: before a commit it is handed the persons touched, and
// before a rebuild it is told to begin anew.
type Follower interface {
	Clear(tx *db.Tx) error
	Follow(tx *db.Tx, t *Touched) error
}
