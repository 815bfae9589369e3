package web

import (
	"bytes"
	"net/url"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/pdf"
	"bonphu/internal/vn"
	"bonphu/oversight/report"
	"bonphu/oversight/tally"
)

// papersPage is how many documents stand on one page.
const papersPage = 50

// showPapers lists the documents that can be made and those that were; a code typed in opens its document.
func showPapers(a *Ask) error {
	if code := a.Query("ma"); code != "" {
		return a.Go("/van-ban/" + url.PathEscape(report.NormalCode(code)))
	}
	s := &Papers{None: Empty{Icon: "folder", Title: "Chưa lập văn bản nào", Text: "Văn bản đã lập hiện ở đây cùng mã tra cứu và số liệu làm căn cứ."}}
	s.Title, s.Area, s.Lead = "Văn bản", "/van-ban", "Mỗi văn bản mang một mã; mã mở lại đúng số liệu mà văn bản dựa vào."
	if a.Who.MayAnywhere(report.VerbWrite) {
		for _, f := range report.Forms() {
			if f.ID == "bao-cao" {
				s.Forms = append(s.Forms, PaperForm{f.Title, f.About, f.Clause, "/bao-cao"})
				continue
			}
			if f.Place == "top" && !a.writesForAll() {
				continue
			}
			s.Forms = append(s.Forms, PaperForm{f.Title, f.About, f.Clause, "/van-ban/moi/" + f.ID})
		}
	}
	list, err := a.Reports.Documents(a.Ctx(), a.Who, a.Query("truoc"), papersPage+1)
	if err != nil {
		return err
	}
	if len(list) > papersPage {
		list = list[:papersPage]
		s.Pager.Next = "/van-ban?truoc=" + url.QueryEscape(list[papersPage-1].At)
	}
	if a.Query("truoc") != "" {
		s.Pager.Previous = "/van-ban"
	}
	for _, d := range list {
		unit := ""
		if u := a.Who.Tree().ByID(d.Unit); u != nil {
			unit = u.Title()
		}
		s.Rows = append(s.Rows, PaperRow{d.Title, unit, d.Code, "/van-ban/" + d.Code, d.WhoName + ", " + stampVi(d.At)})
	}
	return a.Show(s)
}

// writesForAll tells whether the asker writes for the whole place.
func (a *Ask) writesForAll() bool {
	p := a.plan()
	if p == nil {
		return false
	}
	u := a.Who.Tree().ByCode(p.Place.Unit)
	return u != nil && a.Who.May(report.VerbWrite, u.ID) == nil
}

func (a *Ask) makeScreen() (*MakePaper, *report.Form, error) {
	f, err := report.FormOf(a.R.PathValue("form"))
	if err != nil {
		return nil, nil, err
	}
	s := &MakePaper{Href: "/van-ban/moi/" + f.ID, About: f.About}
	s.Title, s.Area, s.Crumbs = f.Title, "/van-ban", []Crumb{{"Văn bản", "/van-ban"}, {Title: f.Title}}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range a.unitChoices(report.VerbWrite, 0) {
		u := a.Who.Tree().ByCode(c.Value)
		top := c.Value == p.Place.Unit
		if u.Tier > territory.TierCommune || f.Place == "top" && !top || f.Place == "below" && top {
			continue
		}
		c.Title, c.Chosen = u.Title(), c.Value == a.R.FormValue("don_vi")
		s.Units = append(s.Units, c)
	}
	if a.R.Method == "POST" {
		s.Form = NewForm(a.R.PostForm)
	}
	for _, x := range f.Fields {
		in := s.Form.Field(x.Name, x.Title).Tip(x.Hint)
		if x.Must {
			in = in.Needed()
		}
		s.Boxes = append(s.Boxes, PaperBox{in, x.Long})
	}
	return s, f, nil
}

