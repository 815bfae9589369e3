package web

import (
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/dossier"
)

// dossierInPath reads the dossier's id of the address.
func (a *Ask) dossierInPath() (int64, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return 0, errNoDossier
	}
	return n, nil
}

func showDossier(a *Ask) error {
	s, err := a.dossierSheet()
	if err != nil {
		return err
	}
	if a.Query("vua") != "" {
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã thu nhận. Ghi mã " + s.Code + " vào giấy hẹn: người dân tra ở trang /ho-so mà không cần đăng nhập."})
	}
	return a.Show(s)
}

// wayOf are the stages of a dossier's kind with where it is now.
func wayOf(k dossier.Kind, now dossier.State, rejected bool) []Stage {
	way := []dossier.State{dossier.Collected, dossier.Transmitted, dossier.Approved, dossier.Issued, dossier.Handed, dossier.Account, dossier.Activated}
	switch k {
	case dossier.Card:
		way = way[:5]
	case dossier.EID2:
		way = []dossier.State{dossier.Collected, dossier.Transmitted, dossier.Account, dossier.Activated}
	}
	var out []Stage
	if rejected {
		return []Stage{{dossier.Title(dossier.Collected), "done"}, {dossier.Title(dossier.Transmitted), "done"}, {dossier.Title(dossier.Rejected), "now"}}
	}
	passed := true
	for _, s := range way {
		g := Stage{Title: dossier.Title(s)}
		switch {
		case s == now && dossier.Done(k, s):
			g.State, passed = "done", false
		case s == now:
			g.State, passed = "now", false
		case passed:
			g.State = "done"
		}
		out = append(out, g)
	}
	return out
}

func (a *Ask) dossierSheet() (*DossierSheet, error) {
	n, err := a.dossierInPath()
	if err != nil {
		return nil, err
	}
	h, err := a.Dossiers.Read(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	p := a.plan()
	row := a.dossierRow(&h.Entry)
	s := &DossierSheet{Href: dossierPath(n), Person: h.Name, Code: dossier.CodeText(h.Code), Kind: row.Kind, Stages: wayOf(h.Kind, h.State, h.State == dossier.Rejected), State: row.State, Mood: row.Mood, Reason: row.Reason, Late: row.Late, Today: string(a.today())}
	s.Title, s.Area = row.Name, dossierHref
	s.Lead = row.Kind + ", thu nhận ngày " + h.Day.Vi() + " · " + row.Place
	s.Crumbs = []Crumb{{"Hồ sơ thu nhận", dossierHref}, {Title: s.Title}}
	if u := a.unitOfDossier(h.Unit); u != nil {
		s.Crumbs = []Crumb{{"Hồ sơ thu nhận", dossierHref + "?don_vi=" + u.Code}, {"Danh sách", dossierLists(u)}, {Title: s.Title}}
	}
	if h.Name != "" {
		s.PersonHref = "/dan-cu/" + id.String(h.Person)
	}
	sure := "tổ báo cáo"
	if h.Confirmed {
		sure = "bản trích xuất xác nhận"
	}
	s.Stats = []Stat{{Label: "Chặng hiện nay", Value: row.State, Note: "từ " + row.Since + " · " + sure, Kind: row.Mood}, {Label: "Mã tra cứu", Value: s.Code, Note: "người dân tra ở /ho-so"}}
	if row.Age != "" {
		st := Stat{Label: "Đã ở chặng này", Value: row.Age, Note: "kế hoạch không đặt thời hạn"}
		if h.Norm > 0 {
			st.Note = "thời hạn " + vn.Int(int64(h.Norm)) + " ngày"
		}
		st.Kind = row.LateMood
		s.Stats = append(s.Stats, st)
	}
	for i := len(h.Steps) - 1; i >= 0; i-- {
		x := &h.Steps[i]
		m := Moment{When: x.Day.Vi(), Title: dossier.Title(x.State), Text: x.Note, By: x.WhoName + ", ghi lúc " + stampVi(x.At), Level: "claimed", Void: x.VoidWhy}
		if x.VoidAt != "" && m.Void == "" {
			m.Void = "đã rút"
		}
		if x.Extract {
			m.Level, m.By = "confirmed", "bản trích xuất, ghi lúc "+stampVi(x.At)
		}
		if x.State == dossier.Rejected && x.Reason != "" {
			m.Title += ": " + vn.LowerFirst(p.Dossier.ReasonTitle(x.Reason))
		}
		s.Moments = append(s.Moments, m)
	}
	for i, x := range h.Next {
		s.Next = append(s.Next, Choice{string(x), dossier.Title(x), i == 0})
	}
	s.Reasons = a.reasonChoices()
	s.MayWrite = a.Who.May("dossier.write", h.Unit) == nil
	s.MayUndo = s.MayWrite && !h.Confirmed && h.State != dossier.Collected && h.Followed == 0 && !(h.State == dossier.Transmitted && h.Batch != 0)
	s.MayRedo = s.MayWrite && h.State == dossier.Rejected && h.Followed == 0
	if h.Follows != 0 {
		s.FollowsHref = dossierPath(h.Follows)
	}
	if h.Followed != 0 {
		s.RedoneHref = dossierPath(h.Followed)
	}
	if h.Sent != nil {
		s.Batch = "Đợt truyền ngày " + h.Sent.Day.Vi()
		if h.Sent.Receipt != "" {
			s.Batch += ", biên nhận " + h.Sent.Receipt
		}
		if u := a.unitOfDossier(h.Unit); u != nil {
			s.BatchHref = dossierLists(u, "dot", id.String(h.Batch))
		}
	}
	return s, nil
}

// onDossier runs one act on the dossier of the address and comes back to it.
func onDossier(do func(a *Ask, n int64, day clock.Day) error) func(*Ask) error {
	return func(a *Ask) error {
		n, err := a.dossierInPath()
		if err != nil {
			return err
		}
		day, err := a.postDay("day")
		if err == nil {
			err = do(a, n, day)
		}
		if err != nil {
			s, again := a.dossierSheet()
			if again != nil {
				return again
			}
			return Again(s, err)
		}
		return a.Go(dossierPath(n))
	}
}

func advanceDossier(a *Ask, n int64, day clock.Day) error {
	return a.Dossiers.Advance(a.Ctx(), a.Who, n, dossier.Move{To: dossier.State(a.Post("to")), Day: day, Reason: a.Post("reason"), Note: a.Post("note")})
}

func undoDossier(a *Ask, n int64, _ clock.Day) error {
	return a.Dossiers.Undo(a.Ctx(), a.Who, n, a.Post("why"))
}

func redoDossier(a *Ask, n int64, day clock.Day) error {
	_, err := a.Dossiers.Redo(a.Ctx(), a.Who, n, dossier.Take{Day: day, Note: a.Post("note")})
	return err
}

// dossiersOf lays a person's dossiers on the person's page; nothing for those who may not see dossiers.
func (a *Ask) dossiersOf(s *Person, card *people.Card) error {
	if a.Dossiers == nil || a.Who.May("dossier.see", card.Unit) != nil {
		return nil
	}
	list, err := a.Dossiers.OfPerson(a.Ctx(), a.Who, card.ID)
	if err != nil {
		return err
	}
	d := &s.Dossiers
	d.Person = id.String(card.ID)
	d.Shown, d.May, d.Kinds, d.Today = true, a.Who.May("dossier.write", card.Unit) == nil, kindChoices(dossier.Both), string(a.today())
	for i := range list {
		d.Rows = append(d.Rows, a.dossierRow(&list[i]))
	}
	return nil
}
