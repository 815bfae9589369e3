package web

import (
	"slices"

	"bonphu/core/people"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/aid"
)

// orderStages is the way of an order with where it is now.
func orderStages(item *plan.AidItem, now aid.State) []Stage {
	if now.Ended() {
		return []Stage{{aid.Title(aid.Asked), "done"}, {aid.Title(now), "now"}}
	}
	way := []aid.State{aid.Asked, aid.Accepted, aid.Ready}
	if item == nil || item.Handed != "" {
		way = append(way, aid.Handed)
	}
	if item != nil && item.Installed != "" {
		way = append(way, aid.Installed)
	}
	var out []Stage
	passed := true
	for _, s := range append(way, aid.Confirmed) {
		g := Stage{Title: aid.Title(s)}
		switch {
		case s == now && s == aid.Confirmed:
			g.State = "done"
		case s == now:
			g.State, passed = "now", false
		case passed:
			g.State = "done"
		}
		out = append(out, g)
	}
	return out
}

func receivedTitle(who string) string {
	switch who {
	case aid.Self:
		return "chính chủ"
	case aid.Relative:
		return "người thân nhận thay"
	}
	return ""
}

func (a *Ask) orderSheet() (*OrderSheet, *aid.Sheet, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	h, err := a.Aid.Read(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	names, choices, err := a.operatorNames(h.Office)
	if err != nil {
		return nil, nil, err
	}
	row := a.orderRow(&h.Entry, names)
	s := &OrderSheet{Href: orderPath(n), Name: row.Name, Born: h.Born, Place: row.Place, Phone: h.Phone, Kind: row.Kind, Office: row.Office, Price: row.Price, State: row.State, Mood: row.Mood, Late: row.Late, Denied: row.Denied,
		Stages: orderStages(p.Aid.Item(h.Kind), h.State), Receipt: aid.ReceiptText(h.Receipt), Received: receivedTitle(h.Received), Serial: h.Serial, Today: string(a.today())}
	s.Title, s.Area, s.Lead = row.Name, ordersHref, row.Kind+" · đăng ký ngày "+h.Day.Vi()
	s.Crumbs = []Crumb{{"Đơn đăng ký", ordersHref}, {Title: row.Name}}
	if h.ConsentName != "" {
		s.Consent = h.ConsentName + " hỏi, " + stampVi(h.ConsentAt)
	}
	if s.Source = "bàn làm việc"; h.Source == aid.FromVisit {
		s.Source = "tổ đến nhà"
	}
	if h.Offered != nil {
		s.Offer, s.OfferHref = h.Offered.Title, offerPath(h.Offer)
	}
	if h.Receipt != "" {
		s.ReceiptHref = s.Href + "/bien-nhan"
	}
	if h.Live && a.Who.May("people.see", h.Unit) == nil {
		s.PersonHref = "/dan-cu/" + id.String(h.Person)
	}
	if h.Fulfils && h.Phone != "" && aid.Callable(h.State) {
		s.Reveal = s.Href + "/so-dien-thoai"
	}
	for i, x := range h.Next {
		s.Next = append(s.Next, Choice{string(x), aid.Title(x), a.Post("to") == string(x) || a.Post("to") == "" && i == 0})
		s.Gives = s.Gives || x == aid.Handed || x == aid.Installed && h.Receipt == ""
	}
	if !h.Takes { // an operator chooses among its own offers
		choices = slices.DeleteFunc(choices, func(c Choice) bool { return !c.Chosen })
	}
	if (h.Takes || h.Fulfils) && h.State.Before() {
		if s.Choose, err = a.orderOffers(p, h.Kind, h.Office, h.Offer, choices); err != nil {
			return nil, nil, err
		}
	}
	a.orderMoments(s, h)
	return s, h, nil
}

// orderMoments lays out the steps, newest first, and tells which may be taken back.
func (a *Ask) orderMoments(s *OrderSheet, h *aid.Sheet) {
	live := 0
	for i := len(h.Steps) - 1; i >= 0; i-- {
		x := &h.Steps[i]
		m := Moment{When: x.Day.Vi(), Title: aid.Title(x.State), Text: x.Note, By: x.WhoName + ", ghi lúc " + stampVi(x.At), Void: x.VoidWhy}
		if x.State == aid.Handed || x.State == aid.Installed {
			m.Level = "claimed"
		}
		if x.Extract {
			m.Level, m.By = "confirmed", "bản trích xuất, ghi lúc "+stampVi(x.At)
		}
		if x.VoidAt != "" && m.Void == "" {
			m.Void = "đã rút"
		}
		s.Moments = append(s.Moments, m)
		if x.VoidAt == "" {
			live++
		}
	}
	if mine := h.State == aid.Cancelled && h.Takes || h.State != aid.Cancelled && h.Fulfils; mine && live > 1 && h.State != aid.Confirmed && h.State != aid.Asked {
		s.Undo = aid.Title(h.State)
	}
}

// orderOffers are the operators and the offers that an order of a kind may be given to: an operator alone, or one of its offers in force.
func (a *Ask) orderOffers(p *plan.Plan, kind string, office, offer int64, operators []Choice) ([]Choice, error) {
	all, err := a.Aid.Offers(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, o := range operators {
		out = append(out, Choice{o.Value + ".", o.Title + " (chưa chọn ưu đãi)", offer == 0 && o.Value == id.String(office) && office != 0})
		for i := range all {
			if f := &all[i]; id.String(f.Office) == o.Value && f.Kind == kind && f.In(a.today()) {
				out = append(out, Choice{o.Value + "." + id.String(f.ID), o.Title + ": " + f.Title + ", " + price(f.Price), f.ID == offer})
			}
		}
	}
	return out, nil
}

func showOrder(a *Ask) error {
	s, _, err := a.orderSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onOrder runs one act on the order of the address and comes back to it.
func onOrder(do func(a *Ask, n int64, day clock.Day) error) func(*Ask) error {
	return func(a *Ask) error {
		n, err := a.pathID()
		if err != nil {
			return err
		}
		day, err := a.postDay("day")
		if err == nil {
			err = do(a, n, day)
		}
		if err != nil {
			s, _, again := a.orderSheet()
			if again != nil {
				return again
			}
			return Again(s, err)
		}
		return a.Go(orderPath(n))
	}
}

func advanceOrder(a *Ask, n int64, day clock.Day) error {
	return a.Aid.Advance(a.Ctx(), a.Who, n, aid.Move{To: aid.State(a.Post("to")), Day: day, Received: a.Post("received"), Serial: a.Post("serial"), Note: a.Post("note")})
}

func undoOrder(a *Ask, n int64, _ clock.Day) error {
	return a.Aid.Undo(a.Ctx(), a.Who, n, a.Post("why"))
}

func chooseOrder(a *Ask, n int64, _ clock.Day) error {
	text := a.Post("choose")
	if len(text) < 14 {
		return fault.New(fault.Invalid, "web.choose", "Hãy chọn nhà mạng.").On("office")
	}
	office, err := id.Parse(text[:13])
	if err != nil {
		return notHere
	}
	offer := int64(0)
	if text[14:] != "" {
		if offer, err = id.Parse(text[14:]); err != nil {
			return notHere
		}
	}
	return a.Aid.Choose(a.Ctx(), a.Who, n, office, offer)
}

// revealOrder shows the telephone once; it never stands in an address (laws R2, R3).
func revealOrder(a *Ask) error {
	s, h, err := a.orderSheet()
	if err != nil {
		return err
	}
	number, err := a.Aid.Reveal(a.Ctx(), a.Who, h.ID)
	if err != nil {
		return Again(s, err)
	}
	s.Phone, s.Reveal = number, ""
	s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Số điện thoại hiện một lần ở dưới; lần xem này đã ghi vào nhật ký."})
	return a.Show(s)
}

func showReceipt(a *Ask) error {
	s, h, err := a.orderSheet()
	if err != nil {
		return err
	}
	if h.Receipt == "" {
		return fault.New(fault.Missing, "web.no_receipt", "Đơn này chưa giao nên chưa có biên nhận.")
	}
	r := &OrderReceipt{Code: s.Receipt, Office: s.Office, Kind: s.Kind, Offer: s.Offer, Price: s.Price, Name: s.Name, Born: s.Born, Place: s.Place, Received: s.Received, Serial: s.Serial, Back: s.Href}
	for _, x := range h.Steps {
		if x.VoidAt == "" && (x.State == aid.Handed || x.State == aid.Installed && r.Day == "") {
			r.Day, r.By = x.Day.Vi(), x.WhoName
		}
	}
	if h.Offered != nil && h.Price > 0 {
		r.Words = vn.MoneyWords(h.Price)
	}
	r.Title, r.Area, r.Lead = "Biên nhận "+s.Receipt, ordersHref, "Nhà mạng giữ một bản, người nhận giữ một bản."
	r.Crumbs = []Crumb{{"Đơn đăng ký", ordersHref}, {s.Name, s.Href}, {Title: "Biên nhận"}}
	return a.Show(r)
}

// ordersOf lays a person's orders on the person's page; nothing for those who may not see or take orders.
func (a *Ask) ordersOf(s *Person, card *people.Card) error {
	may := a.Who.May("aid.order", card.Unit) == nil
	sees := a.Who.May("aid.see", card.Unit) == nil
	if a.Aid == nil || !may && !sees {
		return nil
	}
	p := a.plan()
	list, err := a.Aid.OfPerson(a.Ctx(), a.Who, card.ID)
	if err != nil {
		return err
	}
	names, operators, err := a.operatorNames(0)
	if err != nil {
		return err
	}
	o := &s.Orders
	o.Shown, o.May, o.ID = true, may && len(p.Aid.Items) > 0, id.String(id.New())
	if given := a.Post("order_id"); given != "" {
		o.ID = given
	}
	for i := range list {
		r := a.orderRow(&list[i], names)
		if !sees {
			r.Href = ""
		}
		o.Rows = append(o.Rows, r)
	}
	o.Kinds = aidKinds(p, a.Post("order_kind"))
	all, err := a.Aid.Offers(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	for _, op := range operators {
		g := ChoiceGroup{Title: op.Title}
		for i := range all {
			if f := &all[i]; id.String(f.Office) == op.Value && f.In(a.today()) {
				g.Items = append(g.Items, Choice{id.String(f.ID), f.Title + ", " + price(f.Price) + " (" + vn.LowerFirst(aidKind(p, f.Kind)) + ")", a.Post("order_offer") == id.String(f.ID)})
			}
		}
		if len(g.Items) > 0 {
			o.Offers = append(o.Offers, g)
		}
	}
	return nil
}

// orderFor takes an order for the person of the address, with the consent that was asked (KH:III.2.c).
func orderFor(a *Ask, person int64) error {
	n, err := id.Parse(a.Post("order_id"))
	if err != nil {
		return fault.New(fault.Invalid, "web.order", "Hãy mở lại trang rồi đăng ký.")
	}
	o := aid.Order{ID: n, Person: person, Kind: a.Post("order_kind"), Offer: a.askedOffice("order_offer")}
	_, err = a.Aid.Order(a.Ctx(), a.Who, o, a.Post("consent") != "")
	return err
}
