package officials

import (
	"slices"
	"strings"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// List takes in agencies' lists of officials (KH:IV.1.c): a row an official. What a list says of conditions is the agency's own word and
// stays claimed (law C2). It is an intake.Applier.
type List struct {
	Plan func() *plan.Plan
}

// Kinds are those it takes: agencies' rosters, and what the portals' own offices extract.
func (List) Kinds() []string { return []string{intake.KindOfficials, intake.KindPortal} }

// Title names it for people.
func (List) Title(kind string) string { return intake.KindTitle(kind) }

// listRun applies one batch.
type listRun struct {
	tx      *db.Tx
	batch   *intake.Batch
	plan    *plan.Plan
	conds   []Condition
	tree    *territory.Tree
	given   *territory.Unit // commune of the batch, nil for none
	offices map[officeKey]territory.Office
	byID    map[int64]territory.Office
	numbers map[string]*Official // in force, by citizen number
	names   map[nameKey][]*Official
	persons map[int64]*Official
	portals map[int64][]Statement
	temp    int64 // ids of what a dry run would make
	settled bool
	force   int64
}

type officeKey struct {
	unit int64
	name string
}

type nameKey struct {
	office int64
	fold   string
}

// Start begins a batch.
func (l List) Start(tx *db.Tx, b *intake.Batch) (intake.Run, error) { return l.start(tx, b) }

func (l List) start(tx *db.Tx, b *intake.Batch) (*listRun, error) {
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	p := l.Plan()
	tree = tree.At(p.Place.Unit)
	r := &listRun{tx: tx, batch: b, plan: p, conds: Conditions(p), tree: tree, given: tree.Commune(b.UnitID), offices: map[officeKey]territory.Office{}, byID: map[int64]territory.Office{},
		numbers: map[string]*Official{}, names: map[nameKey][]*Official{}, persons: map[int64]*Official{}}
	offices, err := territory.Offices(tx)
	if err != nil {
		return nil, err
	}
	for _, o := range offices {
		r.offices[officeKey{o.Unit, agencyKey(o.Name)}], r.byID[o.ID] = o, o
	}
	if r.portals, err = statements(tx, nil); err != nil {
		return nil, err
	}
	all, err := roster(tx, "")
	for i := range all {
		if o := &all[i]; o.Until == "" {
			r.know(o)
		}
	}
	return r, err
}

func (r *listRun) know(o *Official) {
	if o.Number != "" {
		r.numbers[string(o.Number)] = o
	}
	if o.Person != 0 {
		r.persons[o.Person] = o
	}
	k := nameKey{o.Office, vn.Fold(o.Name)}
	if !slices.Contains(r.names[k], o) {
		r.names[k] = append(r.names[k], o)
	}
}

// Finish has nothing left to do.
func (r *listRun) Finish() error { return nil }

// Settle books a held row as somebody decided: linked to the person chosen, or to nobody of the register (law P4).
func (l List) Settle(tx *db.Tx, b *intake.Batch, row *intake.Row, person int64) (intake.Outcome, error) {
	r, err := l.start(tx, b)
	if err != nil {
		return intake.Outcome{}, err
	}
	r.settled, r.force = true, person
	out, err := r.Apply([]*intake.Row{row}, false)
	if err != nil {
		return intake.Outcome{}, err
	}
	return out[0], nil
}

// Apply takes rows of the list.
func (r *listRun) Apply(rows []*intake.Row, dry bool) ([]intake.Outcome, error) {
	out := make([]intake.Outcome, len(rows))
	for i, row := range rows {
		one := r.row
		if r.batch.Kind == intake.KindPortal {
			one = r.portalRow
		}
		o, err := one(row, dry)
		if err != nil {
			f, ok := fault.As(err)
			if !ok {
				return nil, err
			}
			o.Verdict, o.Code, o.Text = intake.Held, f.Code, f.Text
			if f.Kind == fault.Forbidden || f.Kind == fault.Unknown {
				o.Verdict = intake.Refused
			}
		}
		out[i] = o
	}
	return out, nil
}

func (r *listRun) row(row *intake.Row, dry bool) (intake.Outcome, error) {
	office, err := r.office(row, dry)
	if err != nil {
		return intake.Outcome{}, err
	}
	day := row.AsOf
	if day == "" {
		day = r.batch.AsOf
	}
	said := Official{Office: office.ID, Name: row.Name, Birth: row.Birth.String(), Position: row.Position, Number: people.Number(row.Number), Phone: people.Number(row.Phone),
		Said: r.said(row), Batch: r.batch.ID, From: day}
	if err := said.check(); err != nil {
		return intake.Outcome{}, err
	}
	was, err := r.known(&said, office)
	if err != nil {
		return intake.Outcome{}, err
	}
	person, others, err := r.link(&said, was, office)
	if err != nil {
		return intake.Outcome{Person: first(others), Others: others}, err
	}
	said.Person = person
	out := intake.Outcome{Verdict: intake.Same, Person: person}
	o := was
	if o == nil {
		out.Verdict, o = intake.New, &said
		if dry {
			r.temp--
			o.ID = r.temp
		} else if err := insert(r.tx, o, int64(row.Sheet)*10_000_000+int64(row.Line)); err != nil {
			return out, err
		}
	} else {
		changed, err := r.change(o, &said, dry)
		if err != nil {
			return out, err
		}
		if changed {
			out.Verdict = intake.Changed
		}
	}
	r.know(o)
	more, err := r.claims(o, row, office, day, dry)
	if more && out.Verdict == intake.Same {
		out.Verdict = intake.Changed
	}
	return out, err
}

func first(ids []int64) int64 {
	if len(ids) == 0 {
		return 0
	}
	return ids[0]
}

// said lists the conditions on the ledger that a row declares.
func (r *listRun) said(row *intake.Row) []string {
	var out []string
	for _, c := range r.conds {
		switch {
		case c.ID == "sim" && row.Status[intake.StatusSIM] == "yes" && row.Status[intake.StatusSign] == "yes":
			out = append(out, c.ID)
		case c.ID == "phone" && slices.Contains([]string{"4G", "5G", "smart"}, row.Status[intake.StatusDevice]):
			out = append(out, c.ID)
		}
	}
	return out
}

// office finds the agency that a row names, or makes it.
func (r *listRun) office(row *intake.Row, dry bool) (territory.Office, error) {
	name := strings.Join(strings.Fields(vn.NFC(row.Agency)), " ")
	if name == "" || len(name) > 200 {
		return territory.Office{}, fault.New(fault.Invalid, "officials.agency_missing", "Không rõ cán bộ này thuộc cơ quan nào; ghi tên cơ quan vào cột “Đơn vị công tác” rồi nhập lại.")
	}
	given := r.given
	if u, ok := r.tree.FindCommune(row.CommuneText); ok && row.CommuneText != "" {
		given = u
	}
	u := unitOf(r.tree, name, given)
	if u == nil {
		return territory.Office{}, fault.New(fault.Invalid, "officials.agency_commune", "Không rõ “%s” ở xã, thị trấn nào; ghi đủ tên xã (thí dụ: UBND xã An Khương) rồi nhập lại.", name)
	}
	if err := r.batch.Viewer.May("intake.apply", u.ID); err != nil {
		return territory.Office{}, err
	}
	k := officeKey{u.ID, agencyKey(name)}
	if o, ok := r.offices[k]; ok {
		return o, nil
	}
	o := territory.Office{Unit: u.ID, Kind: kindOf(name), Name: tidy(name, u)}
	if dry {
		r.temp--
		o.ID = r.temp
	} else if err := territory.AddOffice(r.tx, &o); err != nil {
		return o, err
	}
	r.offices[k], r.byID[o.ID] = o, o
	return o, nil
}

// known finds the roster's row of the same official: by number, else by name and birth date in the same agency (law P1). Somebody whom
// another agency has waits for a person, who settles it as a move.
func (r *listRun) known(said *Official, office territory.Office) (*Official, error) {
	o := r.numbers[string(said.Number)]
	if said.Number == "" || o == nil {
		o = nil
		for _, c := range r.names[nameKey{office.ID, vn.Fold(said.Name)}] {
			if (said.Number == "" || c.Number == "") && agrees(c.Birth, said.Birth) {
				if o != nil {
					return nil, fault.New(fault.Conflict, "officials.two_alike", "Cơ quan này có hai người cùng họ tên và ngày sinh; bổ sung số định danh để biết là ai.")
				}
				o = c
			}
		}
	}
	if o == nil {
		return nil, nil
	}
	if said.Number != "" && o.Number == said.Number && vn.Fold(o.Name) != vn.Fold(said.Name) && !agrees(o.Birth, said.Birth) && !r.settled {
		return nil, fault.New(fault.Conflict, "officials.number_other", "Số định danh này trong danh sách cán bộ đang đứng tên người khác (khác cả họ tên và ngày sinh). Hãy đối chiếu thẻ rồi chọn.")
	}
	if o.Office != office.ID && !r.settled {
		return nil, fault.New(fault.Conflict, "officials.elsewhere", "Người này đang có trong danh sách của %s. Nếu đã chuyển công tác, chọn nhận dòng này; nếu kiêm nhiệm, bỏ dòng này để không đếm hai lần.", r.byID[o.Office].Name)
	}
	return o, nil
}

// agrees: birth dates agree as far as both are known; an agency's list may know less.
func agrees(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// link tells the register record of an official: by number, else by name and whole birth date within the agency's own commune; otherwise
// whoever it may be is left to a person (law P4). 0 when the register knows nobody.
func (r *listRun) link(said, was *Official, office territory.Office) (person int64, others []int64, err error) {
	if r.settled {
		person = r.force
	} else {
		if was != nil && was.Person != 0 {
			return was.Person, nil, nil
		}
		if person, others, err = find(r.tx, r.tree, said, office.Unit); err != nil {
			return 0, others, err
		}
	}
	if o := r.persons[person]; person != 0 && o != nil && o != was {
		return 0, []int64{person}, fault.New(fault.Conflict, "officials.person_taken", "Hồ sơ dân cư này đã gắn với cán bộ %s. Hãy kiểm tra có phải một người ghi hai lần.", o.Name)
	}
	return person, nil, nil
}

// change takes over what a list says newer of a known official, and keeps what was there for a withdrawal (law F3).
func (r *listRun) change(o, said *Official, dry bool) (bool, error) {
	n := *o
	if said.Position != "" {
		n.Position = said.Position
	}
	if said.Phone != "" {
		n.Phone = said.Phone
	}
	if o.Number == "" {
		n.Number = said.Number
	}
	if len(said.Birth) > len(o.Birth) {
		n.Birth = said.Birth
	}
	if said.Person != 0 {
		n.Person = said.Person
	}
	n.Office = said.Office
	for _, c := range said.Said {
		if !slices.Contains(n.Said, c) {
			n.Said = append(slices.Clone(n.Said), c)
		}
	}
	changed := false
	for _, a := range attrs {
		was, becomes := a.get(o), a.get(&n)
		if was == becomes {
			continue
		}
		changed = true
		if dry {
			continue
		}
		if _, err := r.tx.Exec("INSERT INTO official_change(id, official_id, batch_id, attr, was, becomes, at) VALUES ($1,$2,$3,$4,$5,$6,$7)",
			id.New(), o.ID, r.batch.ID, a.name, r.tx.Keys().Seal(was), r.tx.Keys().Seal(becomes), r.tx.Now()); err != nil {
			return false, err
		}
	}
	*o = n
	if !changed || dry {
		return changed, nil
	}
	return true, update(r.tx, o)
}

// claims keeps what a row declares: sign-ins to the portals, and for a linked official the other conditions on the ledger, all claimed.
func (r *listRun) claims(o *Official, row *intake.Row, office territory.Office, day clock.Day, dry bool) (bool, error) {
	changed := false
	evidence := "danh sách của " + office.Name
	for _, portal := range Portals() {
		mark := row.Status[intake.StatusPortal]
		if portal == Provincial {
			mark = row.Status[intake.StatusPortalProvince]
		}
		if mark != "yes" || slices.ContainsFunc(r.portals[o.ID], func(s Statement) bool { return s.Portal == portal }) {
			continue
		}
		changed = true
		s := Statement{Official: o.ID, Portal: portal, Level: coverage.Claimed, Day: day, Evidence: evidence, Who: r.batch.Who, Batch: r.batch.ID}
		if !dry {
			if err := insertStatement(r.tx, &s); err != nil {
				return false, err
			}
		}
		r.portals[o.ID] = append(r.portals[o.ID], s)
	}
	more, err := claimSaid(r.tx, r.plan, o, day, evidence, r.batch.Who, r.batch.ID, dry)
	return changed || more, err
}
