package intake

import (
	"strconv"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/sheet"
)

// plan is a table's columns compiled for the reading of rows.
type plan struct {
	kind        string
	steps       []step
	extras      []step
	oneIsFemale bool   // a gender column of numbers: 1 is female
	twoIsFemale bool   // 1 and 2 rather than 1 and 0
	hamletWord  string // word of the heading, for cells that hold only "1"
	blankIsMale bool   // a single column "Nữ" with marks: an empty cell is a man
	blankIsFem  bool
	width       int
}

type step struct {
	index   int
	field   Field
	heading string
	key     string
}

// compile makes the plan of a table for a kind of list.
func (t *table) compile(kind string, ps []profile) {
	p := &plan{kind: kind, hamletWord: "Ấp"}
	for _, c := range t.columns {
		s := step{index: c.Index, field: c.Field, heading: c.Heading, key: t.keys[c.Index]}
		p.width = max(p.width, c.Index+1)
		if byUnit(kind) {
			switch c.Field {
			case FieldUnit, FieldUnitName, FieldCommune, FieldHamlet, FieldName:
				s.field = FieldUnit
			case FieldUnitCode, FieldOrdinal, FieldNote, FieldParent:
			case FieldIgnore:
				continue
			default:
				s.field = FieldTarget
			}
		} else {
			s.field = unitField(kind, c.Field, t)
		}
		switch s.field {
		case FieldOrdinal, FieldIgnore, FieldTarget:
			if s.field == FieldTarget && byUnit(kind) {
				p.steps = append(p.steps, s)
			}
		case "":
			if c.Heading != "" {
				p.extras = append(p.extras, s)
			}
		default:
			p.steps = append(p.steps, s)
		}
		if c.Field == FieldHamlet {
			p.hamletWord = hamletWordOf(c.Heading)
		}
		if c.Field == FieldGender && c.Index < len(ps) {
			q := &ps[c.Index]
			p.twoIsFemale = q.values["2"] > 0
			p.oneIsFemale = q.ones[1] > 4*q.ones[0] && (q.zeros[0] > 4*q.zeros[1] || q.twos[0] > 4*q.twos[1])
		}
	}
	m, f := t.has(FieldMale), t.has(FieldFemale)
	if m != f && len(ps) > 0 {
		i := max(t.col(FieldMale), t.col(FieldFemale))
		if i < len(ps) && ps[i].share(isMark) > 0.3 && ps[i].share(isDate, isYear) == 0 {
			p.blankIsMale, p.blankIsFem = f, m
		}
	}
	t.plan = p
}

// unitField settles fields whose meaning hangs on the kind of list.
func unitField(kind string, f Field, t *table) Field {
	switch f {
	case FieldUnit:
		switch {
		case kind == KindUnits:
			return FieldUnitName
		case kind == KindTeams || Persons(kind) && kind != KindOfficials && !t.has(FieldCommune):
			return FieldCommune
		case kind == KindOfficials && t.has(FieldAgency):
			return FieldNote
		}
		return FieldAgency
	case FieldCommune, FieldHamlet:
		if kind == KindUnits && !t.has(FieldUnitName, FieldUnit) {
			return FieldUnitName
		}
		if kind == KindUnits && f == FieldCommune {
			return FieldParent
		}
	case FieldStatus:
		switch kind {
		case KindCCCDMissing:
			return FieldCCCD
		case KindEIDMissing, KindEID1, KindEID2:
			return FieldEID
		case KindRegister:
			return FieldResident
		}
		return FieldNote
	case FieldTarget:
		return ""
	}
	return f
}

// hamletWordOf gives the word that a heading such as "Khu phố" lends to cells that hold only a number.
func hamletWordOf(heading string) string {
	k := foldHeading(heading)
	for _, w := range []struct{ in, word string }{{"ap", "Ấp"}, {"khu pho", "Khu phố"}, {"kp", "Khu phố"}, {"thon", "Thôn"}, {"soc", "Sóc"}, {"to dan pho", "Tổ dân phố"}, {"tdp", "Tổ dân phố"}, {"buon", "Buôn"}, {"khom", "Khóm"}} {
		if containsPhrase(k, w.in) {
			return w.word
		}
	}
	return "Ấp"
}

// normaliser makes rows of canonical values from the rows of one sheet.
type normaliser struct {
	rep    *repairer
	rd     *Reading
	sr     *SheetReading
	merges map[[2]int]int // first row and column of a vertical merge → its last row
	fill   map[int]filled
	places map[cacheKey]Place
	states map[cacheKey]string // cached readings of status cells
	days   map[string]clock.Day
	other  string // reason to hold all rows: the sheet is of another kind than the file
	words  titles // words of names in capitals
	team   string
	teamAt Place
}

type filled struct {
	until int
	text  string
}

func newNormaliser(rd *Reading, sr *SheetReading, rep *repairer, merges []sheet.Merge) *normaliser {
	n := &normaliser{rep: rep, rd: rd, sr: sr, places: map[cacheKey]Place{}, states: map[cacheKey]string{}, days: map[string]clock.Day{}, words: titles{}}
	for _, m := range merges {
		if m.R2 > m.R1 {
			if n.merges == nil {
				n.merges, n.fill = map[[2]int]int{}, map[int]filled{}
			}
			n.merges[[2]int{m.R1, m.C1}] = m.R2
		}
	}
	return n
}

var noCell sheet.Cell

// cell gives a cell's mended text; cells under a vertical merge have the text of its first row.
func (n *normaliser) cell(raw *sheet.Row, i int) (string, *sheet.Cell) {
	c := &noCell
	if i < len(raw.Cells) {
		c = &raw.Cells[i]
	}
	s := c.Text
	if s == "" && c.Kind == sheet.Number {
		s = strconv.FormatFloat(c.Num, 'f', -1, 64)
	} else if s != "" {
		s = strings.TrimSpace(n.rep.text(i, s))
	}
	if n.merges != nil {
		if end, ok := n.merges[[2]int{raw.Number, i}]; ok {
			n.fill[i] = filled{end, s}
		} else if s == "" {
			if f, ok := n.fill[i]; ok && raw.Number <= f.until {
				return f.text, c
			}
		}
	}
	return s, c
}

// cacheKey is a cell's text and how it is read.
type cacheKey struct{ how, text string }

// place reads an address or unit, remembering what it read.
func (n *normaliser) place(s, word string) Place {
	key := cacheKey{word, s}
	if p, ok := n.places[key]; ok {
		return p
	}
	p := ParsePlace(s)
	if word != "" && p == (Place{}) {
		if t := unitName(s); t != "" {
			switch word {
			case "Xã":
				p.Commune = t
			default:
				p.Hamlet = t
				if hasDigit(t) {
					p.Hamlet = word + " " + t
				}
			}
		}
	}
	if len(n.places) >= cacheLimit {
		clear(n.places)
	}
	n.places[key] = p
	return p
}

func (r *Row) problem(i int, code, text string, hold bool) {
	r.Problems = append(r.Problems, Problem{Sheet: r.Sheet, Row: r.Line, Col: i, Column: Letter(i), Code: code, Text: text, Hold: hold})
}
