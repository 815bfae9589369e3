package intake

import "testing"

// TestSynonymsAgree: no heading is given to two fields, and every field of the table has a name.
func TestSynonymsAgree(t *testing.T) {
	s := loadSynonyms()
	for _, c := range s.conflicts {
		t.Error(c)
	}
	for h, f := range s.exact {
		switch f {
		case fieldTen, fieldDay, fieldMonth, fieldYear:
			continue
		}
		if FieldTitle(f) == "" {
			t.Errorf("%q: field %q has no title", h, f)
		}
	}
}
