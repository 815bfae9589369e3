package web

import (
	"bonphu/core/people"
	"bonphu/internal/id"
	"bonphu/oversight/inspection"
)

func showField(a *Ask) error {
	n, err := inspectionInPath(a)
	if err != nil {
		return err
	}
	s, err := a.fieldScreen(n, a.Query("ap"), a.Query("con"), "")
	if err != nil {
		return err
	}
	return a.Show(s)
}

func resultMood(r inspection.Result) string {
	switch r {
	case inspection.True:
		return "good"
	case inspection.False:
		return "bad"
	case inspection.Absent, inspection.Refused:
		return "warn"
	}
	return ""
}

// fieldScreen is the list for the phone and for paper: one stratum or all, everybody or only those without a result. wrong is the
// person whose form was refused.
func (a *Ask) fieldScreen(n int64, code, left, wrong string) (*InspectionList, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	t, err := a.Inspect.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	list, err := a.Inspect.Items(a.Ctx(), a.Who, n, code)
	if err != nil {
		return nil, err
	}
	tree := a.Who.Tree()
	s := &InspectionList{Href: inspectionHref(n) + "/phieu", Sheet: inspectionHref(n), MayRecord: t.MayRecord && t.State == inspection.Drawn, Away: t.Kind == inspection.Excluded, Wrong: wrong, Code: code, Hidden: left,
		None: Empty{Icon: "check", Title: "Không còn ai", Text: "Mọi người trong phần mẫu này đã có kết quả."}}
	if t.State == inspection.Drawn {
		s.Barred = t.Barred
	}
	s.Title, s.Area, s.Lead = "Phiếu kiểm tra", inspectionsHref, inspectionWhat(p, t.Kind, t.Target)+". "+tree.FullName(t.Unit)
	s.Crumbs = []Crumb{{"Kiểm tra", inspectionsHref}, {tree.FullName(t.Unit), s.Sheet}, {Title: "Phiếu"}}
	switch {
	case t.Kind == inspection.Excluded:
		s.Asks = "Đúng: người này thật sự thuộc diện được đưa ra ngoài (đi xa, chấp hành án, …). Sai: gặp tại nhà hoặc căn cứ không đúng."
	default:
		s.Asks = "Đúng: nhìn thấy kết quả (thẻ, tài khoản trên máy, SIM đúng tên). Sai: chưa có."
		if c := p.Coverage(t.Coverage); c != nil {
			s.Asks = "Đúng: nhìn thấy tận mắt “" + c.StateTitle(t.Reached) + "” (" + c.Title + "). Sai: chưa đạt như vậy."
		}
	}
	for _, r := range inspection.Results {
		s.Answers = append(s.Answers, Choice{Value: string(r), Title: inspection.ResultTitle(r)})
	}
	for _, x := range t.Estimate.Strata {
		s.Places = append(s.Places, Choice{x.Code, tree.FullName(x.Unit), code == x.Code})
	}
	for i := range list {
		if x := &list[i]; left == "" || x.Result == "" || id.String(x.Person.ID) == wrong {
			s.Rows = append(s.Rows, a.fieldRow(s, x))
		}
	}
	return s, nil
}

func (a *Ask) fieldRow(s *InspectionList, x *inspection.Item) FieldRow {
	r := FieldRow{N: int64(len(s.Rows) + 1), ID: id.String(x.Person.ID), Press: id.String(id.New()), Name: x.Person.Name, Href: "/dan-cu/" + id.String(x.Person.ID), Birth: people.BirthTitle(x.Person.Birth), Number: x.Person.Number.Mask(),
		Home: x.Person.Address, Place: a.Who.Tree().FullName(x.Unit), Result: inspection.ResultTitle(x.Result), Mood: resultMood(x.Result), Again: x.Result != ""}
	for _, h := range x.History {
		m := Moment{When: stampVi(h.At), Title: inspection.ResultTitle(h.Result), Text: h.Note, By: h.Who}
		if h.Why != "" {
			m.Title += ", sửa vì: " + h.Why
		}
		if h.Result == inspection.True {
			m.Level = "verified"
		}
		r.Moments = append(r.Moments, m)
		if h.Photo {
			r.Photos = append(r.Photos, CaseLink{"Ảnh " + stampVi(h.At), s.Sheet + "/anh/" + id.String(h.ID)})
		}
	}
	if s.Away && x.Result == inspection.False {
		r.EndFact = r.Href
	}
	return r
}
