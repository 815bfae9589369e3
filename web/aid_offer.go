package web

import (
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/ops/aid"
)

func (a *Ask) offerSheet() (*OfferSheet, *aid.Offer, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	o, err := a.Aid.Offer(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	names, _, err := a.operatorNames(0)
	if err != nil {
		return nil, nil, err
	}
	s := &OfferSheet{Href: offerPath(n), Kind: aidKind(p, o.Kind), Office: names[o.Office], Price: price(o.Price), Period: periodText(o.From, o.Until), Conditions: o.Conditions, FileName: o.FileName, By: o.WhoName + ", " + stampVi(o.At), Withdrawn: o.WithdrawnWhy, Left: "không giới hạn"}
	s.Title, s.Area, s.Lead = o.Title, offersHref, s.Office+" · "+s.Kind
	s.Crumbs = []Crumb{{"Ưu đãi của nhà mạng", offersHref}, {Title: o.Title}}
	if o.Price > 0 {
		s.Words = vn.MoneyWords(o.Price)
	}
	s.State, s.Mood = offerState(o, a.today())
	if o.FileName != "" {
		s.File = s.Href + "/van-ban"
	}
	tree := a.Who.Tree()
	have := map[int64]int64{}
	for _, x := range o.Stock {
		have[x.Unit] = x.N
		s.Stock = append(s.Stock, OfferStock{tree.FullName(x.Unit), x.N})
	}
	if o.Stock != nil {
		s.Left = vn.Int(o.Left())
	}
	s.May = o.WithdrawnAt == "" && a.Aid.MayOffer(a.Ctx(), a.Who, o.Office)
	if u := a.topUnit("aid.see"); u != nil {
		if c, err := a.Aid.Count(a.Ctx(), a.Who, aid.Query{Unit: u.ID, Offer: o.ID}); err == nil && c.All > 0 {
			s.Orders = []Stat{{Label: "Đơn theo ưu đãi này", Value: vn.Int(int64(c.All)), Href: ordersHref + "?tinh_trang=all&uu_dai=" + strings.TrimPrefix(s.Href, offersHref+"/")}, {Label: "Còn phải giao", Value: vn.Int(int64(c.By[aid.Asked] + c.By[aid.Accepted] + c.By[aid.Ready]))}, {Label: "Quá hạn ở một chặng", Value: vn.Int(int64(c.Late)), Kind: kindIf(c.Late > 0, "warn")}}
		}
	}
	if !s.May {
		return s, o, nil
	}
	if s.Fields, err = a.offerFields(&s.Page, o); err != nil {
		return nil, nil, err
	}
	for _, u := range a.stockPlaces() {
		f := StockField{Name: "n_" + u.Code, Title: u.Title()}
		if n, ok := have[u.ID]; ok {
			f.Value = strconv.FormatInt(n, 10)
		}
		s.Places = append(s.Places, f)
	}
	return s, o, nil
}

// stockPlaces are where pieces may lie: the whole place of the plan and its communes.
func (a *Ask) stockPlaces() []*territory.Unit {
	tree := a.Who.Tree()
	home := tree.Home()
	if home == nil {
		return nil
	}
	return append([]*territory.Unit{home}, tree.Children(home.ID, a.today())...)
}

func showOffer(a *Ask) error {
	s, _, err := a.offerSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onOffer runs a change of one offer and shows it again.
func onOffer(do func(a *Ask, o *aid.Offer) error) func(*Ask) error {
	return func(a *Ask) error {
		s, o, err := a.offerSheet()
		if err != nil {
			return err
		}
		if err := do(a, o); err != nil {
			return Again(s, err)
		}
		return a.Go(s.Href)
	}
}

func saveOffer(a *Ask, was *aid.Offer) error {
	o, f, err := a.postOffer(was.ID)
	if err != nil {
		return err
	}
	_, err = a.Aid.SaveOffer(a.Ctx(), a.Who, o, f)
	return err
}

func stockOffer(a *Ask, was *aid.Offer) error {
	var list []aid.Stock
	for _, u := range a.stockPlaces() {
		text := strings.ReplaceAll(a.Post("n_"+u.Code), ".", "")
		if text == "" {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fault.New(fault.Invalid, "web.stock", "Số lượng ở %s ghi bằng chữ số.", u.Title()).On("stock")
		}
		list = append(list, aid.Stock{Unit: u.ID, N: n})
	}
	return a.Aid.SetStock(a.Ctx(), a.Who, was.ID, list)
}

func withdrawOffer(a *Ask, o *aid.Offer) error {
	return a.Aid.WithdrawOffer(a.Ctx(), a.Who, o.ID, a.Post("why"))
}

func offerDocument(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	f, err := a.Aid.Document(a.Ctx(), a.Who, n)
	if err != nil {
		return err
	}
	return a.give(f)
}
