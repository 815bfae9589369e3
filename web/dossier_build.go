package web

import (
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/dossier"
	"bonphu/web/chart"
)

const (
	dossierHref = "/ho-so-thu-nhan"
	sentHref    = dossierHref + "/chuyen"
)

// dossierLists is the address of a list with these conditions.
func dossierLists(u *territory.Unit, pairs ...string) string {
	v := url.Values{"don_vi": {u.Code}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return dossierHref + "/danh-sach?" + v.Encode()
}

func dossierPath(n int64) string { return dossierHref + "/" + id.String(n) }

func dossierMood(k dossier.Kind, s dossier.State) string {
	switch {
	case s == dossier.Rejected:
		return "bad"
	case dossier.Done(k, s):
		return "good"
	case s == dossier.Cancelled:
		return ""
	}
	return "note"
}

func kindChoices(chosen dossier.Kind) []Choice {
	var out []Choice
	for _, k := range dossier.Kinds() {
		out = append(out, Choice{string(k), dossier.KindTitle(k), k == chosen})
	}
	return out
}

// unitScope lists the units that a verb's holder may choose, hamlets too.
func (a *Ask) unitScope(verb access.Verb, u *territory.Unit) []Choice {
	return a.unitChoices(verb, u.ID)
}

// boardStates are the states in the columns of the board.
func boardStates() []dossier.State {
	all := dossier.States()
	return all[:len(all)-1]
}

func showDossiers(a *Ask) error {
	u, err := a.askedUnit("dossier.see")
	if err != nil {
		return err
	}
	day, err := a.quotaDay()
	if err != nil {
		return err
	}
	day = min(day, a.today())
	b, err := a.Dossiers.Board(a.Ctx(), a.Who, u.ID, day)
	if err != nil {
		return err
	}
	s := &DossierBoard{Units: a.unitScope("dossier.see", u), Day: string(day), Last: string(a.today()), Past: day < a.today(), MayWrite: a.Who.May("dossier.write", u.ID) == nil, Code: u.Code, Kinds: kindChoices(""),
		ListHref: dossierLists(u), None: Empty{Icon: "folder", Title: "Chưa có hồ sơ nào", Text: "Hồ sơ xuất hiện ở đây khi Công an thu nhận: quét QR trên thẻ, nhập số định danh, hoặc dán cả danh sách."}}
	if s.MayWrite {
		s.None.Href, s.None.Do = dossierLists(u)+"#thu-nhan", "Thu nhận hồ sơ"
	}
	s.Title, s.Area, s.Lead = "Hồ sơ thu nhận", dossierHref, a.Who.Tree().FullName(u.ID)+": hồ sơ CCCD, định danh mức 2 từ lúc thu nhận đến khi kích hoạt. Tổ ghi là “báo cáo”; bản trích xuất làm hồ sơ tự chuyển chặng."
	if s.Past {
		s.Lead += " Đang xem số cuối ngày " + day.Vi() + "; tuổi hồ sơ và nơi nghẽn chỉ tính cho hôm nay."
	}
	if b.Sum.All() == 0 {
		return a.Show(s)
	}
	late, alarm := int64(0), int64(0)
	for _, g := range b.Ages {
		late, alarm = late+g.Over, alarm+g.Alarm
		r := DossierAge{State: dossier.Title(g.State), Href: dossierLists(u, "chang", string(g.State)), OverHref: dossierLists(u, "chang", string(g.State), "tuoi", dossier.AgeLate), N: g.N, Over: g.Over, Alarm: g.Alarm, Median: int64(g.Median), Oldest: int64(g.Oldest), Norm: "–"}
		if g.Norm > 0 {
			r.Norm = vn.Int(int64(g.Norm)) + " ngày"
		}
		r.Mood = kindIf(g.Over > 0, "warn")
		if g.Alarm > 0 {
			r.Mood = "bad"
		}
		s.Ages = append(s.Ages, r)
	}
	done := b.Sum[dossier.Handed] + b.Sum[dossier.Activated]
	s.Stats = []Stat{{Label: "Tất cả hồ sơ", Value: vn.Int(b.Sum.All()), Href: s.ListHref}, {Label: "Chờ truyền", Value: vn.Int(b.Sum[dossier.Collected]), Href: sentHref + "?don_vi=" + u.Code}, {Label: "Chờ Bộ duyệt", Value: vn.Int(b.Sum[dossier.Transmitted]), Href: dossierLists(u, "chang", "transmitted")},
		{Label: "Đã trả thẻ, đã kích hoạt", Value: vn.Int(done), Note: vn.Percent(done, b.Sum.All()), Kind: "good"}}
	if !s.Past {
		s.Stats = append(s.Stats, Stat{Label: "Quá thời hạn", Value: vn.Int(late), Kind: kindIf(late > 0, "warn"), Href: dossierLists(u, "tuoi", dossier.AgeLate)})
	}
	s.Narrow = b.NarrowText
	if b.Narrow != nil {
		s.NarrowTo = dossierLists(u, "chang", string(b.Narrow.State), "tuoi", dossier.AgeLate)
	}
	if alarm > 0 {
		s.Alarms, s.AlarmTo = vn.Int(alarm)+" hồ sơ đã nằm quá "+strings.Replace(strconv.FormatFloat(a.plan().Dossier.AlarmFactor(), 'f', -1, 64), ".", ",", 1)+" lần thời hạn: phải có người xử lý ngay.", dossierLists(u, "tuoi", dossier.AgeAlarm)
	}
	if b.Redo > 0 {
		s.Redo, s.RedoTo = vn.Int(b.Redo)+" hồ sơ bị trả lại chưa làm lại.", dossierLists(u, "chang", "rejected", "lam_lai", "1")
	}
	f := flowOf(b)
	s.Chart, s.Table = f.SVG(), f.Table()
	for _, st := range boardStates() {
		s.States = append(s.States, dossier.Title(st))
	}
	for _, r := range b.Rows {
		if r.N.All() == 0 {
			continue
		}
		x := a.Who.Tree().ByID(r.Unit)
		if x == nil {
			continue
		}
		row := DossierUnit{Name: x.Title(), Href: dossierHref + "?don_vi=" + x.Code, Late: r.Late, LateHref: dossierLists(x, "tuoi", dossier.AgeLate)}
		if x.ID == u.ID {
			row.Name, row.Href = "Chưa rõ ấp, khu phố", ""
		}
		for _, st := range boardStates() {
			row.N = append(row.N, DossierCell{dossier.Title(st), dossierLists(x, "chang", string(st)), r.N[st]})
		}
		s.Rows = append(s.Rows, row)
	}
	return a.Show(s)
}

// flowOf draws the days of a board.
func flowOf(b *dossier.Board) chart.Flow {
	f := chart.Flow{Title: "Dòng hồ sơ theo ngày"}
	if len(b.Flow) > 0 {
		f.Start = b.Flow[0].Day
	}
	for _, g := range [][]dossier.State{{dossier.Collected}, {dossier.Transmitted}, {dossier.Rejected}, {dossier.Approved, dossier.Issued}, {dossier.Handed}, {dossier.Account}, {dossier.Activated}} {
		band := chart.Band{Name: dossier.Title(g[0]), N: make([]int64, len(b.Flow)), Bad: g[0] == dossier.Rejected}
		for _, st := range g[1:] {
			band.Name += ", " + vn.LowerFirst(dossier.Title(st))
		}
		for i, d := range b.Flow {
			for _, st := range g {
				band.N[i] += d.N[st]
			}
		}
		f.Bands = append(f.Bands, band)
	}
	return f
}

func (a *Ask) dossierRow(e *dossier.Entry) DossierRow {
	r := DossierRow{ID: id.String(e.ID), Href: dossierPath(e.ID), Name: e.Name, Birth: people.BirthTitle(e.Birth), Number: e.Number, Place: a.Who.Tree().FullName(e.Unit), Kind: dossier.KindTitle(e.Kind), State: dossier.Title(e.State), Mood: dossierMood(e.Kind, e.State),
		Since: e.Since.Vi(), Age: vn.Int(int64(e.Age)) + " ngày", Code: dossier.CodeText(e.Code), Confirmed: e.Confirmed}
	if r.Name == "" {
		r.Name = "Hồ sơ " + r.Code
	}
	if dossier.Done(e.Kind, e.State) || e.State == dossier.Cancelled {
		r.Age = ""
	}
	if e.Late != dossier.InTime {
		r.Late, r.LateMood = "quá hạn "+vn.Int(int64(e.Age-e.Norm))+" ngày", "warn"
		if e.Late == dossier.Alarm {
			r.LateMood = "bad"
		}
	}
	if e.State == dossier.Rejected {
		r.Reason = a.plan().Dossier.ReasonTitle(e.Reason)
		if e.Followed != 0 {
			r.Reason += " · đã làm lại"
		}
	}
	return r
}

// dossierQuery reads the conditions of the address.
func (a *Ask) dossierQuery() (dossier.Query, *territory.Unit, error) {
	u, err := a.askedUnit("dossier.see")
	if err != nil {
		return dossier.Query{}, nil, err
	}
	q := dossier.Query{Unit: u.ID, State: dossier.State(a.R.FormValue("chang")), Kind: dossier.Kind(a.R.FormValue("loai")), Age: a.R.FormValue("tuoi"), Find: a.R.FormValue("tim"), Undone: a.R.FormValue("lam_lai") != ""}
	if b := a.R.FormValue("dot"); b != "" {
		if q.Batch, err = id.Parse(b); err != nil {
			return q, u, notHere
		}
	}
	if q.Offset, err = strconv.Atoi(a.R.FormValue("tu")); err != nil || q.Offset < 0 {
		q.Offset = 0
	}
	return q, u, nil
}

// day reads a day of a form; "" for none.
func (a *Ask) postDay(name string) (clock.Day, error) {
	text := a.Post(name)
	if text == "" {
		return "", nil
	}
	d, err := clock.ParseDay(text)
	if err != nil {
		return "", fault.New(fault.Invalid, "web.day_form", "Ngày không đúng. Hãy chọn lại ngày.").On(name)
	}
	return d, nil
}
