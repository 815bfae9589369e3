package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/outreach"
)

const contentHref = "/noi-dung"

var contentStates = map[string][2]string{outreach.Draft: {"Bản nháp", ""}, outreach.Submitted: {"Chờ duyệt", "warn"}, outreach.Approved: {"Đã duyệt", "good"}, outreach.Withdrawn: {"Đã rút", "bad"}}

func contentKinds(chosen, all string) []Choice {
	return choicesOf(outreach.ContentKinds, chosen, all, func(k outreach.ContentKind) (string, string) { return k.ID, k.Title })
}

func showLibrary(a *Ask) error {
	if _, err := a.campaignPlan(); err != nil {
		return err
	}
	q := outreach.ContentQuery{Text: a.Query("q"), Kind: a.Query("loai"), Language: a.Query("tieng"), State: a.Query("tinh_trang")}
	all, err := a.Outreach.Library(a.Ctx(), a.Who, outreach.ContentQuery{})
	if err != nil {
		return err
	}
	list, err := a.Outreach.Library(a.Ctx(), a.Who, q)
	if err != nil {
		return err
	}
	names, _, err := a.officeNames()
	if err != nil {
		return err
	}
	s := &Library{Text: q.Text, Kinds: contentKinds(q.Kind, "Mọi loại"), Languages: a.languageChoices(q.Language, "Mọi ngôn ngữ"), MayWrite: a.Who.MayAnywhere("outreach.write"), None: Empty{Icon: "book", Title: "Thư viện chưa có nội dung nào", Text: "Viết nội dung đầu tiên, hoặc lấy các bài có sẵn của chương trình."}}
	if len(all) > 0 {
		s.None = Empty{Icon: "search", Title: "Không có nội dung nào khớp", Text: "Thử ít chữ hơn hoặc bỏ bớt điều kiện lọc."}
	}
	s.Title, s.Area, s.Lead = "Thư viện nội dung", contentHref, "Bài loa, bài đăng, tờ rơi, hướng dẫn VNeID. Chỉ bản đã duyệt mới dùng được."
	s.States = []Choice{{"", "Mọi tình trạng", q.State == ""}}
	var approved, waiting int64
	var uses int64
	for _, st := range []string{outreach.Draft, outreach.Submitted, outreach.Approved, outreach.Withdrawn} {
		s.States = append(s.States, Choice{st, contentStates[st][0], st == q.State})
	}
	for i := range all {
		uses += all[i].Uses
		if all[i].Approved != 0 {
			approved++
		}
		if all[i].State == outreach.Submitted {
			waiting++
		}
	}
	s.Stats = []Stat{{Label: "Dùng được", Value: vn.Int(approved), Note: "nội dung đã duyệt"}, {Label: "Chờ duyệt", Value: vn.Int(waiting), Kind: kindIf(waiting > 0, "warn"), Href: contentHref + "?tinh_trang=" + outreach.Submitted}, {Label: "Lần dùng", Value: vn.Int(uses), Note: "trong hoạt động"}}
	for i := range list {
		c := &list[i]
		r := ContentRow{Title: c.Title, Href: contentHref + "/" + id.String(c.ID), Kind: outreach.KindTitle(c.Kind), Language: a.plan().Canvass.LanguageTitle(c.Language), Office: names[c.Office], Uses: c.Uses, Copies: c.Copies}
		if c.Seed != "" && c.Newest == 1 {
			r.Office = outreach.SeedName
		}
		r.State, r.Mood = contentStates[c.State][0], contentStates[c.State][1]
		if c.Approved != 0 && c.Approved != c.Newest {
			r.Note = "đang dùng bản " + strconv.Itoa(c.Approved)
		}
		s.Rows = append(s.Rows, r)
	}
	if s.Seeds, err = a.Outreach.SeedsLeft(a.Ctx(), a.Who); err != nil {
		return err
	}
	return a.Show(s)
}

func bringSeeds(a *Ask) error {
	if _, err := a.campaignPlan(); err != nil {
		return err
	}
	if _, err := a.Outreach.BringSeeds(a.Ctx(), a.Who); err != nil {
		return err
	}
	return a.Go(contentHref + "?tinh_trang=" + outreach.Submitted)
}

func (a *Ask) contentForm() (*ContentForm, error) {
	if _, err := a.campaignPlan(); err != nil {
		return nil, err
	}
	s := &ContentForm{Fresh: true, Kinds: contentKinds(a.R.FormValue("kind"), ""), Languages: a.languageChoices(a.R.FormValue("language"), ""), Name: a.R.FormValue("title"), Text: a.R.FormValue("text"), Action: contentHref + "/moi", Once: a.R.FormValue("once")}
	if s.Once == "" {
		s.Once = id.String(id.New())
	}
	s.Title, s.Area, s.Lead = "Viết nội dung", contentHref, "Lưu thành bản nháp, rồi gửi duyệt. Người viết không tự duyệt."
	s.Crumbs = []Crumb{{"Thư viện nội dung", contentHref}, {Title: "Viết nội dung"}}
	return s, nil
}

