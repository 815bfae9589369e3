package web

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/aid"
)

const (
	offersHref = "/uu-dai"
	ordersHref = "/don-dang-ky"
	offerBody  = attach.Max + 1<<20
)

func offerPath(n int64) string { return offersHref + "/" + id.String(n) }

// lowStock is from how few pieces a place is shown as nearly empty.
const lowStock = 5

func aidKind(p *plan.Plan, kind string) string {
	if item := p.Aid.Item(kind); item != nil {
		return item.Title
	}
	return kind
}

func aidKinds(p *plan.Plan, chosen string) []Choice {
	var out []Choice
	for _, item := range p.Aid.Items {
		out = append(out, Choice{item.ID, item.Title, item.ID == chosen})
	}
	return out
}

// operatorNames gives the operators' offices by id, and as choices in order of their names.
func (a *Ask) operatorNames(chosen int64) (map[int64]string, []Choice, error) {
	list, err := a.Aid.Operators(a.Ctx(), a.Who)
	names := map[int64]string{}
	var out []Choice
	for _, o := range list {
		names[o.ID] = o.Name
		out = append(out, Choice{id.String(o.ID), o.Name, o.ID == chosen})
	}
	return names, out, err
}

func (a *Ask) askedOffice(name string) int64 {
	n, err := id.Parse(a.R.FormValue(name))
	if err != nil {
		return 0
	}
	return n
}

func price(n int64) string {
	if n == 0 {
		return "Miễn phí"
	}
	return vn.Money(n)
}

func periodText(from, until clock.Day) string {
	if until == "" {
		return "từ " + from.Vi()
	}
	return from.Vi() + " – " + until.Vi()
}

func offerState(o *aid.Offer, today clock.Day) (state, mood string) {
	switch {
	case o.WithdrawnAt != "":
		return "Đã rút", ""
	case o.From > today:
		return "Sắp có", "note"
	case !o.In(today):
		return "Hết hạn", ""
	case o.Stock != nil && o.Left() == 0:
		return "Hết hàng", "bad"
	}
	return "Đang áp dụng", "good"
}

func showOffers(a *Ask) error {
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	all, err := a.Aid.Offers(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	office, kind, when := a.askedOffice("nha_mang"), a.Query("loai"), a.Query("hieu_luc")
	s := &Offers{Orders: ordersHref, None: Empty{Icon: "phone", Title: "Chưa có ưu đãi nào", Text: "Nhà mạng lập ưu đãi máy 4G, SIM chính chủ, chữ ký số kèm văn bản; các tổ đăng ký cho người dân theo đó."}}
	names, choices, err := a.operatorNames(office)
	if err != nil {
		return err
	}
	s.Title, s.Area, s.Lead = "Ưu đãi của nhà mạng", offersHref, "Máy 4G, SIM chính chủ, chữ ký số: giá, thời gian, số lượng còn ở từng nơi."
	s.Kinds = append([]Choice{{"", "Mọi loại", kind == ""}}, aidKinds(p, kind)...)
	s.Offices = append([]Choice{{"", "Mọi nhà mạng", office == 0}}, choices...)
	s.When = []Choice{{"", "Đang áp dụng, sắp có", when == ""}, {"het", "Đã hết, đã rút", when == "het"}, {"all", "Tất cả", when == "all"}}
	if own, err := a.Aid.Stands(a.Ctx(), a.Who); err == nil && a.Aid.MayOffer(a.Ctx(), a.Who, own) {
		s.New = offersHref + "/moi"
		s.None.Href, s.None.Do = s.New, "Lập ưu đãi"
	}
	if len(all) > 0 {
		s.None = Empty{Icon: "search", Title: "Không có ưu đãi nào khớp", Text: "Bỏ bớt điều kiện lọc để xem các ưu đãi khác."}
	}
	today := a.today()
	for i := range all {
		o := &all[i]
		over := o.WithdrawnAt != "" || o.Until != "" && o.Until < today
		if office != 0 && o.Office != office || kind != "" && o.Kind != kind || when == "" && over || when == "het" && !over {
			continue
		}
		r := OfferRow{Title: o.Title, Href: offerPath(o.ID), Kind: aidKind(p, o.Kind), Office: names[o.Office], Price: price(o.Price), Period: periodText(o.From, o.Until), Left: "không giới hạn"}
		r.State, r.Mood = offerState(o, today)
		if o.Stock != nil {
			r.Left, r.Low = vn.Int(o.Left()), o.Left() <= lowStock
		}
		if o.FileName != "" {
			r.File = r.Href + "/van-ban"
		}
		s.Rows = append(s.Rows, r)
	}
	return a.Show(s)
}

// offerFields are the fields of an offer, filled with what was typed, or else with the offer.
func (a *Ask) offerFields(page *Page, o *aid.Offer) (OfferFields, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return OfferFields{}, err
	}
	f := OfferFields{To: offersHref + "/moi", Do: "Lập ưu đãi", Kinds: aidKinds(p, cmp.Or(a.Post("kind"), o.Kind))}
	if o.ID != 0 {
		f.To, f.Do = offerPath(o.ID), "Lưu ưu đãi"
	}
	own, err := a.Aid.Stands(a.Ctx(), a.Who)
	if err != nil {
		return f, err
	}
	names, choices, err := a.operatorNames(cmp.Or(a.askedOffice("office"), o.Office))
	switch {
	case err != nil:
		return f, err
	case o.ID != 0:
		f.Office = names[o.Office]
	case own != 0:
		f.Office = names[own]
	default:
		f.Offices = choices
	}
	v := url.Values{"title": {o.Title}, "conditions": {o.Conditions}, "from": {string(o.From)}, "until": {string(o.Until)}, "price": {""}}
	if o.ID != 0 {
		v.Set("price", strconv.FormatInt(o.Price, 10))
	} else {
		v.Set("from", string(a.today()))
		v.Set("until", string(p.Until))
	}
	page.Form = NewForm(v)
	return f, nil
}

