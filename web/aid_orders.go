package web

import (
	"bytes"
	"io"
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/aid"
)

const (
	orderPage = 100
	orderBody = 12 << 20
)

func orderPath(n int64) string { return ordersHref + "/" + id.String(n) }

func orderMood(s aid.State) string {
	switch s {
	case aid.Confirmed:
		return "good"
	case aid.Refused:
		return "bad"
	case aid.Cancelled:
		return ""
	case aid.Asked:
		return "warn"
	}
	return "note"
}

// orderQuery reads the conditions of the address.
func (a *Ask) orderQuery() (aid.Query, *territory.Unit, error) {
	u, err := a.askedUnit("aid.see")
	if err != nil {
		return aid.Query{}, nil, err
	}
	q := aid.Query{Unit: u.ID, State: a.R.FormValue("tinh_trang"), Kind: a.R.FormValue("loai"), Office: a.askedOffice("nha_mang"), Offer: a.askedOffice("uu_dai")}
	if n, err := strconv.Atoi(a.R.FormValue("tu")); err == nil && n > 0 {
		q.Offset = n
	}
	return q, u, nil
}

// orderLists is the address of the list with these conditions.
func orderLists(u *territory.Unit, q aid.Query) url.Values {
	v := url.Values{"don_vi": {u.Code}}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("tinh_trang", q.State)
	set("loai", q.Kind)
	if q.Office != 0 {
		v.Set("nha_mang", id.String(q.Office))
	}
	if q.Offer != 0 {
		v.Set("uu_dai", id.String(q.Offer))
	}
	return v
}

func (a *Ask) orderRow(e *aid.Entry, offices map[int64]string) OrderRow {
	tree := a.Who.Tree()
	r := OrderRow{ID: id.String(e.ID), Name: e.Name, Born: e.Born, Phone: e.Phone, Href: orderPath(e.ID), Place: tree.FullName(e.Unit), Kind: aidKind(a.plan(), e.Kind), Office: offices[e.Office], State: aid.Title(e.State), Mood: orderMood(e.State), Since: e.Since.Vi()}
	if c := tree.Commune(e.Unit); e.Address != "" && !strings.Contains(r.Place, e.Address) {
		if r.Place = e.Address; c != nil && !strings.Contains(e.Address, c.Name) {
			r.Place += ", " + c.Title()
		}
	}
	if r.Name == "" {
		r.Name = "Đơn " + r.ID[len(r.ID)-5:]
	}
	if e.Office == 0 {
		r.Office = "chưa chọn"
	}
	if e.Offer != 0 {
		r.Price = price(e.Price)
	}
	if e.State.Open() {
		r.Age = vn.Int(int64(e.Age)) + " ngày"
		if e.Late() {
			r.Late = "quá " + vn.Int(int64(e.Age-e.Norm)) + " ngày"
		}
	}
	if e.Denied != "" {
		r.Denied = "bản trích xuất " + e.Denied.Vi() + " không cho thấy"
	}
	return r
}

