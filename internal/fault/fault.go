// Package fault is the error a person may read.
//
// A Fault carries a stable code for programs and a Vietnamese sentence that says what is wrong and what to do. Every
// other error is internal: its text never reaches a person, only a short incident code does.
package fault

import (
	"errors"
	"fmt"
)

// Kind sorts faults by what the asker can do about them; faces turn it into a status.
type Kind string

// The kinds, each with the HTTP status and exit status that the faces give it.
const (
	Invalid   Kind = "invalid"   // what was given is wrong: 422, exit 2
	Refused   Kind = "refused"   // a file as a whole cannot be taken: 422, exit 3
	Missing   Kind = "missing"   // what was asked for is not there: 404, exit 4
	Forbidden Kind = "forbidden" // the asker has no right to it: 403, exit 5
	Unknown   Kind = "unknown"   // nobody is signed in: 401, exit 5
	Conflict  Kind = "conflict"  // somebody else was faster: 409, exit 6
	TooLarge  Kind = "too_large" // beyond a stated bound: 413, exit 3
	Busy      Kind = "busy"      // try again in a moment: 503, exit 7
)

// Fault is an error whose sentence may be shown. Field names the form field or column it stands under, if any.
type Fault struct {
	Kind  Kind
	Code  string
	Text  string
	Field string
}

// New makes a fault; code is "package.what_is_wrong", text a Vietnamese sentence, formatted with args when there are any.
func New(kind Kind, code, text string, args ...any) *Fault {
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return &Fault{Kind: kind, Code: code, Text: text}
}

// On returns the same fault placed under a field.
func (f *Fault) On(field string) *Fault {
	c := *f
	c.Field = field
	return &c
}

// Error gives the sentence.
func (f *Fault) Error() string { return f.Text }

// Is tells whether err is a fault of that kind.
func Is(err error, kind Kind) bool {
	f, ok := As(err)
	return ok && f.Kind == kind
}

// As finds the fault in err's chain.
func As(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// ExitStatus gives the exit status of a command that ends in err: 0 for nil, 1 for an internal error.
func ExitStatus(err error) int {
	if err == nil {
		return 0
	}
	f, ok := As(err)
	if !ok {
		return 1
	}
	switch f.Kind {
	case Refused, TooLarge:
		return 3
	case Missing:
		return 4
	case Forbidden, Unknown:
		return 5
	case Conflict:
		return 6
	case Busy:
		return 7
	default:
		return 2
	}
}
