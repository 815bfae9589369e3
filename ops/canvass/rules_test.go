package canvass

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/vn"
)

// cases reads what the phone runs too.
func cases[T any](t *testing.T, file string) []T {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "field", "vectors", file))
	if err != nil {
		t.Fatal(err)
	}
	var list []T
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) < 5 {
		t.Fatalf("%s holds %d cases", file, len(list))
	}
	return list
}

func TestClause_III_2_e_TheListIsOrderedByWhatIsLikeliestToSucceed(t *testing.T) {
	for _, c := range cases[struct {
		Name    string
		Day     clock.Day
		Part    Part
		Contact struct {
			Result      Result
			Day, Return clock.Day
			Part        Part
			Tries       int64
		}
		Class int
		Why   string
		Open  bool
	}](t, "order.json") {
		class, why, open := Order(Contact{Result: c.Contact.Result, Day: c.Contact.Day, Return: c.Contact.Return, Part: c.Contact.Part, Tries: c.Contact.Tries}, c.Day, c.Part)
		if class != c.Class || why != c.Why || open != c.Open {
			t.Errorf("%s: class %d, %q, open %v; want %d, %q, %v", c.Name, class, why, open, c.Class, c.Why, c.Open)
		}
	}
}

func TestClause_III_2_a_WhatBlocksComesFirst(t *testing.T) {
	for _, c := range cases[struct {
		Name     string
		Segments []plan.Segment
		Needs    []string
		Steps    []Step
	}](t, "steps.json") {
		got := Steps(&plan.Plan{Segments: c.Segments}, c.Needs)
		if len(got)+len(c.Steps) > 0 && !reflect.DeepEqual(got, c.Steps) {
			t.Errorf("%s: %v, want %v", c.Name, got, c.Steps)
		}
	}
}

func TestTheCardIsReadAsOnThePhone(t *testing.T) {
	for _, c := range cases[struct {
		Name, Text string
		Card       *vn.Card
	}](t, "card.json") {
		got, ok := vn.ReadCard(c.Text)
		if ok != (c.Card != nil) || ok && got != *c.Card {
			t.Errorf("%s: %v %+v", c.Name, ok, got)
		}
	}
}

func TestTextIsFoldedAsOnThePhone(t *testing.T) {
	for _, c := range cases[struct{ Text, Fold string }](t, "fold.json") {
		if got := vn.Fold(c.Text); got != c.Fold {
			t.Errorf("%q: %q, want %q", c.Text, got, c.Fold)
		}
	}
}

func TestThePartOfTheDayIsToldAsOnThePhone(t *testing.T) {
	for _, c := range cases[struct {
		Hour, Evening string
		Part          Part
	}](t, "part.json") {
		if got := PartAt(c.Hour, c.Evening); got != c.Part {
			t.Errorf("%s, evening %s: %s, want %s", c.Hour, c.Evening, got, c.Part)
		}
	}
}
