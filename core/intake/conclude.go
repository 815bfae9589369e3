package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// conclude puts together what the sheets tell.
func (rd *Reading) conclude(works []*sheetWork) error {
	for _, w := range works {
		w.readLines()
		w.sr.Kind = ""
		for _, t := range w.cur.tables {
			if w.listed(t) {
				w.guess.table(t, w.profs[t])
			}
		}
		if len(w.guess.score) > 0 {
			w.weighTitle(w.sr.Name, 2, "tên trang")
		}
	}
	total := newGuess()
	longest := 1
	for _, w := range works {
		longest = max(longest, w.sr.Rows)
	}
	for _, w := range works {
		if w.sr.Rows == 0 {
			continue
		}
		for k, s := range w.guess.score {
			for _, why := range w.guess.why[k] {
				total.add(k, 0, why)
			}
			total.score[k] += s * max(0.2, float64(w.sr.Rows)/float64(longest))
		}
	}
	rd.weighFile(works, total)
	rd.Kind, rd.Confidence = total.best()
	rd.Why = total.why[rd.Kind]
	if rd.hint.Kind != "" {
		rd.Kind, rd.Confidence, rd.Why = rd.hint.Kind, 1, []string{"loại do người nhập chọn"}
	}
	tables := rd.assign(works)
	rd.placeAndDay(works)
	if tables == 0 {
		return rd.nothing()
	}
	return nil
}

// weighFile adds what the file's name says, and what "chưa kích hoạt" without a level can mean.
func (rd *Reading) weighFile(works []*sheetWork, total *guess) {
	base := strings.TrimSuffix(rd.Name, path.Ext(rd.Name))
	found := false
	for _, w := range works {
		found = found || len(w.cur.tables) > 0
	}
	if k := kindInText(strings.NewReplacer("-", " ", "_", " ").Replace(base)); k != "" && found {
		if k == "eid-inactive" {
			k = KindEID2
		}
		if total.score[k] > 0 || Persons(k) && total.score[KindRegister] > 0 {
			total.add(k, 1.5, fmt.Sprintf("tên tệp “%s”", shorten(rd.Name, 60)))
		}
	}
}

// listed tells whether a table is one: of persons, or of units with what such a list needs.
func (w *sheetWork) listed(t *table) bool {
	return t.persons() || t.has(FieldTeam) || len(t.keys) >= 2 || t.has(FieldUnitCode)
}

// readLines finds kind, place and day in the lines above and below the tables.
func (w *sheetWork) readLines() {
	w.inName = placeIn(w.sr.Name)
	if p, ok := sectionPlace(w.sr.Name); ok && w.inName.Hamlet == "" {
		w.inName.Hamlet, w.inName.Commune = p.Hamlet, firstOf(w.inName.Commune, p.Commune)
	}
	joined := ""
	for _, h := range w.cur.lines {
		for c, text := range h.texts {
			if text == "" || c > 0 && h.texts[c-1] == text {
				continue
			}
			f := vn.Fold(text)
			if d, ok := dayIn(text); ok {
				w.days = append(w.days, d)
			}
			if titular(f) || strings.HasPrefix(f, "(") || joined != "" {
				joined += " " + text
			}
			if titular(f) && w.sr.Title == "" {
				w.sr.Title = shorten(text, 200)
			}
			if len(w.guess.score) == 0 || w.guess.score["title"] == 0 {
				w.weighTitle(text, 4, "tiêu đề")
			}
			if len(w.cur.tables) > 0 && len(w.cur.tables[0].heading) > 0 && h.line < w.cur.tables[0].heading[0].line {
				for line := range strings.SplitSeq(text, "\n") {
					w.sr.agency = firstOf(agencyIn(line, true), w.sr.agency)
				}
			}
			p := placeIn(text)
			if w.sr.communeText == "" && !opens(foldHeading(text), w.cur.syn.foot) {
				w.sr.communeText = p.Commune
			}
			if w.sr.hamletText == "" && len(w.cur.tables) == 1 && (titular(f) || len(p.Hamlet) > 0 && !strings.Contains(f, "truong ")) {
				w.sr.hamletText = p.Hamlet
			}
		}
	}
	if joined != "" {
		w.weighTitle(joined, 2, "tiêu đề")
	}
	if w.sr.hamletText == "" {
		w.sr.hamletText = w.inName.Hamlet
	}
	if w.sr.communeText == "" {
		w.sr.communeText = w.inName.Commune
	}
	w.sr.UnitText = strings.TrimSuffix(strings.TrimPrefix(w.sr.hamletText+", "+w.sr.communeText, ", "), ", ")
}

// weighTitle adds what a text says of the kind.
func (w *sheetWork) weighTitle(text string, score float64, where string) {
	k := kindInText(text)
	if k == "" {
		return
	}
	if k == "eid-inactive" {
		w.guess.add(KindEID1, score/4, fmt.Sprintf("%s “%s”", where, shorten(text, 90)))
		w.guess.add(KindEID2, score/2, fmt.Sprintf("%s “%s”", where, shorten(text, 90)))
		return
	}
	w.guess.add(k, score, fmt.Sprintf("%s “%s”", where, shorten(text, 90)))
}

