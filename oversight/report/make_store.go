package report

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/oversight/localplan"
)

// Order says which document is to be made.
type Order struct {
	Form   string
	Unit   int64
	Period string            // of a report
	Day    clock.Day         // as of the end of which day; "" and days to come: today
	Signed clock.Day         // the day on the paper; "" leaves room to write it in
	Fields map[string]string // what was typed in
}

// Make freezes the numbers and words of a document and keeps them under its code; Paper makes the document of it. A report's document
// that is made before the report is handed in is its draft. The maker needs report.write on the unit. (laws D1, D3)
func (k *Desk) Make(ctx context.Context, who access.Viewer, o Order) (*Reading, error) {
	if err := who.May(VerbWrite, o.Unit); err != nil {
		return nil, err
	}
	form, err := FormOf(o.Form)
	if err != nil {
		return nil, err
	}
	if err := form.check(o.Fields); err != nil {
		return nil, err
	}
	b, err := k.beside(ctx, who, o.Unit, o.Period)
	if err != nil {
		return nil, err
	}
	var r *Reading
	err = k.DB.Write(ctx, who.Act(VerbWrite, o.Unit, "document:"+o.Form, o.Period), func(tx *db.Tx) error {
		r, err = k.make(tx, who, form, o, b)
		if err != nil {
			return err
		}
		return save(tx, r, who.Account, who.Name)
	})
	return r, err
}

func (k *Desk) make(tx *db.Tx, who access.Viewer, form *Form, o Order, b beside) (*Reading, error) {
	tree, err := territory.Given(tx, who.Tree())
	if err != nil {
		return nil, err
	}
	p := k.Plan()
	top, below := reporting(tree, p.Place.Unit, min(tx.Today(), p.Until))
	isTop := top != nil && top.ID == o.Unit
	if form.Place == "top" && !isTop {
		return nil, fault.New(fault.Invalid, "report.form_top", "“%s” chỉ lập cho toàn địa bàn của kế hoạch.", form.Title)
	}
	if form.Place == "below" && isTop {
		return nil, fault.New(fault.Invalid, "report.form_below", "“%s” lập cho từng xã, thị trấn; hãy chọn một đơn vị.", form.Title)
	}
	if form.ID == "bao-cao" {
		return k.reportOf(tx, who, o, b)
	}
	day := o.Day
	if day == "" || day > tx.Today() {
		day = tx.Today()
	}
	r, err := k.read(tx, tree, o.Unit, p.From, day)
	if err != nil {
		return nil, err
	}
	r.Form, r.Title, r.Fields, r.Signed = form.ID, form.Title, o.Fields, o.Signed
	if form.Kind == docx.Plan {
		if v, err := localplan.InForce(tx, o.Unit); err != nil {
			return nil, err
		} else if v != nil && v.Spec.District == p.Code {
			r.Own = &Own{v.N, v.Spec}
		}
	}
	if isTop {
		return r, k.owed(tx, r, below, day)
	}
	return r, nil
}

// reportOf is the draft of a period's report as of a day within it. A hamlet has no report of its own in the calendar; its document
// tells its figures.
func (k *Desk) reportOf(tx *db.Tx, who access.Viewer, o Order, b beside) (*Reading, error) {
	x, err := PeriodOf(k.Plan(), o.Period, max(tx.Today(), o.Day))
	if err != nil {
		return nil, err
	}
	if o.Day != "" && o.Day < x.Until {
		x.Until = max(o.Day, x.From)
	}
	rep, err := find(tx, x, o.Unit)
	if err != nil {
		return nil, err
	}
	r, err := k.draft(tx, who, rep, b)
	if err != nil {
		return nil, err
	}
	r.Fields, r.Signed, r.Version = o.Fields, o.Signed, rep.Version
	return r, nil
}

func (k *Desk) owed(tx *db.Tx, r *Reading, below []*territory.Unit, day clock.Day) error {
	kept, err := k.kept(tx, below, day)
	for _, u := range below {
		x := kept[u.ID]
		r.Owed = append(r.Owed, Owed{u.Title(), u.Code, x.Due, x.InTime, x.Late, x.Missing})
	}
	return err
}

// Form gives an office's own layout for a kind of document: the unit's own, else the nearest above; nil when there is none.
func (k *Desk) Form(ctx context.Context, who access.Viewer, unit int64, kind string) ([]byte, error) {
	if err := who.May(VerbSee, unit); err != nil {
		return nil, err
	}
	var out []byte
	err := k.DB.Read(ctx, func(tx *db.Tx) error {
		tree, err := territory.Given(tx, who.Tree())
		if err != nil {
			return err
		}
		for _, u := range tree.Ancestors(unit) {
			if err := tx.Each("SELECT body FROM document_form WHERE unit_id=$1 AND kind=$2 AND withdrawn_at='' ORDER BY at DESC, id DESC LIMIT 1", []any{u.ID, kind}, func(scan func(...any) error) error {
				return scan(&out)
			}); err != nil || out != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}
