package people

import (
	"iter"
	"slices"
	"strings"
)

// suffixes gives the ends of a folded name that begin with a word: "vu truong on" → that, "truong on", "on". Looking for the
// beginning of such an end finds any run of words of a name, without marks, by one range of one index.
func suffixes(fold string) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := make([]string, 0, 6)
		for s := fold; s != ""; {
			if !slices.Contains(seen, s) {
				if !yield(s) {
					return
				}
				seen = append(seen, s)
			}
			_, rest, ok := strings.Cut(s, " ")
			if !ok {
				return
			}
			s = rest
		}
	}
}