func showOrders(a *Ask) error {
	s, err := a.orders()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func (a *Ask) orders() (*Orders, error) {
	q, u, err := a.orderQuery()
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	own, err := a.Aid.Stands(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	counts, err := a.Aid.Count(a.Ctx(), a.Who, aid.Query{Unit: u.ID, Kind: q.Kind, Office: q.Office, Offer: q.Offer})
	if err != nil {
		return nil, err
	}
	q.Limit = orderPage
	list, total, err := a.Aid.List(a.Ctx(), a.Who, q)
	if err != nil {
		return nil, err
	}
	names, choices, err := a.operatorNames(q.Office)
	if err != nil {
		return nil, err
	}
	s := &Orders{Code: u.Code, Units: a.unitChoices("aid.see", u.ID), Today: string(a.today()), Told: vn.Int(int64(total)) + " đơn; nằm lâu nhất đứng trước.",
		None: Empty{Icon: "phone", Title: "Không có đơn nào", Text: "Đơn đến từ phiếu đi từng nhà khi người dân đồng ý, hoặc từ trang công dân."}}
	if counts.All > 0 {
		s.None = Empty{Icon: "search", Title: "Không có đơn nào khớp", Text: "Bỏ bớt điều kiện lọc để xem các đơn khác."}
	}
	s.Title, s.Area, s.Lead = "Đơn đăng ký máy, SIM, chữ ký số", ordersHref, a.Who.Tree().FullName(u.ID)
	s.States = []Choice{{"", "Còn phải làm", q.State == ""}, {aid.LateOrders, "Quá hạn ở một chặng", q.State == aid.LateOrders}}
	if own == 0 {
		s.States = append(s.States, Choice{aid.Unassigned, "Chưa chọn nhà mạng", q.State == aid.Unassigned})
		s.Offices = append([]Choice{{"", "Mọi nhà mạng", q.Office == 0}}, choices...)
	}
	s.States = append(s.States, Choice{aid.Awaited, "Chờ bản trích xuất", q.State == aid.Awaited}, Choice{aid.Denied, "Bị bản trích xuất bác", q.State == aid.Denied})
	for _, x := range aid.States {
		s.States = append(s.States, Choice{string(x), aid.Title(x), q.State == string(x)})
	}
	s.States = append(s.States, Choice{aid.AllOrders, "Tất cả", q.State == aid.AllOrders})
	s.Kinds = append([]Choice{{"", "Mọi loại", q.Kind == ""}}, aidKinds(p, q.Kind)...)
	at := func(state string) string {
		x := q
		x.State = state
		return ordersHref + "?" + orderLists(u, x).Encode()
	}
	s.Stats = []Stat{{Label: "Còn phải làm", Value: vn.Int(int64(counts.Todo)), Note: "kể cả mới đăng ký", Href: at("")}, {Label: "Quá hạn", Value: vn.Int(int64(counts.Late)), Note: "nằm quá lâu ở một chặng", Kind: kindIf(counts.Late > 0, "warn"), Href: at(aid.LateOrders)},
		{Label: "Đã giao, đã cài", Value: vn.Int(int64(counts.Awaited)), Note: "chờ bản trích xuất", Href: at(aid.Awaited)}, {Label: "Đã xác nhận", Value: vn.Int(int64(counts.By[aid.Confirmed])), Kind: "good", Href: at(string(aid.Confirmed))}}
	if own == 0 {
		s.Stats = append(s.Stats, Stat{Label: "Chưa chọn nhà mạng", Value: vn.Int(int64(counts.Nobody)), Kind: kindIf(counts.Nobody > 0, "warn"), Href: at(aid.Unassigned)})
	}
	if counts.Denied > 0 {
		s.Stats = append(s.Stats, Stat{Label: "Bị bản trích xuất bác", Value: vn.Int(int64(counts.Denied)), Kind: "bad", Href: at(aid.Denied)})
	}
	for i := range list {
		s.Rows = append(s.Rows, a.orderRow(&list[i], names))
	}
	a.orderActs(s, u, q, own, choices)
	if total > orderPage {
		page := func(n int) string {
			v := orderLists(u, q)
			v.Set("tu", strconv.Itoa(n))
			return ordersHref + "?" + v.Encode()
		}
		s.Pager.Text = vn.Int(int64(q.Offset+1)) + "–" + vn.Int(int64(q.Offset+len(list))) + " trong " + vn.Int(int64(total))
		if q.Offset > 0 {
			s.Pager.Previous = page(max(0, q.Offset-orderPage))
		}
		if q.Offset+orderPage < total {
			s.Pager.Next = page(q.Offset + orderPage)
		}
	}
	return s, nil
}

// orderActs tells what may be done with the list.
func (a *Ask) orderActs(s *Orders, u *territory.Unit, q aid.Query, own int64, operators []Choice) {
	fulfils := a.Who.May("aid.fulfil", u.ID) == nil
	s.MayMove = fulfils
	s.MayExport = own != 0 || a.Who.May("people.export", u.ID) == nil
	s.MayPhones = s.MayExport && (own != 0 || a.Who.May("people.reveal", u.ID) == nil)
	if own == 0 && a.Who.May("aid.order", u.ID) == nil {
		s.Givers = append([]Choice{{"", "Chọn nhà mạng", true}}, operators...)
		for i := range s.Givers[1:] {
			s.Givers[i+1].Chosen = false
		}
	}
	if fulfils {
		for _, x := range []aid.State{aid.Accepted, aid.Ready, aid.Handed, aid.Installed, aid.Refused} {
			s.Moves = append(s.Moves, Choice{string(x), aid.Title(x), false})
		}
	}
	for name, v := range orderLists(u, q) {
		s.Query = append(s.Query, Hidden{name, v[0]})
	}
}

// exportOrders gives the list of the address as a workbook that the operator fills in and brings back.
func exportOrders(a *Ask) error {
	q, _, err := a.orderQuery()
	if err != nil {
		return err
	}
	book, err := a.Aid.Export(a.Ctx(), a.Who, q, a.Post("so_dien_thoai") != "")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		return err
	}
	a.attach("don-dang-ky-"+string(a.today())+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	_, err = out.WriteTo(a.W)
	return err
}

// ticked are the orders that were ticked in a list.
func (a *Ask) ticked() ([]int64, error) {
	var out []int64
	for _, text := range a.R.PostForm["don"] {
		n, err := id.Parse(text)
		if err != nil {
			return nil, notHere
		}
		out = append(out, n)
	}
	return out, nil
}

// moveOrders moves ticked orders, gives them to an operator, or takes the filled sheet back; every row gets its verdict (law F1).
func moveOrders(a *Ask) error {
	if err := a.R.ParseMultipartForm(orderBody); err != nil {
		if err = a.R.ParseForm(); err != nil {
			return badForm(err)
		}
	}
	again := func(cause error) error {
		s, err := a.orders()
		if err != nil {
			return err
		}
		return Again(s, cause)
	}
	verdicts, err := a.bulkOrders()
	if err != nil {
		return again(err)
	}
	return a.showVerdicts(verdicts)
}

func (a *Ask) bulkOrders() ([]aid.Verdict, error) {
	if f, h, err := a.R.FormFile("tep"); err == nil {
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(f, orderBody))
		if err != nil {
			return nil, err
		}
		rows, err := aid.ReadReturn(h.Filename, b)
		if err != nil {
			return nil, err
		}
		return a.Aid.AdvanceMany(a.Ctx(), a.Who, rows)
	}
	if a.Post("viec") == "nop" {
		return nil, fault.New(fault.Invalid, "web.no_file", "Hãy chọn tệp đã điền.").On("tep")
	}
	orders, err := a.ticked()
	if err != nil {
		return nil, err
	}
	if a.Post("viec") == "giao" {
		return a.Aid.ChooseMany(a.Ctx(), a.Who, orders, a.askedOffice("office"))
	}
	day, err := a.postDay("day")
	if err != nil {
		return nil, err
	}
	rows := make([]aid.Row, len(orders))
	for i, n := range orders {
		rows[i] = aid.Row{Line: i + 1, Order: n, Move: aid.Move{To: aid.State(a.Post("to")), Day: clock.Day(day), Note: a.Post("note")}}
	}
	return a.Aid.AdvanceMany(a.Ctx(), a.Who, rows)
}

func (a *Ask) showVerdicts(list []aid.Verdict) error {
	q, u, err := a.orderQuery()
	if err != nil {
		return err
	}
	s := &OrderVerdicts{Back: ordersHref + "?" + orderLists(u, q).Encode()}
	s.Title, s.Area = "Kết quả từng đơn", ordersHref
	s.Crumbs = []Crumb{{"Đơn đăng ký", s.Back}, {Title: "Kết quả từng đơn"}}
	ids := make([]int64, len(list))
	for i, v := range list {
		ids[i] = v.Order
	}
	known, _, err := a.Aid.List(a.Ctx(), a.Who, aid.Query{Unit: u.ID, State: aid.AllOrders, IDs: ids, Limit: len(ids)})
	if err != nil {
		return err
	}
	names := map[int64]string{}
	for i := range known {
		names[known[i].ID] = known[i].Name
	}
	done := int64(0)
	for _, v := range list {
		r := OrderVerdict{Line: int64(v.Line), Name: names[v.Order], Verdict: "Để lại", Mood: "warn", Why: v.Text}
		if v.Done {
			r.Verdict, r.Mood = "Đã ghi", "good"
			done++
		}
		if _, ok := names[v.Order]; ok {
			r.Href = orderPath(v.Order)
		}
		s.Rows = append(s.Rows, r)
	}
	left := int64(len(list)) - done
	s.Stats = []Stat{{Label: "Số dòng", Value: vn.Int(int64(len(list)))}, {Label: "Đã ghi", Value: vn.Int(done), Kind: "good"}, {Label: "Để lại", Value: vn.Int(left), Kind: kindIf(left > 0, "warn")}}
	if left > 0 {
		s.Lead = "Những dòng để lại không đổi gì. Sửa theo lý do rồi làm lại."
	}
	return a.Show(s)
}