func showMakePaper(a *Ask) error {
	s, _, err := a.makeScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func makePaper(a *Ask) error {
	s, f, err := a.makeScreen()
	if err != nil {
		return err
	}
	u := a.Who.Tree().ByCode(a.Post("don_vi"))
	if u == nil {
		return Again(s, fault.New(fault.Invalid, "web.choose_unit", "Hãy chọn đơn vị ban hành.").On("don_vi"))
	}
	o := report.Order{Form: f.ID, Unit: u.ID, Fields: map[string]string{}}
	for _, x := range f.Fields {
		if v := a.Post(x.Name); v != "" {
			o.Fields[x.Name] = v
		}
	}
	for name, day := range map[string]*clock.Day{"ngay": &o.Day, "ngay_ky": &o.Signed} {
		if v := a.Post(name); v != "" {
			if *day, err = clock.ParseDay(v); err != nil {
				return Again(s, fault.New(fault.Invalid, "web.day", "Ngày không đúng.").On(name))
			}
		}
	}
	r, err := a.Reports.Make(a.Ctx(), a.Who, o)
	if err != nil {
		return Again(s, err)
	}
	return a.Go("/van-ban/" + r.Code)
}

// showPaper looks a document up by its code: the frozen figures, each opened into its definition, its people and its extracts
// (laws D1, N2), and how the same day is told now.
func showPaper(a *Ask) error {
	d, err := a.Reports.Document(a.Ctx(), a.Who, a.R.PathValue("doc"))
	if err != nil {
		return err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return err
	}
	r, at := d.Reading, "/van-ban/"+d.Code
	s := &Paper{Docx: at + "/docx", Xlsx: at + "/xlsx", SHA: d.SHA}
	if pdf.Present() {
		s.Pdf = at + "/pdf"
	}
	s.Title, s.Area, s.Crumbs = d.Title, "/van-ban", []Crumb{{"Văn bản", "/van-ban"}, {Title: d.Code}}
	u := a.Who.Tree().ByID(d.Unit)
	s.Lead = strings.Join([]string{u.Title(), asOfText(r)}, " · ")
	s.Facts = []Fact{{"Mã tra cứu", d.Code, ""}, {"Người lập", d.WhoName + ", " + stampVi(d.At), ""}, {"Kế hoạch", p.ShortTitle, "/ke-hoach"}}
	if r.Old != "" {
		s.Facts = append(s.Facts, Fact{"Thay bản", r.Old, "/van-ban/" + r.Old})
	}
	for _, t := range r.Targets {
		s.Heads = append(s.Heads, t.Short)
	}
	for i := range r.Rows {
		x := &r.Rows[i]
		row := PaperFigures{Name: x.Title, Inner: x.Parent != r.Unit && x.Unit != r.Unit}
		if row.Inner && a.Query("ap") == "" {
			continue
		}
		for j, t := range r.Targets {
			n := x.Numbers[j]
			row.Cells = append(row.Cells, PaperCell{t.Short, vn.Int(n.Confirmed) + "/" + vn.Int(n.Goal), vn.Percent(n.Confirmed, n.Goal), at + "?don-vi=" + x.Code + "&chi-tieu=" + t.ID + "#so"})
		}
		s.Rows = append(s.Rows, row)
	}
	for _, x := range r.Extracts {
		href := ""
		if a.Who.MayAnywhere("intake.see") {
			href = "/danh-sach/" + id.String(x.Batch)
		}
		s.Extracts = append(s.Extracts, PaperExtract{x.Title, x.File, x.AsOf.Vi(), vn.Int(x.Rows), x.SHA[:min(16, len(x.SHA))], href})
	}
	drifts, err := a.Reports.Drifted(a.Ctx(), a.Who, d)
	if err != nil {
		return err
	}
	s.Drifts, s.Same = driftRows(drifts), len(drifts) == 0
	a.chosenFigure(s, r, drifts)
	return a.Show(s)
}

func asOfText(r *report.Reading) string { return "số liệu đến hết ngày " + r.AsOf.Vi() }

// chosenFigure opens the figure that the address names.
func (a *Ask) chosenFigure(s *Paper, r *report.Reading, drifts []report.Drift) {
	u := a.Who.Tree().ByCode(a.Query("don-vi"))
	if u == nil || r.Row(u.ID) == nil {
		return
	}
	row := r.Row(u.ID)
	for i, t := range r.Targets {
		if t.ID != a.Query("chi-tieu") || i >= len(row.Numbers) {
			continue
		}
		n := row.Numbers[i]
		people := func(level string) string {
			if href := a.peopleHref(u, "t:"+t.ID+":"+level, ""); href != "" {
				return href + "&ngay=" + string(r.AsOf)
			}
			return ""
		}
		f := &PaperFigure{Title: t.Short + ", " + u.Title(), Clause: t.Clause, Frozen: vn.Int(n.Confirmed) + "/" + vn.Int(n.Goal) + " (" + vn.Percent(n.Confirmed, n.Goal) + ")", People: people("confirmed")}
		for _, def := range tally.Definitions(a.plan()) {
			if def.Series == "t:"+t.ID+":confirmed" && def.Not == "" {
				f.Formula = def.Formula
			}
		}
		f.Now = "Kể lại hôm nay cho cùng ngày: không đổi."
		for _, d := range drifts {
			if d.Unit == u.ID && d.Target == t.Short {
				f.Now = "Kể lại hôm nay cho cùng ngày: " + vn.Int(d.Now) + " (khi lập: " + vn.Int(d.Was) + "). Danh sách đến sau, danh sách bị rút hoặc người chuyển nơi ở làm số này khác."
			}
		}
		f.Rows = []FactNumber{{"Thuộc diện", vn.Int(n.Eligible), people("in")}, {"Đã xác nhận", vn.Int(n.Confirmed), people("confirmed")}, {"Đã kiểm chứng, chưa tính", vn.Int(n.Verified), people("verified")},
			{"Tổ báo, chưa tính", vn.Int(n.Claimed), people("claimed")}, {"Bị bác", vn.Int(n.Denied), people("denied")}, {"Lộ trình đến ngày này", vn.Int(n.Due), ""}, {"Xác nhận trong kỳ", signedInt(n.InPeriod()), ""}}
		s.Chosen = f
	}
}

// paperFile gives a document as .docx, .pdf or .xlsx; the same code gives the same file.
func paperFile(a *Ask) error {
	d, err := a.Reports.Document(a.Ctx(), a.Who, a.R.PathValue("doc"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	name := vn.Fold(d.Title)
	switch a.R.PathValue("kind") {
	case "docx", "pdf":
		if err := a.Reports.Docx(a.Ctx(), a.Who, d, a.home(), &b); err != nil {
			return err
		}
		if a.R.PathValue("kind") == "docx" {
			a.attach(name+".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
			break
		}
		out, err := pdf.Convert(a.Ctx(), b.Bytes())
		if err != nil {
			return err
		}
		b.Reset()
		b.Write(out)
		a.attach(name+".pdf", "application/pdf")
	case "xlsx":
		if err := a.Reports.Workbook(d.Reading, &b); err != nil {
			return err
		}
		a.attach(name+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	default:
		return notHere
	}
	_, err = a.W.Write(b.Bytes())
	return err
}

// home is where the desk is reached, for the address printed on documents.
func (a *Ask) home() string {
	if a.R.Host == "" {
		return ""
	}
	scheme := "http://"
	if a.Secure {
		scheme = "https://"
	}
	return scheme + a.R.Host
}
