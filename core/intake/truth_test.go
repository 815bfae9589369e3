package intake

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"bonphu/internal/sheet"
)

type truthPerson struct {
	Number, Name, Commune, Hamlet, Phone string
	Y, M, D                              int
	Female                               bool
	SIM                                  string
	Phon4                                string
}

type truth struct {
	Kind               string
	Rows, Good, Female int
	First, Last        *truthPerson
}

func openBytes(t testing.TB, name string, b []byte) sheet.Book {
	t.Helper()
	book, err := sheet.Open(bytes.NewReader(b), int64(len(b)), sheet.Options{Name: name})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func readAll(t testing.TB, name string, b []byte, hint Hint) (*Reading, []Row) {
	t.Helper()
	book := openBytes(t, name, b)
	rd, err := Recognise(book, name, hint)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []Row
	if err := rd.Rows(book, func(r *Row) error {
		c := *r
		c.Targets = append([]Target(nil), r.Targets...)
		rows = append(rows, c)
		return nil
	}); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rd, rows
}

// TestSamples: the samples come out exactly as truth.json says (laws P1, F1).
func TestSamples(t *testing.T) {
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]truth
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	all["s3-tcvn3.xls"] = all["s3-tcvn3.xlsx"]
	for name, want := range all {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			rd, rows := readAll(t, name, b, Hint{})
			if rd.Kind != want.Kind {
				t.Errorf("kind %q (%.2f, %v), want %q", rd.Kind, rd.Confidence, rd.Why, want.Kind)
			}
			good, female := 0, 0
			for i := range rows {
				if p, held := rows[i].Held(); held {
					t.Errorf("row %d held: %s", rows[i].Line, p.Text)
					continue
				}
				good++
				if rows[i].Gender == Female {
					female++
				}
			}
			if len(rows) != want.Rows || good != want.Good || female != want.Female {
				t.Errorf("rows %d good %d female %d, want %d %d %d", len(rows), good, female, want.Rows, want.Good, want.Female)
			}
			if wantDay := map[string]string{KindCCCDMissing: "2024-04-10", KindOperator: "2024-04-30"}[want.Kind]; string(rd.AsOf) != wantDay {
				t.Errorf("as of %q, want %q", rd.AsOf, wantDay)
			}
			if len(rd.Unknown) > 0 {
				t.Errorf("unknown columns %+v", rd.Unknown)
			}
			if want.First != nil && len(rows) > 0 {
				compare(t, &rows[0], want.First, want.Kind)
				compare(t, &rows[len(rows)-1], want.Last, want.Kind)
			}
		})
	}
}

func compare(t *testing.T, r *Row, w *truthPerson, kind string) {
	t.Helper()
	if r.Number != w.Number || r.Name != w.Name || (r.Gender == Female) != w.Female {
		t.Errorf("row %d: %s %s %s, want %+v", r.Line, r.Number, r.Name, r.Gender, *w)
	}
	if r.Birth.Y != 0 && (r.Birth.Y != w.Y || r.Birth.M != 0 && (r.Birth.M != w.M || r.Birth.D != w.D)) {
		t.Errorf("row %d: birth %v, want %+v", r.Line, r.Birth, *w)
	}
	if kind == KindCCCDMissing || kind == KindEID2 {
		if PlaceName(r.CommuneText) != w.Commune || r.HamletText != w.Hamlet {
			t.Errorf("row %d: %q %q, want %q %q", r.Line, r.CommuneText, r.HamletText, w.Commune, w.Hamlet)
		}
	}
	if r.Phone != "" && r.Phone != w.Phone {
		t.Errorf("row %d: phone %q, want %q", r.Line, r.Phone, w.Phone)
	}
	if kind == KindOperator {
		sim := map[string]string{"Có": "yes", "Không": "no"}[w.SIM]
		dev := map[string]string{"Không có": "none"}[w.Phon4]
		if dev == "" {
			dev = w.Phon4
		}
		if r.Status[StatusSIM] != sim || r.Status[StatusDevice] != dev || r.AsOf != "2024-04-30" {
			t.Errorf("row %d: %v %s, want %+v", r.Line, r.Status, r.AsOf, *w)
		}
	}
}