// assign settles which tables belong to the list, compiles them, and fills in the reading's sheets.
func (rd *Reading) assign(works []*sheetWork) (tables int) {
	unknown := map[string]bool{}
	var keys []string
	var model *table
	for _, w := range works {
		sr := w.sr
		kind, sure := w.guess.best()
		if kind != "" && len(w.cur.tables) > 0 {
			sr.Kind = kind
		}
		for _, t := range w.cur.tables {
			if model != nil {
				t.borrow(model, w.profs[t])
			}
			for i := range t.columns {
				if f, ok := rd.hint.Mapping[t.columns[i].Key]; ok {
					t.columns[i].Field, t.columns[i].Sure = f, true
				}
			}
			t.index()
			if !t.fits(rd.Kind) {
				continue
			}
			if model == nil {
				model = t
			}
			t.compile(rd.Kind, w.profs[t])
			rd.class[t.at] = t
			tables++
			heading := make([]int, len(t.heading))
			for i, h := range t.heading {
				heading[i] = h.line
			}
			if sr.Columns == nil {
				sr.Heading, sr.Columns = heading, t.columns
			} else {
				sr.Later = append(sr.Later, Table{Heading: heading, Columns: t.columns, Title: t.title})
			}
			if t.title != "" && sr.Title == "" {
				sr.Title = t.title
			}
			keys = append(keys, t.key())
			for _, c := range t.columns {
				if c.Field == "" && len(c.Samples) > 0 && !unknown[c.Key] && !byUnit(t.plan.kind) {
					unknown[c.Key] = true
					rd.Unknown = append(rd.Unknown, c)
				}
			}
		}
		if sr.Columns == nil {
			sr.Rows = 0
			sr.Kind = ""
			sr.Reason = "không có danh sách loại “" + KindTitle(rd.Kind) + "”"
			if rd.Kind == "" || len(w.cur.tables) == 0 {
				sr.Reason = "không có danh sách"
			}
		} else if rd.hint.Kind != "" || sure < 0.75 || !Persons(rd.Kind) {
			sr.Kind = rd.Kind
		}
	}
	if len(keys) > 0 {
		sum := sha256.Sum256([]byte(keys[0]))
		rd.SourceKey = hex.EncodeToString(sum[:8])
	}
	return tables
}

// fits tells whether a table can hold rows of the kind.
func (t *table) fits(kind string) bool {
	switch kind {
	case KindTargets, KindTotals:
		return (len(t.keys) > 0 || t.has(FieldTarget)) && t.has(FieldUnit, FieldCommune, FieldHamlet, FieldUnitName, FieldUnitCode)
	case KindUnits:
		return t.has(FieldUnitName, FieldUnit, FieldHamlet, FieldCommune) && !t.has(FieldNumber, FieldBirth)
	case KindTeams:
		return t.has(FieldTeam)
	case "":
		return false
	}
	return t.persons()
}

// borrow fills in the columns of a list without a heading from the first table with one, where nothing speaks against it.
func (t *table) borrow(model *table, ps []profile) {
	if len(t.heading) > 0 || len(model.heading) == 0 {
		return
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.Field != "" {
			continue
		}
		for _, m := range model.columns {
			if m.Index == c.Index && m.Field != "" && !t.has(m.Field) && (c.Index >= len(ps) || !contradicts(m.Field, &ps[c.Index])) {
				c.Field = m.Field
			}
		}
	}
	t.index()
}

// placeAndDay settles place and day of the file as a whole.
func (rd *Reading) placeAndDay(works []*sheetWork) {
	communes, hamlets := map[string]bool{}, map[string]bool{}
	var best dated
	for _, w := range works {
		if w.sr.Columns != nil && w.sr.communeText != "" {
			communes[w.sr.communeText] = true
		}
		if w.sr.Columns != nil {
			hamlets[w.sr.hamletText] = true
		}
		for _, t := range w.cur.tables { // a column of days: the latest counts for the file
			if i := t.col(FieldAsOf); i >= 0 && i < len(w.profs[t]) {
				for v := range w.profs[t][i].values {
					if d := parseDay(v, &noCell); d != "" && (best.rank < 5 || d > best.day) {
						best = dated{d, 5, "cột “ngày chốt số liệu”"}
					}
				}
			}
		}
		for _, d := range w.days {
			if d.rank > best.rank {
				best = d
			}
		}
	}
	if len(communes) == 1 {
		for c := range communes {
			rd.CommuneText = c
		}
	}
	if len(hamlets) == 1 {
		for h := range hamlets {
			rd.HamletText = h
		}
	}
	base := strings.TrimSuffix(rd.Name, path.Ext(rd.Name))
	inName := placeIn(strings.NewReplacer("-", " ", "_", " ").Replace(base))
	if rd.CommuneText == "" && len(communes) == 0 {
		rd.CommuneText = inName.Commune
	}
	if rd.HamletText == "" && len(hamlets) <= 1 {
		rd.HamletText = inName.Hamlet
	}
	if d, ok := dayInName(base); ok && d.rank > best.rank {
		best = d
	}
	rd.AsOf, rd.AsOfWhy = best.day, best.why
	if rd.hint.AsOf != "" {
		rd.AsOf, rd.AsOfWhy = rd.hint.AsOf, "người nhập chọn"
	}
}

// nothing is the refusal of a file in which no list was found (law F4).
func (rd *Reading) nothing() error {
	rows := false
	for _, s := range rd.Sheets {
		for _, n := range s.Skipped {
			rows = rows || n > 0
		}
		rows = rows || s.Rows > 0
	}
	switch {
	case !rows:
		return fault.New(fault.Refused, "intake.empty", "Tệp không có dòng nào; mở lại tệp, kiểm tra đã lưu chưa rồi nhập lại.")
	case rd.hint.Kind != "":
		return fault.New(fault.Refused, "intake.other_kind", "Không tìm thấy danh sách loại “%s” trong tệp; chọn loại khác hoặc để trống để phần mềm tự nhận.", KindTitle(rd.hint.Kind))
	}
	return fault.New(fault.Refused, "intake.no_list", "Không tìm thấy danh sách nào trong tệp: cần một dòng tiêu đề có ít nhất họ tên và số định danh hoặc ngày sinh. Thêm dòng tiêu đề cột rồi nhập lại.")
}
