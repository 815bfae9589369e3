package report

import (
	"context"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

const reportColumns = "id, period, unit_id, state, version, submitted_at, submitted_day, accepted_at"

func scanReport(scan func(...any) error) (*Report, string, error) {
	r := &Report{}
	var period, first string
	err := scan(&r.ID, &period, &r.Unit, &r.State, &r.Version, &r.Handed, &first, &r.Accepted)
	r.First = clock.Day(first)
	return r, period, err
}

// at names one report: whose, and of which period.
type at struct {
	unit   int64
	period string
}

// all reads every report of these units.
func all(tx *db.Tx, units []*territory.Unit) (map[at]*Report, error) {
	var ids []int64
	for _, u := range units {
		ids = append(ids, u.ID)
	}
	out := map[at]*Report{}
	err := tx.EachIn("SELECT "+reportColumns+" FROM report WHERE unit_id IN (%s)", nil, ids, func(scan func(...any) error) error {
		r, period, err := scanReport(scan)
		out[at{r.Unit, period}] = r
		return err
	})
	return out, err
}

// find reads a unit's report of a period; one that nobody has begun has no ID.
func find(tx *db.Tx, x Period, unit int64) (*Report, error) {
	r := &Report{Period: x, Unit: unit}
	err := tx.Each("SELECT "+reportColumns+" FROM report WHERE period=$1 AND unit_id=$2", []any{x.ID, unit}, func(scan func(...any) error) (err error) {
		r, _, err = scanReport(scan)
		return err
	})
	r.Period = x
	r.When = x.stands(r.First, tx.Today())
	return r, err
}

// begin makes the row of a report that somebody starts to write.
func begin(tx *db.Tx, r *Report) error {
	if r.ID != 0 {
		return nil
	}
	r.ID, r.State = id.New(), Draft
	_, err := tx.Exec("INSERT INTO report("+reportColumns+") VALUES ($1,$2,$3,$4,0,'','','')", r.ID, r.Period.ID, r.Unit, string(r.State))
	if db.IsDuplicate(err) {
		return busy()
	}
	return err
}

func busy() error {
	return fault.New(fault.Conflict, "report.both_began", "Có người khác vừa lập báo cáo này. Hãy mở lại trang rồi làm tiếp.")
}

func words(tx *db.Tx, report int64) (map[string]Words, error) {
	out := map[string]Words{}
	err := tx.Each("SELECT id, section, text, who_name, at FROM report_word WHERE report_id=$1 ORDER BY at, id", []any{report}, func(scan func(...any) error) error {
		var w Words
		var section string
		err := scan(&w.ID, &section, &w.Text, &w.WhoName, &w.At)
		out[section] = w
		return err
	})
	return out, err
}

// Write keeps what a unit says in a section; what stood before stays in the history. base is the wording that the writer saw: when
// somebody else wrote meanwhile, nothing is overwritten and the writer is told. (law D2, KH:V.2)
func (k *Desk) Write(ctx context.Context, who access.Viewer, period string, unit int64, section, text string, base int64) error {
	if err := who.May(VerbWrite, unit); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	if len(text) > maxWords {
		return tooLong(section, "Phần này", maxWords)
	}
	return k.DB.Write(ctx, who.Act(VerbWrite, unit, "report:"+period, section), func(tx *db.Tx) error {
		x, err := PeriodOf(k.Plan(), period, tx.Today())
		if err != nil {
			return err
		}
		if !hasSection(x, section) {
			return fault.New(fault.Invalid, "report.section_unknown", "Báo cáo này không có phần đó.")
		}
		r, err := find(tx, x, unit)
		if err != nil {
			return err
		}
		if r.State.Handed() {
			return handedIn()
		}
		if err := begin(tx, r); err != nil {
			return err
		}
		old, err := words(tx, r.ID)
		if err != nil {
			return err
		}
		if was := old[section]; was.ID != base {
			if was.Text == text {
				return nil
			}
			return fault.New(fault.Conflict, "report.words_moved", "%s đã sửa phần này lúc bạn đang viết. Bản của bạn còn trong ô nhập; hãy đọc bản mới rồi ghi lại.", was.WhoName).On(section)
		}
		if old[section].Text == text {
			return nil
		}
		_, err = tx.Exec("INSERT INTO report_word(id, report_id, section, text, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7)", id.New(), r.ID, section, text, who.Account, who.Name, tx.Now())
		return err
	})
}

func hasSection(x Period, section string) bool {
	for _, s := range Sections(x) {
		if s.ID == section {
			return true
		}
	}
	return false
}

func handedIn() error {
	return fault.New(fault.Conflict, "report.handed_in", "Báo cáo đã nộp, không sửa được. Muốn sửa, hãy đề nghị cấp trên trả lại; bản nộp sau sẽ thay bản này và ghi rõ lý do.")
}

// Submit freezes the numbers and words and hands the report in; from then on it does not change. A report that was handed in before
// needs the reason of its correction, and names the version it replaces. It gives the code of the document. (laws D1, D2; KH:V.1)
func (k *Desk) Submit(ctx context.Context, who access.Viewer, period string, unit int64, why string) (string, error) {
	if err := who.May(VerbSubmit, unit); err != nil {
		return "", err
	}
	if why = strings.TrimSpace(why); len(why) > maxNote {
		return "", tooLong("why", "Lý do", maxNote)
	}
	b, err := k.beside(ctx, who, unit, period)
	if err != nil {
		return "", err
	}
	code := ""
	return code, k.DB.Write(ctx, who.Act(VerbSubmit, unit, "report:"+period, "nộp"), func(tx *db.Tx) error {
		x, err := PeriodOf(k.Plan(), period, tx.Today())
		if err != nil {
			return err
		}
		r, err := find(tx, x, unit)
		if err != nil {
			return err
		}
		switch {
		case r.State.Handed():
			return fault.New(fault.Conflict, "report.handed_twice", "Báo cáo này đã nộp rồi.")
		case r.Version > 0 && why == "":
			return fault.New(fault.Invalid, "report.why", "Hãy ghi lý do sửa so với bản đã nộp.").On("why")
		}
		if err := begin(tx, r); err != nil {
			return err
		}
		reading, err := k.draft(tx, who, r, b)
		if err != nil {
			return err
		}
		if missing := unwritten(x, reading.Words); missing != "" {
			return fault.New(fault.Invalid, "report.section_empty", "Chưa viết phần “%s”. Hãy viết trước khi nộp; không có gì thì ghi “Không”.", missing)
		}
		versions, err := versions(tx, r.ID)
		if err != nil {
			return err
		}
		reading.Version = r.Version + 1
		if len(versions) > 0 {
			reading.Old = versions[len(versions)-1].Code
		}
		if err := save(tx, reading, who.Account, who.Name); err != nil {
			return err
		}
		code = reading.Code
		if _, err := tx.Exec("INSERT INTO report_version(report_id, n, code, why, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7)", r.ID, reading.Version, code, why, who.Account, who.Name, tx.Now()); err != nil {
			return err
		}
		first := r.First
		if first == "" {
			first = tx.Today()
		}
		_, err = tx.Exec("UPDATE report SET state=$1, version=$2, submitted_at=$3, submitted_day=$4 WHERE id=$5", string(Submitted), reading.Version, tx.Now(), string(first), r.ID)
		return err
	})
}

// unwritten names the first section of a summing report that nobody wrote; "" when all are written.
func unwritten(x Period, words map[string]string) string {
	if !x.Summing() {
		return ""
	}
	for _, s := range Sections(x) {
		if words[s.ID] == "" {
			return s.Title
		}
	}
	return ""
}

func versions(tx *db.Tx, report int64) ([]Version, error) {
	var out []Version
	err := tx.Each("SELECT n, code, why, who_name, at FROM report_version WHERE report_id=$1 ORDER BY n", []any{report}, func(scan func(...any) error) error {
		var v Version
		err := scan(&v.N, &v.Code, &v.Why, &v.WhoName, &v.At)
		out = append(out, v)
		return err
	})
	return out, err
}

// Tell adds a comment to a report, gives it back for revision with a reason ("return"), or takes it over ("accept"). Comments are
// for who may see the report; the others for the level above, never for the own unit's author.
func (k *Desk) Tell(ctx context.Context, who access.Viewer, period string, unit int64, kind, section, text string) error {
	verb := VerbSee
	if kind == "return" || kind == "accept" {
		verb = VerbReturn
	}
	if err := who.May(verb, unit); err != nil {
		return err
	}
	if verb == VerbReturn {
		if err := k.above(who, unit); err != nil {
			return err
		}
	}
	text = strings.TrimSpace(text)
	switch {
	case len(text) > maxNote:
		return tooLong("text", "Ý kiến", maxNote)
	case text == "" && kind != "accept":
		return fault.New(fault.Invalid, "report.note_empty", "Hãy ghi ý kiến.").On("text")
	case kind != "comment" && kind != "return" && kind != "accept":
		return fault.New(fault.Invalid, "report.note_kind", "Không có việc này.")
	}
	return k.DB.Write(ctx, who.Act(verb, unit, "report:"+period, kind), func(tx *db.Tx) error {
		x, err := PeriodOf(k.Plan(), period, tx.Today())
		if err != nil {
			return err
		}
		r, err := find(tx, x, unit)
		if err != nil {
			return err
		}
		if verb == VerbReturn && r.State != Submitted && !(kind == "return" && r.State == Accepted) {
			return fault.New(fault.Conflict, "report.not_handed", "Báo cáo này chưa nộp hoặc đã được xử lý. Hãy mở lại trang để xem trạng thái mới.")
		}
		if err := begin(tx, r); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO report_note(id, report_id, version, kind, section, text, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
			id.New(), r.ID, r.Version, kind, section, text, who.Account, who.Name, tx.Now()); err != nil {
			return err
		}
		switch kind {
		case "return":
			_, err = tx.Exec("UPDATE report SET state=$1, accepted_at='' WHERE id=$2", string(Returned), r.ID)
		case "accept":
			_, err = tx.Exec("UPDATE report SET state=$1, accepted_at=$2 WHERE id=$3", string(Accepted), tx.Now(), r.ID)
		}
		return err
	})
}

// MayDecide tells whether somebody may take a unit's report over or give it back.
func (k *Desk) MayDecide(who access.Viewer, unit int64) bool {
	return who.May(VerbReturn, unit) == nil && k.above(who, unit) == nil
}

// above refuses those whose right to take reports over comes from the reporting unit itself: nobody accepts the own report.
func (k *Desk) above(who access.Viewer, unit int64) error {
	tree := who.Tree()
	if tree == nil || who.IsSystem() {
		return nil
	}
	u := tree.ByID(unit)
	if u == nil {
		return nil
	}
	if top := tree.Place(k.Plan().Place.Unit); top != nil && top.ID == unit {
		return nil // the province is no user of this database: the leadership notes its reply
	}
	return who.May(VerbReturn, u.Parent)
}
