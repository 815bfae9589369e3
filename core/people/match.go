package people

import (
	"strconv"
	"strings"

	"bonphu/internal/vn"
)

func unitText(n int64) string { return strconv.FormatInt(n, 10) }

func unitOf(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// Match is what comparing a row with the register found.
type Match struct {
	Person *Person  // the one it is
	Doubt  bool     // it may be one of Others: a person decides (law P4)
	Code   string   // of the doubt
	Text   string   // of the doubt, in Vietnamese
	Others []int64  // whom it may be
	Near   []string // remarks without doubt
}

// MatchRow compares what a list says of somebody with those in the register who share the number (at most one) or the folded
// name and birth date. sameCommune tells whether a candidate's unit lies in the row's commune. (laws P1, P4)
//
//	number equal, name or birth date equal → that one
//	number equal, name and birth date both different → doubtful
//	no number on one side, name and full birth date equal, same commune, one candidate → that one
//	the same with a year alone, or several candidates → doubtful
//	both numbered and different → somebody else
func MatchRow(row *Person, byNumber *Person, byName []*Person, sameCommune func(*Person) bool) Match {
	if byNumber != nil {
		if vn.Fold(byNumber.Name) == vn.Fold(row.Name) || birthAgrees(byNumber.Birth, row.Birth) || oneLetterApart(vn.Fold(byNumber.Name), vn.Fold(row.Name)) {
			return Match{Person: byNumber}
		}
		return Match{Doubt: true, Code: "match.number_other_person", Others: []int64{byNumber.ID},
			Text: "Số định danh này đang đứng tên người khác (khác cả họ tên và ngày sinh). Hãy đối chiếu thẻ hoặc cơ sở dữ liệu rồi chọn đúng người."}
	}
	var near []*Person
	for _, c := range byName {
		if (row.Number == "" || c.Number == "") && sameCommune(c) && birthAgrees(c.Birth, row.Birth) {
			near = append(near, c)
		}
	}
	switch {
	case len(near) == 0:
		return Match{}
	case len(near) == 1 && len(row.Birth) == 10 && len(near[0].Birth) == 10 && sameUnitOrUnknown(row, near[0]):
		return Match{Person: near[0]}
	}
	m := Match{Doubt: true, Code: "match.name_birth",
		Text: "Có người trùng họ tên và ngày (năm) sinh trong xã nhưng một bên chưa có số định danh. Hãy xem hai hồ sơ cạnh nhau rồi quyết định là một hay hai người."}
	for _, c := range near {
		m.Others = append(m.Others, c.ID)
	}
	return m
}

// sameUnitOrUnknown: within one commune a list may know only the commune; then the hamlet does not part them.
func sameUnitOrUnknown(a, b *Person) bool {
	return a.Unit == b.Unit || a.Address == "" || b.Address == ""
}

// birthAgrees tells whether two birth dates agree as far as both are known; two unknown ones do not.
func birthAgrees(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return strings.HasPrefix(b, a)
}

// oneLetterApart allows one letter put in, left out or changed: a slip of the hand under an equal number.
func oneLetterApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// maskFits tells whether a number may be the one that a mask shows a part of: as long, and every digit that is shown equal.
func maskFits(mask, number string) bool {
	shown := []rune(mask)
	if len(shown) != len(number) {
		return false
	}
	for i, c := range shown {
		if c != '•' && byte(c) != number[i] {
			return false
		}
	}
	return true
}
