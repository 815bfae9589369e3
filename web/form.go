package web

import (
	"net/url"

	"bonphu/internal/fault"
)

// Form is what was typed and what is wrong with it. The zero Form is an empty one, as a screen shows it first.
type Form struct {
	values url.Values
	faults []*fault.Fault
}

// NewForm shows a form with values already in it.
func NewForm(values url.Values) Form { return Form{values: values} }

// with keeps what was typed and puts a fault under its field.
func (f Form) with(values url.Values, faults ...*fault.Fault) Form {
	f.values, f.faults = values, append(f.faults, faults...)
	return f
}

// Value gives what was typed into a field.
func (f Form) Value(name string) string { return f.values.Get(name) }

// Is tells whether a choice was made.
func (f Form) Is(name, value string) bool {
	for _, v := range f.values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// Problem gives the sentence that stands under a field, "" when it is in order.
func (f Form) Problem(name string) string {
	for _, p := range f.faults {
		if p.Field == name {
			return p.Text
		}
	}
	return ""
}

// Summary gives what is wrong for the list at the form's top: nothing when a single sentence already stands under its
// field.
func (f Form) Summary() []*fault.Fault {
	if len(f.faults) == 1 && f.faults[0].Field != "" {
		return nil
	}
	return f.faults
}

// Field makes the input of a name with its label, value and problem.
func (f Form) Field(name, label string) Input {
	return Input{Name: name, Label: label, Value: f.Value(name), Problem: f.Problem(name), Type: "text"}
}

// Input is one text field of a form, for the part "field".
type Input struct {
	Name, Label, Value, Problem, Type string
	Hint, Auto, Mode, Place           string
	Must, First, Code                 bool
}

// As sets the input's type: "date", "number", "tel".
func (i Input) As(kind string) Input { i.Type = kind; return i }

// Password hides what is typed and never gives it back.
func (i Input) Password(auto string) Input {
	i.Type, i.Auto, i.Value = "password", auto, ""
	return i
}

// OneTime is a six-digit code from a telephone.
func (i Input) OneTime() Input {
	i.Auto, i.Mode, i.Code, i.Value = "one-time-code", "numeric", true, ""
	return i
}

// Tip adds a sentence of help between label and box.
func (i Input) Tip(s string) Input { i.Hint = s; return i }

// Fill sets the autocomplete name.
func (i Input) Fill(auto string) Input { i.Auto = auto; return i }

// Needed marks a field that may not be empty.
func (i Input) Needed() Input { i.Must = true; return i }

// Focus puts the cursor here when the screen opens.
func (i Input) Focus() Input { i.First = true; return i }

// Or gives the value a field starts with when nothing was typed.
func (i Input) Or(value string) Input {
	if i.Value == "" {
		i.Value = value
	}
	return i
}
