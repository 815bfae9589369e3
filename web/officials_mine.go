package web

import (
	"net/url"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/officials"
)

const ownHref = officialsHref + "/cua-toi"

// todo says what an official does about a condition of their own.
func todo(c officials.Condition, m officials.Met) string {
	switch {
	case m == officials.Confirmed:
		return "Không phải làm gì thêm."
	case m == officials.Unknown:
		return "Báo người quản lý danh sách của cơ quan gắn bạn với sổ dân cư."
	case c.ID == officials.Portal:
		return "Đăng nhập cả hai Cổng dịch vụ công bằng tài khoản VNeID, rồi ghi ở dưới."
	case m == officials.Denied:
		return "Danh sách xác nhận mới nhất chưa ghi bạn đạt; hãy kiểm tra lại và báo Công an xã nơi cư trú."
	case m == officials.Claimed || m == officials.Verified:
		return "Chờ danh sách trích xuất xác nhận."
	case c.ID == "sim":
		return "Mang CCCD đến nhà mạng chuẩn hóa thuê bao, đăng ký SIM chính chủ kèm chữ ký số."
	case c.ID == "phone":
		return "Đổi sang điện thoại thông minh 4G; có thể dùng gói ưu đãi của nhà mạng."
	}
	return "Liên hệ Công an xã nơi cư trú để được hướng dẫn."
}

func statePill(s officials.State) MetPill {
	kind := "note"
	switch s {
	case officials.Counted:
		kind = "good"
	case officials.Before, officials.Twice:
		kind = "warn"
	case officials.Undone:
		kind = ""
	}
	return MetPill{"", officials.StateTitle(s), kind}
}

// ownScreen is the signed-in official's own list and nobody else's.
func (a *Ask) ownScreen() (*OwnList, error) {
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	s := &OwnList{None: Empty{Icon: "people", Title: "Chưa ghi ai", Text: "Mỗi người dân được ghi một lần, khi đã hướng dẫn xong và người ấy đồng ý."}, N: int64(p.PersonalQuota.N), From: string(p.From)}
	s.Title, s.Area = "Việc của tôi", ownHref
	m, err := a.Officials.Mine(a.Ctx(), a.Who)
	if f, ok := fault.As(err); ok && f.Kind == fault.Missing {
		s.Nobody = Empty{Icon: "account", Title: "Chưa gắn với danh sách cán bộ", Text: f.Text}
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	s.Name, s.Position, s.Agency, s.Today = m.Name, m.Position, m.Agency.Name, string(m.Day)
	s.Lead = m.Name + " · " + m.Agency.Name + ". Chỉ bạn xem được trang này."
	for i, c := range m.Conditions {
		s.Conditions = append(s.Conditions, OwnCondition{c.Title, todo(c, m.Met[i]), metPill("", m.Met[i])})
	}
	for i, portal := range officials.Portals() {
		o := OwnPortal{ID: portal, Title: officials.PortalTitle(portal), Pill: metPill("", m.Portals[i]), Open: m.Portals[i] < officials.Claimed}
		for _, x := range m.Said {
			if x.Portal == portal {
				o.Said = append(o.Said, x.Day.Vi()+": "+x.Evidence)
			}
		}
		s.Portals = append(s.Portals, o)
	}
	s.Counted, s.Recorded = int64(m.Tally.Counted), int64(m.Tally.Recorded)
	for _, w := range officials.Works() {
		s.Works = append(s.Works, Choice{w, officials.WorkTitle(w), w == officials.Level2})
	}
	for _, c := range m.Credits {
		row := CreditRow{Name: c.Name, Number: c.Number.Mask(), What: officials.WorkTitle(c.What), Day: c.Day.Vi(), State: statePill(c.State), Why: c.Void}
		if c.State != officials.Undone {
			row.Cancel = ownHref + "/huy/" + id.String(c.ID)
		}
		s.Rows = append(s.Rows, row)
	}
	switch a.Query("da") {
	case "ghi":
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã ghi. Lượt này được tính khi danh sách trích xuất xác nhận người dân đã kích hoạt."})
	case "huy":
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã hủy lượt ghi."})
	case "cong":
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã ghi lời khai đăng nhập; chờ người khác xem và kiểm chứng."})
	}
	return s, nil
}

func showOwn(a *Ask) error {
	s, err := a.ownScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// ownChange runs one change of the own list and comes back to it.
func (a *Ask) ownChange(done string, change func() error) error {
	s, err := a.ownScreen()
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return Again(s, err)
	}
	return a.Go(ownHref + "?" + url.Values{"da": {done}}.Encode())
}

// creditOne records a citizen guided.
func creditOne(a *Ask) error {
	return a.ownChange("ghi", func() error {
		return a.Officials.Credit(a.Ctx(), a.Who, officials.Ask{Number: a.Post("number"), Name: a.Post("name"), QR: a.Post("qr"), What: a.Post("what"), Day: clock.Day(a.Post("day")), Consent: a.Post("consent") != ""})
	})
}

// dropCredit takes one back.
func dropCredit(a *Ask) error {
	return a.ownChange("huy", func() error {
		n, err := id.Parse(a.R.PathValue("id"))
		if err != nil {
			return fault.New(fault.Missing, "web.no_credit", "Không có lượt ghi này.")
		}
		return a.Officials.VoidCredit(a.Ctx(), a.Who, n, a.Post("why"))
	})
}

// claimPortal says that one signed in to a portal.
func claimPortal(a *Ask) error {
	return a.ownChange("cong", func() error {
		return a.Officials.ClaimPortal(a.Ctx(), a.Who, a.Post("portal"), clock.Day(a.Post("day")))
	})
}