func showContentForm(a *Ask) error {
	s, err := a.contentForm()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func writeContent(a *Ask) error {
	s, err := a.contentForm()
	if err != nil {
		return err
	}
	t := outreach.Text{Title: a.Post("title"), Kind: a.Post("kind"), Language: a.Post("language"), Text: a.Post("text")}
	if t.ID, err = id.Parse(s.Once); err != nil {
		t.ID = 0
	}
	if t.File, err = a.attached("file"); err != nil {
		return Again(s, err)
	}
	n, err := a.Outreach.Compose(a.Ctx(), a.Who, t)
	if err != nil {
		return Again(s, err)
	}
	return a.Go(contentHref + "/" + id.String(n))
}

// contentSheet is one text; ?ban=n shows one of its versions, else the newest.
func (a *Ask) contentSheet() (*ContentSheet, *outreach.Sheet, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	c, err := a.Outreach.Content(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, nil, err
	}
	names, _, err := a.officeNames()
	if err != nil {
		return nil, nil, err
	}
	here := contentHref + "/" + id.String(n)
	shown := c.Version(c.Newest)
	if k, err := strconv.Atoi(a.Query("ban")); err == nil {
		if shown = c.Version(k); shown == nil {
			return nil, nil, fault.New(fault.Missing, "web.no_version", "Nội dung này không có bản đó.")
		}
	}
	s := &ContentSheet{Text: shown.Text, Kind: outreach.KindTitle(c.Kind), Language: a.plan().Canvass.LanguageTitle(c.Language), Office: cmp.Or(names[c.Office], shown.WriterName), State: contentStates[shown.State][0], Mood: contentStates[shown.State][1], Uses: c.Uses, Copies: c.Copies,
		Shown: fmt.Sprintf("Bản %d, có sẵn trong chương trình", shown.N), File: shown.File}
	if shown.Writer != 0 {
		s.Shown = fmt.Sprintf("Bản %d, %s viết lúc %s", shown.N, shown.WriterName, stampVi(shown.At))
	}
	if shown.File != "" {
		s.FileHref = here + "/tep/" + strconv.Itoa(shown.N)
	}
	if c.Uses > 0 {
		s.UsesHref = outreachHref + "?noi_dung=" + id.String(n)
	}
	for i := range c.Versions {
		v := &c.Versions[i]
		x := ContentVersion{N: v.N, State: contentStates[v.State][0], Mood: contentStates[v.State][1], By: v.WriterName + ", " + stampVi(v.At), Why: v.Why, Href: here + "?ban=" + strconv.Itoa(v.N), Now: v.N == shown.N}
		if v.DeciderName != "" {
			x.Decided = v.DeciderName + ", " + stampVi(v.DecidedAt)
		}
		if v.State == outreach.Approved && v.N != c.Approved {
			x.State, x.Mood = "Đã thay bằng bản mới", ""
		}
		s.Versions = append(s.Versions, x)
	}
	if c.State == outreach.Submitted && !c.Decide {
		s.Waits = "Đang chờ người có quyền duyệt, không phải người viết."
	}
	for _, x := range []struct {
		may  bool
		to   *string
		path string
	}{{c.Edit, &s.Edit, "/sua"}, {c.Content.State == outreach.Draft && c.Edit, &s.Submit, "/gui-duyet"}, {c.Decide, &s.Decide, "/duyet"}, {c.TakeOut, &s.TakeOut, "/rut"}, {c.Use, &s.Use, "/dung"}} {
		if x.may {
			*x.to = here + x.path
		}
	}
	if c.Use && a.Who.MayAnywhere("outreach.write") {
		s.Activity = outreachHref + "/moi?content=" + id.String(n)
	}
	s.Title, s.Area, s.Lead = c.Title, contentHref, s.Kind+", "+vn.LowerFirst(s.Language)
	s.Crumbs = []Crumb{{"Thư viện nội dung", contentHref}, {Title: c.Title}}
	return s, c, nil
}

func showContent(a *Ask) error {
	s, _, err := a.contentSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onContent runs a change of one text and shows it again.
func onContent(do func(a *Ask, c *outreach.Sheet) error) func(*Ask) error {
	return func(a *Ask) error {
		s, c, err := a.contentSheet()
		if err != nil {
			return err
		}
		if err := do(a, c); err != nil {
			return Again(s, err)
		}
		return a.Go(contentHref + "/" + id.String(c.ID))
	}
}

func submitContent(a *Ask, c *outreach.Sheet) error { return a.Outreach.Submit(a.Ctx(), a.Who, c.ID) }

func decideContent(a *Ask, c *outreach.Sheet) error {
	return a.Outreach.Decide(a.Ctx(), a.Who, c.ID, a.Post("ket_luan") == "duyet", a.Post("why"))
}

func withdrawContent(a *Ask, c *outreach.Sheet) error {
	return a.Outreach.Withdraw(a.Ctx(), a.Who, c.ID, a.Post("why"))
}

// contentEdit is the form of an existing text.
func (a *Ask) contentEdit() (*ContentForm, *outreach.Sheet, error) {
	_, c, err := a.contentSheet()
	if err != nil {
		return nil, nil, err
	}
	if !c.Edit {
		return nil, nil, fault.New(fault.Conflict, "web.no_edit", "Nội dung này đang chờ duyệt, hoặc không phải của cơ quan bạn nên bạn không sửa được.")
	}
	v := c.Version(c.Newest)
	s := &ContentForm{Kinds: contentKinds(c.Kind, ""), Name: c.Title, Text: v.Text, File: v.File, Action: contentHref + "/" + id.String(c.ID) + "/sua"}
	if a.R.Method != "GET" {
		s.Kinds, s.Name, s.Text = contentKinds(a.R.FormValue("kind"), ""), a.R.FormValue("title"), a.R.FormValue("text")
	}
	s.Title, s.Area, s.Lead = "Sửa nội dung", contentHref, "Bản đã duyệt không đổi: sửa thì thành bản mới, chờ duyệt; bản cũ vẫn dùng được."
	s.Crumbs = []Crumb{{"Thư viện nội dung", contentHref}, {c.Title, contentHref + "/" + id.String(c.ID)}, {Title: "Sửa"}}
	return s, c, nil
}

func showContentEdit(a *Ask) error {
	s, _, err := a.contentEdit()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func reviseContent(a *Ask) error {
	s, c, err := a.contentEdit()
	if err != nil {
		return err
	}
	t := outreach.Text{Title: a.Post("title"), Kind: a.Post("kind"), Text: a.Post("text")}
	if t.File, err = a.attached("file"); err != nil {
		return Again(s, err)
	}
	if err := a.Outreach.Revise(a.Ctx(), a.Who, c.ID, t); err != nil {
		return Again(s, err)
	}
	return a.Go(contentHref + "/" + id.String(c.ID))
}

// useContent counts that the approved version was taken, and goes to it: for printing, or as Word.
func useContent(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	if _, _, err := a.Outreach.Copy(a.Ctx(), a.Who, n); err != nil {
		return err
	}
	if a.Post("kieu") == "docx" {
		return a.Go(contentHref + "/" + id.String(n) + "/docx")
	}
	return a.Go(contentHref + "/" + id.String(n) + "/in")
}

// approved gives a text with the version that may be used.
func (a *Ask) approved() (*outreach.Sheet, *outreach.Version, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	c, err := a.Outreach.Content(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	v := c.Version(c.Approved)
	if v == nil {
		return nil, nil, fault.New(fault.Conflict, "web.unapproved", "Nội dung này chưa được duyệt hoặc đã rút nên chưa dùng được.")
	}
	return c, v, nil
}

func stampOf(v *outreach.Version) string {
	return fmt.Sprintf("Bản %d, duyệt lúc %s", v.N, stampVi(v.DecidedAt))
}

func printContent(a *Ask) error {
	c, v, err := a.approved()
	if err != nil {
		return err
	}
	s := &ContentPrint{Text: v.Text, Kind: outreach.KindTitle(c.Kind), Stamp: stampOf(v), Back: contentHref + "/" + id.String(c.ID)}
	s.Title, s.Area = c.Title, contentHref
	s.Crumbs = []Crumb{{"Thư viện nội dung", contentHref}, {c.Title, s.Back}, {Title: "Bản in"}}
	return a.Show(s)
}

func contentWord(a *Ask) error {
	c, v, err := a.approved()
	if err != nil {
		return err
	}
	names, _, err := a.officeNames()
	if err != nil {
		return err
	}
	x := docx.Text{Title: c.Title, Under: outreach.KindTitle(c.Kind), Body: cmp.Or(names[c.Office], a.campaign().Place), Note: stampOf(v), Lines: strings.Split(v.Text, "\n")}
	a.attach("noi-dung-"+strings.ReplaceAll(vn.Fold(c.Title), " ", "-")+".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	return docx.WriteText(a.W, x)
}

func contentFile(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	k, err := strconv.Atoi(a.R.PathValue("version"))
	if err != nil {
		return notHere
	}
	f, err := a.Outreach.File(a.Ctx(), a.Who, n, k)
	if err != nil {
		return err
	}
	return a.give(f)
}
