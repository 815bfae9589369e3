package web

import (
	"strconv"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/dossier"
)

// sentPage is how many batches a page shows.
const sentPage = 40

func showTransmissions(a *Ask) error {
	s, err := a.transmissions()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func (a *Ask) transmissions() (*Transmissions, error) {
	u, err := a.askedUnit("dossier.see")
	if err != nil {
		return nil, err
	}
	list, err := a.Dossiers.Transmissions(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, err
	}
	_, waiting, err := a.Dossiers.List(a.Ctx(), a.Who, dossier.Query{Unit: u.ID, State: dossier.Collected, Limit: 1})
	if err != nil {
		return nil, err
	}
	s := &Transmissions{Units: a.unitScope("dossier.see", u), Code: u.Code, Waiting: waiting, MayWrite: a.Who.May("dossier.write", u.ID) == nil, Today: string(a.today()), None: Empty{Icon: "folder", Title: "Chưa có đợt truyền nào", Text: "Mỗi lần truyền hồ sơ về Bộ là một đợt, có số biên nhận. Đợt truyền nhầm thì rút lại được."}}
	s.Title, s.Area, s.Lead = "Đợt truyền hồ sơ về Bộ", dossierHref, a.Who.Tree().FullName(u.ID)
	s.Crumbs = []Crumb{{"Hồ sơ thu nhận", dossierHref + "?don_vi=" + u.Code}, {Title: "Đợt truyền"}}
	sent, bare := int64(0), int64(0)
	from, err := strconv.Atoi(a.R.URL.Query().Get("tu"))
	if err != nil || from < 0 {
		from = 0
	}
	for i := range list {
		t := &list[i]
		if t.WithdrawnAt == "" {
			sent += t.N
			if t.Receipt == "" {
				bare++
			}
		}
		if i < from || i >= from+sentPage {
			continue
		}
		r := TransmissionRow{ID: id.String(t.ID), Day: t.Day.Vi(), Unit: a.Who.Tree().FullName(t.Unit), Receipt: t.Receipt, By: t.WhoName, Note: t.Note, N: t.N, Out: t.Out, May: a.Who.May("dossier.write", t.Unit) == nil && t.WithdrawnAt == ""}
		if x := a.Who.Tree().ByID(t.Unit); x != nil {
			r.Href = dossierLists(x, "dot", r.ID)
		}
		if t.WithdrawnAt != "" {
			r.Withdrawn = t.WhyPulled + " (" + t.WithdrawnBy + ", " + stampVi(t.WithdrawnAt) + ")"
		}
		s.Rows = append(s.Rows, r)
	}
	if n := len(list); n > sentPage {
		at := func(n int) string { return sentHref + "?don_vi=" + u.Code + "&tu=" + strconv.Itoa(n) }
		s.Pager.Text = vn.Int(int64(min(from+1, n))) + "–" + vn.Int(int64(min(from+sentPage, n))) + " trong " + vn.Int(int64(n)) + " đợt"
		if from > 0 {
			s.Pager.Previous = at(max(0, from-sentPage))
		}
		if from+sentPage < n {
			s.Pager.Next = at(from + sentPage)
		}
	}
	s.Stats = []Stat{{Label: "Chờ truyền", Value: vn.Int(waiting), Kind: kindIf(waiting > 0, "warn"), Href: dossierLists(u, "chang", "collected")}, {Label: "Đã truyền theo đợt", Value: vn.Int(sent)}, {Label: "Đợt chưa có biên nhận", Value: vn.Int(bare), Kind: kindIf(bare > 0, "warn")}}
	return s, nil
}

// onTransmission runs one act and comes back to the list of batches.
func onTransmission(do func(a *Ask) error) func(*Ask) error {
	return func(a *Ask) error {
		u, err := a.askedUnit("dossier.write")
		if err != nil {
			return err
		}
		if err := do(a); err != nil {
			s, again := a.transmissions()
			if again != nil {
				return again
			}
			return Again(s, err)
		}
		return a.Go(sentHref + "?don_vi=" + u.Code)
	}
}

func transmit(a *Ask) error {
	u, err := a.askedUnit("dossier.write")
	if err != nil {
		return err
	}
	var day clock.Day
	if day, err = a.postDay("day"); err != nil {
		return err
	}
	_, err = a.Dossiers.Transmit(a.Ctx(), a.Who, u.ID, nil, day, a.Post("receipt"), a.Post("note"))
	return err
}

func receiptOfBatch(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	return a.Dossiers.Receipt(a.Ctx(), a.Who, n, a.Post("receipt"))
}

func withdrawBatch(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	_, _, err = a.Dossiers.Withdraw(a.Ctx(), a.Who, n, a.Post("why"))
	return err
}
