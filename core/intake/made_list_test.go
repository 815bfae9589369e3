package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/xuri/excelize/v2"
)

func (g *grid) xlsx(f *excelize.File, first bool) {
	if first {
		f.SetSheetName("Sheet1", g.name)
	} else {
		f.NewSheet(g.name)
	}
	for i, row := range g.rows {
		for c, v := range row {
			if v != "" {
				cell, _ := excelize.CoordinatesToCellName(c+1, i+1)
				f.SetCellStr(g.name, cell, v)
			}
		}
	}
	for _, m := range g.merges {
		a, _ := excelize.CoordinatesToCellName(m[1]+1, m[0]+1)
		b, _ := excelize.CoordinatesToCellName(m[3]+1, m[2]+1)
		f.MergeCell(g.name, a, b)
	}
}

func xlsxOf(t testing.TB, grids []*grid) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for i, g := range grids {
		g.xlsx(f, i == 0)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func csvOf(g *grid, comma rune) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	for _, row := range g.rows {
		w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

// makePeople makes n people, some with faults.
func makePeople(r *rand.Rand, n int) []madePerson {
	people := make([]madePerson, n)
	for i := range people {
		people[i] = makePerson(r, i+1)
		if r.IntN(8) == 0 {
			people[i].fault = pick(r, faults...)
		}
	}
	return people
}

// wantList compares what was read with what was made: every row counted, good ones taken as they are, faulty ones held.
func wantList(t *testing.T, s madeShape, people []madePerson, rd *Reading, rows []Row) {
	t.Helper()
	if len(rows) != len(people) {
		t.Errorf("%d rows, want %d; skipped %v", len(rows), len(people), rd.Sheets[0].Skipped)
		return
	}
	for i := range rows {
		r, p := &rows[i], people[i]
		prob, held := r.Held()
		if held != (p.fault != "") {
			t.Errorf("row %d: held %v (%s %s), want fault %q; %+v", r.Line, held, prob.Code, prob.Text, p.fault, p)
			continue
		}
		if held {
			continue
		}
		if r.Name != p.name || r.Number != p.number || (r.Gender == Female) != p.female || r.Birth.Y != p.y {
			t.Errorf("row %d: %q %q %s %v, want %+v", r.Line, r.Name, r.Number, r.Gender, r.Birth, p)
		}
		if r.HamletText != p.hamlet {
			t.Errorf("row %d: hamlet %q, want %q", r.Line, r.HamletText, p.hamlet)
		}
		if s.phones && r.Phone != p.phone {
			t.Errorf("row %d: phone %q, want %q", r.Line, r.Phone, p.phone)
		}
	}
}

// TestLaw_F1_MadeLists: lists of many shapes; nothing is lost, good rows are taken, faulty ones held.
func TestLaw_F1_MadeLists(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := makeShape(r)
		people := makePeople(r, 15+r.IntN(40))
		grids := makeList(r, s, people)
		ok := t.Run(fmt.Sprintf("xlsx/%d", seed), func(t *testing.T) {
			rd, rows := readAll(t, "danh sach.xlsx", xlsxOf(t, grids), Hint{})
			wantList(t, s, people, rd, rows)
		})
		if len(grids) == 1 {
			ok = t.Run(fmt.Sprintf("csv/%d", seed), func(t *testing.T) {
				rd, rows := readAll(t, "danh sach.csv", csvOf(grids[0], ';'), Hint{})
				wantList(t, s, people, rd, rows)
			}) && ok
		}
		if !ok {
			t.Logf("seed %d: %+v", seed, s)
			break
		}
	}
}
