package vn

import "regexp"

// HoldsNumber finds personal numbers as people write them in a text: nine digits and more in one piece, a telephone number or a citizen
// number in groups. Days, years and counts beside one another are none.
func HoldsNumber(text string) bool { return wholeNumber.MatchString(text) }

var wholeNumber = regexp.MustCompile(`\d{9,}|(?:^|[^\d.,/])\(?0\d{2,3}\)?[ .-]*\d{3}[ .-]*\d{3,4}(?:[^\d]|$)|(?:^|[^\d.,/])0\d{2}[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3}(?:[^\d]|$)`)
