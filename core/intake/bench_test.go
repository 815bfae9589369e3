package intake

import (
	"math/rand/v2"
	"testing"

	"bonphu/internal/sheet"
)

// memory is a book held in memory, to measure reading without the scanning of a file.
type memory struct {
	sheets []sheet.Sheet
	rows   [][]sheet.Row
}

func (m *memory) Format() string        { return "xlsx" }
func (m *memory) Encoding() string      { return "utf-8" }
func (m *memory) Sheets() []sheet.Sheet { return m.sheets }
func (m *memory) Close() error          { return nil }
func (m *memory) Rows(i int, fn func(*sheet.Row) error) error {
	for k := range m.rows[i] {
		if err := fn(&m.rows[i][k]); err != nil {
			return err
		}
	}
	return nil
}

func memoryOf(grids []*grid) *memory {
	m := &memory{}
	for i, g := range grids {
		s := sheet.Sheet{Name: g.name}
		for _, x := range g.merges {
			s.Merges = append(s.Merges, sheet.Merge{R1: x[0] + 1, C1: x[1], R2: x[2] + 1, C2: x[3]})
		}
		m.sheets = append(m.sheets, s)
		var rows []sheet.Row
		for n, line := range g.rows {
			r := sheet.Row{Sheet: i, Number: n + 1}
			for _, t := range line {
				c := sheet.Cell{Text: t}
				if t != "" {
					c.Kind = sheet.Text
				}
				r.Cells = append(r.Cells, c)
			}
			rows = append(rows, r)
		}
		m.rows = append(m.rows, rows)
	}
	return m
}

// BenchmarkRows100k recognises and normalises a register of 100,000 rows.
func BenchmarkRows100k(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	people := make([]madePerson, 100_000)
	for i := range people {
		people[i] = makePerson(r, i+1)
	}
	s := madeShape{name: "one", birth: "one", gender: "word", place: "address", number: "text", head: 5, sep: "/", phones: true, upper: true}
	book := memoryOf(makeList(r, s, people))
	b.ReportAllocs()
	for b.Loop() {
		rd, err := Recognise(book, "x.xlsx", Hint{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		seen := NewRepeats()
		if err := rd.Rows(book, func(r *Row) error { n++; seen.Check(r); return nil }); err != nil {
			b.Fatal(err)
		}
		if n != len(people) {
			b.Fatal(n)
		}
	}
}
