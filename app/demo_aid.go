package app

import (
	"bytes"
	"slices"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/docx"
	"bonphu/internal/vn"
	"bonphu/ops/aid"
)

// aidMost bounds the demo's orders from the desk, aidLook the persons who are looked at for them.
const (
	aidMost = 420
	aidLook = 9_000
)

// offerings are what the demo's operators offer (KH:III.1.b).
var offerings = []struct {
	office, kind, title string
	price               int64
	until               int // days from the demo's day; 0: to the end
	each, shared        int64
	conditions          string
}{
	{"viettel", "device", "Điện thoại 4G phổ thông, kèm SIM và ba tháng dữ liệu", 590_000, 0, 14, 40, "Người đang dùng máy 2G, đổi máy cũ lấy máy mới. Mỗi người một máy."},
	{"viettel", "device", "Điện thoại thông minh 4G trả góp 0 %, 6 tháng", 1_890_000, 20, 6, 10, "Cam kết gói 90.000 đồng mỗi tháng trong 12 tháng."},
	{"viettel", "sim", "SIM chính chủ kèm chữ ký số cá nhân", 0, 0, 0, 0, "Đăng ký tại nhà, miễn phí 12 tháng chữ ký số cho công dân của huyện."},
	{"vnpt", "device", "Điện thoại 4G cho hộ nghèo, hộ cận nghèo", 390_000, 0, 3, 12, "Có xác nhận của UBND xã."},
	{"vnpt", "signature", "Chữ ký số VNPT trên SIM đang dùng", 0, 0, 0, 0, "Miễn phí một năm đầu."},
	{"mobifone", "device", "Điện thoại 4G bàn phím, pin 10 ngày", 450_000, 10, 2, 0, "Ưu tiên người trên 60 tuổi."},
	{"mobifone", "sim", "SIM MobiFone chính chủ, 60 GB tháng đầu", 50_000, 0, 0, 0, ""},
}

// carriers are who of each operator carries the demo's orders.
var carriers = map[string]string{"viettel": "Phan Minh Tài", "vnpt": "Lưu Quốc Bảo", "mobifone": "Ngô Quang Huy"}

// offered is an offer of the demo with its operator.
type offered struct {
	id, office int64
	kind, by   string
}

// aids plays what operators offer and the orders under way and done (KH:III.1.b, KH:III.2.c): it runs before the figures are told, so that
// the extracts confirm what was given.
func (p *player) aids() error {
	police, ok := p.who["congan"]
	root := p.tree.ByCode("694")
	if !ok || root == nil || police.May("aid.fulfil", root.ID) != nil {
		return nil
	}
	p.at(p.district.Start.Add(3), 9*time.Hour)
	defer p.at(demoDay, demoHour)
	list, err := p.offerAll(police, root)
	if err != nil {
		return err
	}
	p.at(demoDay, demoHour)
	return p.write("aid.order", "sổ đơn đăng ký của nhà mạng", func(tx *db.Tx) error {
		given, lacking, err := p.phonesOf(tx)
		if err != nil {
			return err
		}
		return p.app.Aid.Keep(tx, police, append(keptGiven(given, list), keptWaiting(lacking, list)...))
	})
}

