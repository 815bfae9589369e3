package access

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

// Verb is something a person may do on a subtree of units (law R1), spelled "noun.verb".
type Verb string

// Role is a named set of verbs, as data.
type Role struct {
	ID     string
	Title  string
	TOTP   bool // must sign in with a second factor
	Verbs  []Verb
	Device bool // held by phones alone: no account is given it
}

//go:embed roles.yaml
var rolesFile []byte

type roleData struct {
	Roles []Role
	Verbs map[Verb]string
	Acts  map[string]string
}

var readRoles = sync.OnceValue(func() roleData {
	var d roleData
	if err := yaml.UnmarshalWithOptions(rolesFile, &d, yaml.Strict()); err != nil {
		panic("access: roles.yaml: " + err.Error()) // shipped with the program and tested
	}
	return d
})

// Roles lists the roles in the order screens show them.
func Roles() []Role { return readRoles().Roles }

// Grantable lists the roles that an account may be given.
func Grantable() []Role {
	return slices.DeleteFunc(slices.Clone(Roles()), func(r Role) bool { return r.Device })
}

// RoleOf finds a role; false when there is none of that id.
func RoleOf(id string) (Role, bool) {
	for _, r := range Roles() {
		if r.ID == id {
			return r, true
		}
	}
	return Role{}, false
}

// RoleTitle names a role for people.
func RoleTitle(id string) string {
	r, _ := RoleOf(id)
	return r.Title
}

// TitleOf says a verb for people: "xem bảng điều hành".
func TitleOf(v Verb) string { return readRoles().Verbs[v] }

// TitleOfAct says what a row of the trail did: a verb's title, or that of an act that needs no right; what is unknown is given back.
func TitleOfAct(act string) string {
	if t := TitleOf(Verb(act)); t != "" {
		return t
	}
	if t := readRoles().Acts[act]; t != "" {
		return t
	}
	return act
}

// Verbs lists all verbs in order.
func Verbs() []Verb {
	var out []Verb
	for v := range readRoles().Verbs {
		out = append(out, v)
	}
	slices.Sort(out)
	return out
}

// Has tells whether the role contains a verb.
func (r Role) Has(v Verb) bool { return slices.Contains(r.Verbs, v) }