func (a *Ask) offerForm() (*OfferForm, error) {
	if err := a.Who.May("aid.offer", 0); err != nil {
		return nil, err
	}
	s := &OfferForm{}
	var err error
	s.Fields, err = a.offerFields(&s.Page, &aid.Offer{})
	s.Title, s.Area, s.Lead = "Lập ưu đãi", offersHref, "Các tổ và người dân chọn theo ưu đãi này. Giá của đơn đã đăng ký không đổi khi sửa ưu đãi."
	s.Crumbs = []Crumb{{"Ưu đãi của nhà mạng", offersHref}, {Title: "Lập ưu đãi"}}
	return s, err
}

func showOfferForm(a *Ask) error {
	s, err := a.offerForm()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// postOffer reads an offer from its form.
func (a *Ask) postOffer(n int64) (aid.Offer, *attach.File, error) {
	o := aid.Offer{ID: n, Office: a.askedOffice("office"), Kind: a.Post("kind"), Title: a.Post("title"), Conditions: a.Post("conditions")}
	if own, err := a.Aid.Stands(a.Ctx(), a.Who); err == nil && own != 0 {
		o.Office = own
	}
	digits := strings.NewReplacer(".", "", " ", "", "đồng", "", "đ", "").Replace(a.Post("price"))
	var err error
	if o.Price, err = strconv.ParseInt(cmp.Or(digits, "x"), 10, 64); err != nil {
		return o, nil, fault.New(fault.Invalid, "web.price", "Hãy ghi giá bằng chữ số, ví dụ 590.000; miễn phí thì ghi 0.").On("price")
	}
	if o.From, err = a.postDay("from"); err != nil {
		return o, nil, err
	}
	if o.Until, err = a.postDay("until"); err != nil {
		return o, nil, err
	}
	f, err := a.attached("file")
	return o, f, err
}

func makeOffer(a *Ask) error {
	s, err := a.offerForm()
	if err != nil {
		return err
	}
	o, f, err := a.postOffer(0)
	if err == nil {
		o.ID, err = a.Aid.SaveOffer(a.Ctx(), a.Who, o, f)
	}
	if err != nil {
		return Again(s, err)
	}
	return a.Go(offerPath(o.ID))
}
