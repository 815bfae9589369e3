package web

import (
	"net/url"
	"strings"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

const slipsHref = "/phieu-dien-thoai"

// slipsShown bounds the queue on one screen.
const slipsShown = 200

func showSlips(a *Ask) error {
	u, err := a.askedUnit("field.settle")
	if err != nil {
		return err
	}
	list, err := a.Canvass.Held(a.Ctx(), a.Who, u.ID, slipsShown)
	if err != nil {
		return err
	}
	s := &HeldSlips{Units: a.unitChoices("field.settle", u.ID), None: Empty{Icon: "check", Title: "Không có phiếu nào chờ", Text: "Phiếu mà máy chủ chưa tự ghi được, như người gặp ngoài danh sách, sẽ hiện ở đây."}}
	s.Title, s.Area, s.Lead = "Phiếu chờ xử lý", slipsHref, u.Title()+": phiếu từ điện thoại cần người xem và quyết định. Không phiếu nào tự mất."
	for i := range list {
		x := &list[i]
		k, _ := x.Kept()
		row := HeldSlip{Kind: canvass.SlipTitle(x.Kind), Href: slipsHref + "/" + id.String(x.ID), By: k.Name, When: stampVi(x.At), Why: x.Text, Place: a.Who.Tree().FullName(x.Unit)}
		if k.Slip.QR != nil {
			row.Person = k.Slip.QR.Name
		}
		s.Rows = append(s.Rows, row)
	}
	return a.Show(s)
}

// slipScreen is one slip: what it says, why it waits, and what may be made of it.
func (a *Ask) slipScreen() (*SlipSheet, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return nil, notHere
	}
	x, err := a.Canvass.HeldItem(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	k, _ := x.Kept()
	u := a.Who.Tree().ByID(x.Unit)
	s := &SlipSheet{Action: slipsHref + "/" + id.String(n), State: "Chờ xử lý", Mood: "warn", Why: x.Text, May: x.State == canvass.ItemWaiting}
	s.Title, s.Area, s.Lead = canvass.SlipTitle(x.Kind), slipsHref, a.Who.Tree().FullName(x.Unit)
	s.Crumbs = []Crumb{{"Phiếu chờ xử lý", slipsHref + "?don_vi=" + url.QueryEscape(u.Code)}, {Title: s.Title}}
	s.Facts = []CaseFact{{Name: "Ghi lúc", Value: stampVi(x.At)}, {Name: "Đến máy chủ", Value: stampVi(x.Recorded)}, {Name: "Người ghi", Value: k.Name}}
	if k.Skew != 0 {
		s.Facts = append(s.Facts, CaseFact{Name: "Đồng hồ của máy", Value: "sai " + vn.Int(max(k.Skew, -k.Skew)) + " phút, đã chỉnh"})
	}
	known := a.slipPerson(s, x)
	a.slipFacts(s, p, &k.Slip)
	if !s.May {
		s.State, s.Mood = settledTitle(x.SettledAs), "good"
		return s, nil
	}
	s.Drop = "Bỏ phiếu này"
	switch {
	case x.Kind == canvass.SlipFound:
		s.Drop = "Không ghi nhận người này, bỏ cả các phiếu đi cùng"
		s.MayNew = a.Who.May("people.correct", x.Unit) == nil
		list, err := a.Canvass.Candidates(a.Ctx(), a.Who, x)
		if err != nil {
			return nil, err
		}
		for i := range list {
			s.Found = append(s.Found, a.slipChoice(&list[i]))
		}
		if len(s.Found) > 0 {
			s.Found[0].Chosen = true
		}
		return s, a.slipLook(s, k.Slip.QR)
	case x.Code == "field.waits_found":
		s.Why += " Hãy xử lý phiếu gặp người đó trước."
		return s, a.slipLook(s, nil)
	case known && (x.Kind == canvass.SlipVisit || x.Kind == canvass.SlipCorrect), x.Kind == canvass.SlipUndo && x.Code != "field.undo_early":
		s.Apply = "Ghi như phiếu"
	case x.Kind == canvass.SlipVisit:
		return s, a.slipLook(s, nil)
	}
	return s, nil
}

func settledTitle(as string) string {
	switch as {
	case canvass.SettledApplied:
		return "Đã ghi"
	case canvass.SettledKnown:
		return "Đã ghi cho người trong danh sách"
	case canvass.SettledNew:
		return "Đã lập hồ sơ mới"
	case canvass.SettledUndone:
		return "Người ghi đã hủy"
	case canvass.SettledDrop:
		return "Đã bỏ"
	}
	return "Đã ghi"
}

// slipPerson names whom a slip is about, when that is known.
func (a *Ask) slipPerson(s *SlipSheet, x *canvass.Item) bool {
	person := x.Person
	if x.SettledPerson != 0 {
		person = x.SettledPerson
	}
	if person == 0 || a.Who.May("people.see", x.Unit) != nil {
		return false
	}
	card, err := a.Register.Get(a.Ctx(), a.Who, person)
	if err != nil {
		return false
	}
	s.Facts = append(s.Facts, CaseFact{Name: "Công dân", Value: card.Person.Name, Href: "/dan-cu/" + id.String(card.Person.ID)})
	return true
}

// slipFacts tells what the phone recorded.
func (a *Ask) slipFacts(s *SlipSheet, p *plan.Plan, x *canvass.Slip) {
	add := func(name, value string) {
		if value != "" {
			s.Facts = append(s.Facts, CaseFact{Name: name, Value: value})
		}
	}
	if c := x.QR; c != nil {
		add("Họ và tên", c.Name)
		add("Ngày sinh", people.BirthTitle(c.Birth))
		add("Giới tính", map[string]string{"m": "Nam", "f": "Nữ"}[c.Gender])
		add("Số định danh", people.Number(c.Number).Mask())
		add("Nơi cư trú trên thẻ", c.Address)
		if x.Typed {
			add("Cách nhập", "gõ tay, không quét thẻ")
		} else {
			add("Cách nhập", "quét mã QR trên thẻ")
		}
	}
	if x.Result != "" {
		add("Kết quả đến nhà", canvass.ResultTitle(canvass.Result(x.Result)))
		add("Lý do", p.Canvass.ReasonTitle(x.Reason))
	}
	if day := clock.Day(x.Return); !day.Time().IsZero() {
		add("Hẹn ngày", day.Vi())
	}
	for _, c := range x.Claims {
		if cov := p.Coverage(c.Coverage); cov != nil {
			add(cov.Short, cov.StateTitle(c.State))
		}
	}
	if x.Attr != "" {
		value := x.Value
		if x.Attr == people.AttrPhone {
			value = people.Number(value).Mask()
		}
		add("Mục sửa", people.AttrTitle(x.Attr))
		add("Máy đang thấy", x.Base)
		add("Sửa thành", value)
	}
	add("Ghi chú", x.Note)
	add("Lý do hủy", x.Why)
}

func (a *Ask) slipChoice(p *people.Person) Choice {
	parts := []string{p.Name, people.BirthTitle(p.Birth), p.Number.Mask(), a.Who.Tree().FullName(p.Unit)}
	return Choice{Value: id.String(p.ID), Title: strings.Join(parts, " · ")}
}

// slipLook finds people of the register by a word, for a slip of which nobody knows whom it is about.
func (a *Ask) slipLook(s *SlipSheet, card *vn.Card) error {
	s.MayLook, s.Look = true, strings.TrimSpace(a.R.FormValue("tim"))
	if s.Look == "" && card != nil && len(s.Found) == 0 {
		s.Look = card.Name
	}
	if s.Look == "" {
		return nil
	}
	var units []int64
	for _, top := range a.Who.Scope("people.see") {
		units = append(units, a.Who.Tree().Descendants(top)...)
	}
	page, err := a.Figures.Book.Residents(a.Ctx(), a.Who, tally.Query{Text: s.Look, Units: units, N: 10})
	if err != nil {
		return err
	}
	for i := range page.People {
		c := a.slipChoice(&page.People[i])
		same := false
		for _, f := range s.Found {
			same = same || f.Value == c.Value
		}
		if !same {
			s.Found = append(s.Found, c)
		}
	}
	s.None = len(s.Found) == 0
	return nil
}

func showSlip(a *Ask) error {
	s, err := a.slipScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// settleSlip carries out what was decided of a slip.
func settleSlip(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	d := canvass.Decision{Item: n, As: a.Post("as")}
	switch d.As {
	case canvass.SettledKnown:
		if d.Person, err = id.Parse(a.Post("person")); err != nil {
			err = fault.New(fault.Invalid, "web.slip_person", "Hãy chọn người trong danh sách.").On("person")
		}
	case canvass.SettledApplied, canvass.SettledNew, canvass.SettledDrop:
	default:
		return notHere
	}
	if err == nil {
		err = a.Canvass.SettleItem(a.Ctx(), a.Who, d)
	}
	if err != nil {
		s, broken := a.slipScreen()
		if broken != nil {
			return broken
		}
		return Again(s, err)
	}
	return a.Go(slipsHref)
}