func (p *player) offerAll(police access.Viewer, root *territory.Unit) ([]offered, error) {
	offices, err := p.app.Aid.Operators(p.ctx, police)
	if err != nil {
		return nil, err
	}
	var paper bytes.Buffer
	d := &docx.Document{Body: "DOANH NGHIỆP VIỄN THÔNG (MẪU)", Symbol: "TB-DNVT", Town: "Hớn Quản", Day: p.district.Start, Kind: docx.Notice, Subject: "chính sách ưu đãi máy 4G, SIM chính chủ, chữ ký số", Signature: docx.Signature{Title: "GIÁM ĐỐC"}}
	for _, x := range offerings {
		d.Content = append(d.Content, docx.Para{Text: x.title + ": " + vn.Money(x.price) + ". " + x.conditions})
	}
	if err := d.Write(&paper, nil); err != nil {
		return nil, err
	}
	var out []offered
	for _, x := range offerings {
		at := slices.IndexFunc(offices, func(o territory.Office) bool { return o.Code == x.office })
		if at < 0 {
			continue
		}
		o := aid.Offer{Office: offices[at].ID, Kind: x.kind, Title: x.title, Price: x.price, From: p.district.Start, Until: p.app.Plan().Until, Conditions: x.conditions}
		if x.until > 0 {
			o.Until = demoDay.Add(x.until)
		}
		n, err := p.app.Aid.SaveOffer(p.ctx, police, o, &attach.File{Name: "chinh-sach-uu-dai.docx", MIME: attach.DOCX, Bytes: paper.Bytes()})
		if err != nil {
			return nil, err
		}
		out = append(out, offered{n, o.Office, x.kind, carriers[x.office]})
		if x.each == 0 {
			continue
		}
		stock := []aid.Stock{{Unit: root.ID, N: x.shared}}
		for i, c := range p.tree.Children(root.ID, demoDay) {
			stock = append(stock, aid.Stock{Unit: c.ID, N: x.each * int64(i*7%5) / 3})
		}
		if err := p.app.Aid.SetStock(p.ctx, police, n, stock); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// given is what a team claimed of a telephone or a SIM, and so what an operator handed over; lacking has no event.
type given struct {
	person, team, event int64
	kind                string
	day                 clock.Day
}

// phonesOf reads of some of the demo's persons what was claimed of their telephones and SIMs, and who still lacks them.
func (p *player) phonesOf(tx *db.Tx) (done, lacking []given, err error) {
	persons := make([]int64, 0, len(p.persons))
	for _, n := range p.persons {
		persons = append(persons, n)
	}
	slices.Sort(persons)
	var few []int64
	for i := 0; i < len(persons); i += len(persons)/aidLook + 1 {
		few = append(few, persons[i])
	}
	events, err := coverage.EventsOf(tx, few)
	if err != nil {
		return nil, nil, err
	}
	for _, person := range few {
		for _, item := range p.app.Plan().Aid.Items {
			c := p.app.Plan().Coverage(item.Coverage)
			var own []coverage.Event
			g := given{person: person, kind: item.ID}
			for _, e := range events[person] {
				if e.Coverage != item.Coverage || e.Void() {
					continue
				}
				own = append(own, e)
				if e.Level == coverage.Claimed && e.State == item.Goal() && item.ID != "signature" && (g.day == "" || e.Day < g.day) {
					g.day, g.event, g.team = e.Day, e.ID, e.Team
				}
			}
			switch s := coverage.Fold(own, "", c.Rank); {
			case g.day != "":
				done = append(done, g)
			case s.ConfirmedBy >= 0 && s.Claimed < c.Rank(item.Goal()) && (item.ID == "signature") == (s.Confirmed == c.Rank("owner")):
				lacking = append(lacking, g)
			}
		}
	}
	return done, lacking, nil
}

func offerOf(list []offered, kind string, n int) offered {
	var fit []offered
	for _, o := range list {
		if o.kind == kind {
			fit = append(fit, o)
		}
	}
	if len(fit) == 0 {
		return offered{}
	}
	return fit[(n*3)%len(fit)]
}

// keptGiven makes the orders that ended in what teams claimed.
func keptGiven(done []given, list []offered) []aid.Kept {
	var out []aid.Kept
	stride := max(1, len(done)*2/aidMost)
	for i := 0; i < len(done); i += stride {
		g := done[i]
		o := offerOf(list, g.kind, i/stride)
		if o.id == 0 {
			continue
		}
		k := aid.Kept{Person: g.person, Kind: g.kind, Office: o.office, Offer: o.id, By: o.by, Team: g.team, Event: g.event, Consent: "Tổ công nghệ số cộng đồng"}
		k.Steps = []aid.Move{{To: aid.Asked, Day: g.day.Add(-4)}, {To: aid.Accepted, Day: g.day.Add(-3)}, {To: aid.Ready, Day: g.day.Add(-1)}, {To: aid.Handed, Day: g.day, Received: []string{aid.Self, aid.Self, aid.Relative}[i%3], Serial: "35209900" + string(rune('0'+i%10)) + "761"}}
		if g.kind == "sim" {
			k.Steps = append(k.Steps, aid.Move{To: aid.Installed, Day: g.day})
		}
		out = append(out, k)
	}
	return out
}

// keptWaiting makes orders of those who still lack something: most in time, some lying long, some that came to nothing.
func keptWaiting(lacking []given, list []offered) []aid.Kept {
	var out []aid.Kept
	stride := max(1, len(lacking)*2/aidMost)
	for i := 0; i < len(lacking); i += stride {
		g, n := lacking[i], i/stride
		o := offerOf(list, g.kind, n)
		if o.id == 0 {
			continue
		}
		k := aid.Kept{Person: g.person, Kind: g.kind, Office: o.office, Offer: o.id, By: o.by, Consent: "Công an xã"}
		step := func(to aid.State, ago int, note string) {
			k.Steps = append(k.Steps, aid.Move{To: to, Day: demoDay.Add(-ago), Note: note})
		}
		long := 0
		if n%4 == 0 {
			long = 3 + n*5%9
		}
		switch n % 12 {
		case 0, 1, 2, 3:
			step(aid.Asked, n%2+long, "")
		case 4, 5, 6:
			step(aid.Asked, 6+long, "")
			step(aid.Accepted, 2+n%3+long, "")
		case 7, 8, 9:
			step(aid.Asked, 9+long, "")
			step(aid.Accepted, 7+long, "")
			step(aid.Ready, 1+n%2+long, "")
		case 10:
			step(aid.Asked, 12, "")
			step(aid.Cancelled, 8, "con đã mua máy cho")
		default:
			step(aid.Asked, 12, "")
			step(aid.Accepted, 11, "")
			step(aid.Refused, 5, "gọi ba lần không liên lạc được")
		}
		out = append(out, k)
	}
	return out
}

// ordersOfVisits takes over what the demo's visits ordered; two of three are given to an operator.
func (p *player) ordersOfVisits() error {
	police, ok := p.who["congan"]
	root := p.tree.ByCode("694")
	if !ok || root == nil || police.May("aid.order", root.ID) != nil {
		return nil
	}
	p.at(demoDay, demoHour)
	if err := p.app.takeOrdersOver(p.ctx, access.System("dữ liệu mẫu").On(p.tree)); err != nil {
		return err
	}
	list, _, err := p.app.Aid.List(p.ctx, police, aid.Query{Unit: root.ID, State: aid.Unassigned, Limit: 5000})
	if err != nil {
		return err
	}
	offices, err := p.app.Aid.Operators(p.ctx, police)
	if err != nil || len(offices) == 0 {
		return err
	}
	of := map[int64][]int64{}
	for i := range list {
		if i%3 != 0 {
			o := offices[i%len(offices)].ID
			of[o] = append(of[o], list[i].ID)
		}
	}
	for _, o := range offices {
		if len(of[o.ID]) == 0 {
			continue
		}
		if _, err := p.app.Aid.ChooseMany(p.ctx, police, of[o.ID], o.ID); err != nil {
			return err
		}
	}
	return nil
}
