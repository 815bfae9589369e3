package web

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"rsc.io/qr"

	"bonphu/core/people"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/pdf"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
	"bonphu/ops/points"
)

// sessionInPath reads which session the address names.
func (a *Ask) sessionInPath() (int64, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return 0, fault.New(fault.Missing, "web.no_session", "Không có buổi thu nhận này.")
	}
	return n, nil
}

func invitedMood(state string) string {
	switch state {
	case points.Came:
		return "good"
	case points.Confirmed, points.Invited:
		return "note"
	case points.NoShow, points.Declined:
		return "warn"
	}
	return ""
}

// wherePlace says where a session is, as people are told.
func (a *Ask) wherePlace(x *points.Session) string {
	out := x.PointName
	if x.Address != "" {
		out += " (" + x.Address + ")"
	}
	return out + ", " + a.Who.Tree().FullName(x.Unit)
}

const bringAlong = "Mang theo: CCCD hoặc CMND cũ (nếu có), giấy khai sinh của trẻ, điện thoại và SIM đang dùng."

func (a *Ask) sessionScreen(n int64) (*SessionSheet, error) {
	x, next, err := a.Points.Session(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	list, err := a.Points.Invitations(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	missed, err := a.Points.MissedBy(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	s := &SessionSheet{Href: sessionHref(n), State: points.StateTitle(x.State), Mood: sessionMood(x.State), Live: x.Live(), Open: x.State == points.Open, Today: x.Day == a.today(), Reason: x.Reason, Locked: x.Locked,
		Day: string(x.Day), From: x.From, Until: x.Until, Find: a.Query("tim")}
	s.MayPlan = x.Live() && x.Day >= a.today() && a.Who.May("points.plan", x.Unit) == nil
	s.MayInvite = x.Live() && x.Day >= a.today() && a.Who.MayAnywhere("invite.write")
	s.MayCheckIn = x.Live() && s.Today && a.Who.May("points.checkin", x.Unit) == nil
	s.Title, s.Area = x.PointName+", "+strings.ToLower(weekdayOf(x.Day))+" "+x.Day.Vi(), weekHref
	s.Lead = x.KitName + ", " + x.Hours() + ". " + a.wherePlace(x) + "."
	s.Crumbs = []Crumb{{"Lịch điểm", weekHref + "?tuan=" + string(monday(x.Day))}, {Title: x.Day.Vi()}}
	if next != 0 {
		s.NextHref = sessionHref(next)
	}
	if x.MovedFrom != 0 {
		s.LastHref = sessionHref(x.MovedFrom)
	}
	var state = map[string]int64{}
	for _, i := range list {
		state[i.State]++
	}
	waiting := state[points.Invited] + state[points.Confirmed]
	if a.Query("thu") != "" {
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã thu hồ sơ. Mã tra cứu để đưa cho người dân ở trang hồ sơ."})
	}
	s.Stats = []Stat{{Label: "Định mức", Value: vn.Int(x.Quota), Note: "hồ sơ"}, {Label: "Đã đến", Value: vn.Int(x.Came), Note: vn.Percent(x.Came, x.Quota) + " định mức; " + vn.Int(x.Walkins) + " người tự đến", Kind: kindIf(x.Came >= x.Quota, "good")},
		{Label: "Đang mời", Value: vn.Int(waiting), Note: vn.Int(state[points.Confirmed]) + " người hẹn sẽ đến"}, {Label: "Vắng, không đến được", Value: vn.Int(state[points.NoShow] + state[points.Declined]), Kind: kindIf(state[points.NoShow] > 0, "warn")}}
	if x.Live() && waiting+x.Came > 0 {
		e, err := a.Points.Expected(a.Ctx(), a.Who, n)
		if err != nil {
			return nil, err
		}
		s.Stats = append(s.Stats, Stat{Label: "Dự kiến đến hết buổi", Value: decimal(e.Mean), Note: "80 % khả năng từ " + decimal(e.Low) + " đến " + decimal(e.High), Kind: kindIf(e.Mean+0.5 < float64(x.Quota), "warn")})
	}
	s.collects = a.Points.Taken != nil && x.State != points.Cancelled
	s.sift(a, list, missed, a.Query("xem"))
	s.Views = a.invitedViews(s.Href, a.Query("xem"), int64(len(list)), waiting, state)
	s.Text, s.Loud = a.invitedTexts(x, list)
	s.None = Empty{Icon: "people", Title: "Chưa có ai trong danh sách", Text: "Lập danh sách mời ở khung bên: máy chọn người cần hồ sơ gần nhất, giữ cả hộ, đủ để số người dự kiến đến bằng định mức."}
	return s, a.sessionChoices(s, x)
}

// sift puts the list on the screen, narrowed to what is looked for.
func (s *SessionSheet) sift(a *Ask, list []points.Invitation, missed map[int64]int64, view string) {
	const most = 400
	find, shown := vn.Fold(s.Find), 0
	for _, i := range list {
		r := InvitedRow{ID: id.String(i.ID), N: vn.Int(i.N), Name: i.Name, Birth: people.BirthTitle(i.Birth), Phone: i.Phone, Place: a.Who.Tree().FullName(i.Unit), Channel: points.ChannelTitle(i.Channel), State: points.InvitedTitle(i.State),
			Mood: invitedMood(i.State), Reason: i.Reason, Code: i.Code, Told: i.Told}
		if i.Person != 0 && i.Name != "" {
			r.Href = "/dan-cu/" + id.String(i.Person)
		}
		if i.Name == "" {
			r.Name = "Người ngoài địa bàn của bạn"
			if i.Person == 0 {
				r.Name = "Khách ngoài sổ dân cư"
			}
		}
		if i.CameAt != "" {
			r.Came = stampVi(i.CameAt)
		}
		open := i.State == points.Invited || i.State == points.Confirmed
		if (i.State == points.Moved || i.State == points.CalledOff) && i.Channel != points.WalkIn {
			if !i.Told {
				s.CallList = append(s.CallList, r)
			}
		}
		if i.State == points.NoShow || i.State == points.Declined {
			_, r.Next = points.NextStep(max(missed[i.Person], 1), false)
		}
		r.MayCheck, r.MayUndo, r.MayReply = s.MayCheckIn && open, s.Open && s.MayCheckIn && i.State == points.Came, s.MayInvite && open
		r.MayCollect = i.State == points.Came && i.Person != 0 && i.Name != "" && s.collects && a.Who.May("dossier.write", i.Unit) == nil
		if view == "cho" && !open || view == "den" && i.State != points.Came || view == "vang" && i.State != points.NoShow && i.State != points.Declined {
			continue
		}
		if find != "" && !strings.Contains(vn.Fold(i.Name), find) && !strings.EqualFold(i.Code, s.Find) {
			continue
		}
		if shown++; shown <= most {
			s.Rows = append(s.Rows, r)
		}
	}
	if shown > most {
		s.More = "Hiện 400 người đầu trong " + vn.Int(int64(shown)) + " người; tìm theo tên hoặc mã, hoặc tải bản Excel để có đủ."
	}
}

func (a *Ask) invitedViews(href, view string, all, waiting int64, state map[string]int64) []Tab {
	return []Tab{{"Tất cả " + vn.Int(all), href, view == ""}, {"Đang mời " + vn.Int(waiting), href + "?xem=cho", view == "cho"}, {"Đã đến " + vn.Int(state[points.Came]), href + "?xem=den", view == "den"},
		{"Vắng " + vn.Int(state[points.NoShow]+state[points.Declined]), href + "?xem=vang", view == "vang"}}
}

// invitedTexts makes the text of a message and the script for loudspeakers, which has names and no personal number.
func (a *Ask) invitedTexts(x *points.Session, list []points.Invitation) (text, loud string) {
	p := a.plan()
	body := "Công an"
	if p != nil && p.Place.Name != "" {
		body += " " + p.Place.Name
	}
	when := strings.ToLower(weekdayOf(x.Day)) + " " + x.Day.Vi() + ", từ " + x.From + " đến " + x.Until
	text = body + " mời ông (bà) đến làm hồ sơ CCCD, định danh mức 2 vào " + when + " tại " + a.wherePlace(x) + ". " + bringAlong + " Mã mời: [MÃ]. Bận xin nhắn lại để được hẹn buổi khác."
	byPlace := map[int64][]string{}
	var order []int64
	for _, i := range list {
		if (i.State == points.Invited || i.State == points.Confirmed) && i.Name != "" {
			if byPlace[i.Unit] == nil {
				order = append(order, i.Unit)
			}
			byPlace[i.Unit] = append(byPlace[i.Unit], i.Name)
		}
	}
	var b strings.Builder
	b.WriteString("Kính thưa bà con! " + body + " tổ chức thu nhận hồ sơ căn cước và định danh điện tử vào " + when + ", tại " + a.wherePlace(x) + ".\n")
	slices.SortFunc(order, func(x, y int64) int { return strings.Compare(a.Who.Tree().FullName(x), a.Who.Tree().FullName(y)) })
	for _, u := range order {
		b.WriteString("\n" + a.Who.Tree().FullName(u) + ", kính mời: " + strings.Join(byPlace[u], ", ") + ".\n")
	}
	b.WriteString("\n" + bringAlong + " Xin nhắc lại: " + when + ". Trân trọng cảm ơn bà con!")
	return text, b.String()
}

// sessionChoices fills in the forms.
func (a *Ask) sessionChoices(s *SessionSheet, x *points.Session) error {
	if s.MayInvite {
		from := x.Unit
		if c := a.Who.Tree().Commune(x.Unit); c != nil {
			from = c.ID
		}
		s.Units = a.unitChoices("invite.write", from)
		for _, c := range points.Channels() {
			s.Channels = append(s.Channels, Choice{c, points.ChannelTitle(c), false})
		}
	}
	if !s.MayPlan {
		return nil
	}
	scope := a.Who.Scope("points.plan")
	if len(scope) == 0 {
		return nil
	}
	list, err := a.Points.Points(a.Ctx(), a.Who, scope[0], x.Day)
	if err != nil {
		return err
	}
	for _, p := range list {
		s.Points = append(s.Points, Choice{id.String(p.ID), p.Name + ", " + a.Who.Tree().FullName(p.Unit), p.ID == x.Point})
	}
	kits, err := a.Points.Kits(a.Ctx(), a.Who, scope[0], x.Day)
	for _, k := range kits {
		s.Kits = append(s.Kits, Choice{id.String(k.ID), k.Name, k.ID == x.Kit})
	}
	return err
}

func showSession(a *Ask) error {
	n, err := a.sessionInPath()
	if err != nil {
		return err
	}
	s, err := a.sessionScreen(n)
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onSession does something to the session in the address and shows it again with what is wrong.
func onSession(do func(a *Ask, n int64) (to string, err error)) func(*Ask) error {
	return func(a *Ask) error {
		n, err := a.sessionInPath()
		if err != nil {
			return err
		}
		to, cause := do(a, n)
		if cause != nil {
			s, err := a.sessionScreen(n)
			if err != nil {
				return err
			}
			return Again(s, cause)
		}
		return a.Go(sessionHref(n) + to)
	}
}

var inviteTo = onSession(func(a *Ask, n int64) (string, error) {
	u := a.Who.Tree().ByCode(a.Post("don_vi"))
	if u == nil {
		return "", fault.New(fault.Invalid, "web.unit", "Hãy chọn địa bàn được mời.").On("don_vi")
	}
	want, err := whole(a.Post("want"), "want")
	if err != nil {
		return "", err
	}
	got, err := a.Points.Invite(a.Ctx(), a.Who, points.InviteAsk{Session: n, Unit: u.ID, Channel: a.Post("channel"), Want: want})
	if err == nil && got.Invited == 0 {
		err = fault.New(fault.Conflict, "web.nobody", "Không mời thêm được ai: danh sách đã đủ cho định mức, hoặc địa bàn này không còn người cần hồ sơ mà chưa có lời mời.")
	}
	return "", err
})

var checkInAt = onSession(func(a *Ask, n int64) (string, error) {
	key := a.Post("key")
	if a.Post("khach") != "" {
		key = ""
	} else if key == "" {
		return "", fault.New(fault.Invalid, "web.checkin", "Hãy nhập mã mời, số định danh, hoặc quét mã QR.").On("key")
	}
	_, err := a.Points.CheckIn(a.Ctx(), a.Who, n, key)
	return "#diem-danh", err
})

var shutSession = onSession(func(a *Ask, n int64) (string, error) {
	_, _, err := a.Points.Shut(a.Ctx(), a.Who, n)
	return "?xem=vang", err
})

var cancelSession = onSession(func(a *Ask, n int64) (string, error) {
	_, err := a.Points.Cancel(a.Ctx(), a.Who, n, a.Post("reason"))
	return "#goi-bao", err
})

var moveSession = onSession(func(a *Ask, n int64) (string, error) {
	x, err := sessionPosted(a)
	if err == nil {
		_, _, err = a.Points.Move(a.Ctx(), a.Who, n, x, a.Post("reason"))
	}
	return "#goi-bao", err
})

var lockSession = onSession(func(a *Ask, n int64) (string, error) {
	return "", a.Points.Lock(a.Ctx(), a.Who, n, a.Post("khoa") == "1")
})

// onInvited does something to one invitation of the session.
var onInvited = onSession(func(a *Ask, n int64) (string, error) {
	i, err := id.Parse(a.Post("loi_moi"))
	if err != nil {
		return "", notHere
	}
	switch a.Post("viec") {
	case "bao":
		return "#goi-bao", a.Points.Told(a.Ctx(), a.Who, i)
	case "bo":
		return "", a.Points.UndoCheckIn(a.Ctx(), a.Who, i)
	case "thu":
		_, err := a.Points.Collect(a.Ctx(), a.Who, i)
		return "?thu=1", err
	case "hen":
		return "", a.Points.Reply(a.Ctx(), a.Who, i, points.Confirmed, "")
	}
	return "", a.Points.Reply(a.Ctx(), a.Who, i, points.Declined, a.Post("reason"))
})

// sessionLetters prints the invitations, six to a page.
func sessionLetters(a *Ask) error {
	s, err := a.letters()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// letters gathers the invitations that wait, six to a sheet.
func (a *Ask) letters() (*Letters, error) {
	n, err := a.sessionInPath()
	if err != nil {
		return nil, err
	}
	x, _, err := a.Points.Session(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	list, err := a.Points.Invitations(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	s := &Letters{Back: sessionHref(n)}
	s.Title, s.Area, s.Lead = "Giấy mời", weekHref, "Sáu giấy một trang A4: in rồi cắt theo nét đứt. Chỉ in lời mời đang chờ, ở địa bàn bạn được xem dân cư."
	p := a.plan()
	for _, i := range list {
		if i.Name == "" || i.State != points.Invited && i.State != points.Confirmed {
			continue
		}
		l := Letter{Name: i.Name, Place: a.Who.Tree().FullName(i.Unit), Code: i.Code, When: weekdayOf(x.Day) + ", ngày " + x.Day.Vi(), Hours: x.From + " – " + x.Until, Where: a.wherePlace(x), Bring: bringAlong}
		if p != nil {
			l.Superior, l.Body = p.Issuer.Body, "CÔNG AN "+strings.ToUpper(p.Place.Name)
		}
		code, err := qr.Encode(i.Code, qr.M)
		if err != nil {
			return nil, err
		}
		l.QR = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG()))
		if k := len(s.Sheets); k == 0 || len(s.Sheets[k-1]) == 6 {
			s.Sheets = append(s.Sheets, nil)
		}
		s.Sheets[len(s.Sheets)-1] = append(s.Sheets[len(s.Sheets)-1], l)
	}
	return s, nil
}

// lettersFile gives the invitations as a file to edit or to print: .docx, or .pdf where the machine has LibreOffice.
func lettersFile(a *Ask) error {
	kind := a.R.PathValue("kind")
	if kind != "docx" && kind != "pdf" {
		return notHere
	}
	s, err := a.letters()
	if err != nil {
		return err
	}
	var cards []docx.Card
	for _, sheet := range s.Sheets {
		for _, l := range sheet {
			cards = append(cards, docx.Card{Superior: l.Superior, Body: l.Body, Title: "GIẤY MỜI", Code: l.Code, Lines: []docx.Para{{Text: "Kính mời: " + l.Name, Bold: true}, {Text: l.Place},
				{Text: "Đến làm hồ sơ căn cước, định danh điện tử mức 2."}, {Text: l.When + ", " + l.Hours, Bold: true}, {Text: "Tại: " + l.Where, Bold: true},
				{Text: l.Bring + " Mang theo giấy mời này; nếu bận, xin báo tổ trưởng để được hẹn buổi khác.", Italic: true}}})
		}
	}
	if len(cards) == 0 {
		return fault.New(fault.Missing, "web.letters_none", "Không có lời mời nào đang chờ để in.")
	}
	var b bytes.Buffer
	if err := docx.WriteCards(&b, s.Title, cards); err != nil {
		return err
	}
	if kind == "pdf" {
		out, err := pdf.Convert(a.Ctx(), b.Bytes())
		if err != nil {
			return err
		}
		a.attach("giay-moi.pdf", "application/pdf")
		_, err = a.W.Write(out)
		return err
	}
	a.attach("giay-moi.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	_, err = a.W.Write(b.Bytes())
	return err
}

// sessionWorkbook is the session's list as a workbook, telephones masked.
func sessionWorkbook(a *Ask) error {
	n, err := a.sessionInPath()
	if err != nil {
		return err
	}
	x, _, err := a.Points.Session(a.Ctx(), a.Who, n)
	if err != nil {
		return err
	}
	list, err := a.Points.Invitations(a.Ctx(), a.Who, n)
	if err != nil {
		return err
	}
	w := workbook.Sheet{Name: "Danh sách mời", Head: []string{"Danh sách mời: " + x.PointName, weekdayOf(x.Day) + " " + x.Day.Vi() + ", " + x.Hours() + ", " + x.KitName + ", định mức " + vn.Int(x.Quota) + " hồ sơ"},
		Columns: []workbook.Column{{Title: "STT", Width: 6, Kind: workbook.Int}, {Title: "Họ và tên", Width: 28}, {Title: "Ngày sinh", Width: 12}, {Title: "Ấp, sóc, khu phố", Width: 28}, {Title: "Cách mời", Width: 20}, {Title: "Tình trạng", Width: 16}, {Title: "Mã mời", Width: 10}, {Title: "Lý do", Width: 30}, {Title: "Ký nhận", Width: 16}}}
	for _, i := range list {
		if i.Name != "" {
			w.Rows = append(w.Rows, []any{i.N, i.Name, people.BirthTitle(i.Birth), a.Who.Tree().FullName(i.Unit), points.ChannelTitle(i.Channel), points.InvitedTitle(i.State), i.Code, i.Reason, ""})
		}
	}
	b := workbook.Book{Title: "Danh sách mời", Sheets: []workbook.Sheet{w}}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		return err
	}
	a.attach("moi-"+url.PathEscape(string(x.Day))+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	_, err = out.WriteTo(a.W)
	return err
}
