package people

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func person(number, name, birth string, unit int64) *Person {
	return &Person{Number: Number(number), Name: name, Birth: birth, Unit: unit, State: Live}
}

func TestLaw_P1_P4_MatchRow(t *testing.T) {
	row := func(number, birth string) *Person { return person(number, "Điểu Sa Rôi", birth, 10) }
	same := func(*Person) bool { return true }
	for _, tc := range []struct {
		name     string
		row      *Person
		byNumber *Person
		byName   []*Person
		found    bool
		doubt    string
	}{
		{"number and name agree", row("070090000001", "1990-02-03"), person("070090000001", "Điểu Sa Rôi", "1990-02-03", 10), nil, true, ""},
		{"number agrees, name was corrected, birth agrees", row("070090000001", "1990-02-03"), person("070090000001", "Điểu Xa Roi", "1990-02-03", 10), nil, true, ""},
		{"number agrees, birth was corrected, name agrees", row("070090000001", "1990-02-03"), person("070090000001", "Điểu Sa Rôi", "1990-12-30", 10), nil, true, ""},
		{"number agrees, a letter slipped and birth unknown", row("070090000001", ""), person("070090000001", "Điểu Sa Rối", "1990-12-30", 10), nil, true, ""},
		{"number of somebody else", row("070090000001", "1990-02-03"), person("070090000001", "Trần Thị Mộng", "1971-05-05", 10), nil, false, "match.number_other_person"},
		{"no number in the register", row("070090000001", "1990-02-03"), nil, []*Person{person("", "Điểu Sa Rôi", "1990-02-03", 10)}, true, ""},
		{"no number in the list", row("", "1990-02-03"), nil, []*Person{person("070090000001", "Điểu Sa Rôi", "1990-02-03", 10)}, true, ""},
		{"only the year is known", row("", "1990"), nil, []*Person{person("070090000001", "Điểu Sa Rôi", "1990-02-03", 10)}, false, "match.name_birth"},
		{"two of that name and day", row("", "1990-02-03"), nil, []*Person{person("070090000001", "Điểu Sa Rôi", "1990-02-03", 10), person("070090000002", "Điểu Sa Rôi", "1990-02-03", 10)}, false, "match.name_birth"},
		{"two numbers are two people", row("070090000001", "1990-02-03"), nil, []*Person{person("070090000009", "Điểu Sa Rôi", "1990-02-03", 10)}, false, ""},
		{"nobody", row("070090000001", "1990-02-03"), nil, nil, false, ""},
		{"birth unknown on one side", row("", ""), nil, []*Person{person("", "Điểu Sa Rôi", "1990-02-03", 10)}, false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := MatchRow(tc.row, tc.byNumber, tc.byName, same)
			if (m.Person != nil) != tc.found || m.Doubt != (tc.doubt != "") || m.Code != tc.doubt || m.Doubt && (m.Text == "" || len(m.Others) == 0) {
				t.Errorf("got %+v", m)
			}
		})
	}
	elsewhere := MatchRow(row("", "1990-02-03"), nil, []*Person{person("", "Điểu Sa Rôi", "1990-02-03", 99)}, func(*Person) bool { return false })
	if elsewhere.Person != nil || elsewhere.Doubt {
		t.Error("somebody of another commune was taken for him")
	}
}

func TestLaw_P2_FoldAttrDoesNotDependOnOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		var said []Entry
		for i := range 1 + r.IntN(6) {
			said = append(said, Entry{ID: int64(i), Value: fmt.Sprint("v", r.IntN(4)), Source: Source(1 + r.IntN(4)), AsOf: fmt.Sprintf("2024-04-%02d", 1+r.IntN(4)), Void: r.IntN(5) == 0})
		}
		want, ok := FoldAttr(said)
		for range 5 {
			r.Shuffle(len(said), func(i, j int) { said[i], said[j] = said[j], said[i] })
			got, ok2 := FoldAttr(said)
			if ok != ok2 || got.Value != want.Value {
				t.Fatalf("%v: %v ≠ %v", said, got, want)
			}
		}
		for _, e := range said {
			if !e.Void && (e.AsOf > want.AsOf || e.AsOf == want.AsOf && e.Source > want.Source) {
				t.Fatalf("%v is newer than %v", e, want)
			}
		}
	}
}

func TestLaw_R3_NumbersPrintMasked(t *testing.T) {
	n := Number("070058698081")
	p := Person{Number: n, Phone: "0946203300"}
	for _, s := range []string{fmt.Sprint(n), fmt.Sprintf("%s %q %x %d %+v %#v", n, n, n, n, n, n), fmt.Sprintf("%v %+v", p, &p)} {
		for _, bad := range []string{"58698081", "303730", "9462033"} {
			if contains(s, bad) {
				t.Errorf("%q shows %s", s, bad)
			}
		}
	}
	if n.Mask() != "070•••••8081" || Number("0946203300").Mask() != "094••••300" || Number("").Mask() != "" || Number("12").Mask() != "•••" {
		t.Error(n.Mask(), Number("0946203300").Mask())
	}
}

func contains(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

func TestProvenanceRoundTrip(t *testing.T) {
	p := provenance{"name": {"2024-05-01T00:00:00.000Z", National, 17}, "phone": {"2024-05-02T00:00:00.000Z", Field, 0}}
	if got := parseProvenance(p.String()).String(); got != p.String() {
		t.Error(got)
	}
	if len(parseProvenance("")) != 0 || len(parseProvenance("nonsense;x=1/2")) != 0 {
		t.Error("nonsense was read")
	}
}

func TestSuffixes(t *testing.T) {
	var got []string
	for s := range suffixes("thi thi hoa") {
		got = append(got, s)
	}
	if fmt.Sprint(got) != "[thi thi hoa thi hoa hoa]" || len(got) != 3 {
		t.Error(got)
	}
}
