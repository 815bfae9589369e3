package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/photo"
	"bonphu/internal/vn"
	"bonphu/ops/outreach"
)

// outreachForm is the form for something planned, or with ?viec=da-lam for something done. The unit chosen offers itself as a whole and the
// units directly under it.
func (a *Ask) outreachForm() (*OutreachForm, error) {
	u, err := a.askedUnit("outreach.write")
	if err != nil {
		return nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, err
	}
	s := &OutreachForm{Done: a.R.FormValue("viec") == "da-lam", Units: a.unitChoices("outreach.write", u.ID), Unit: u.Code, Day: string(a.today()), Once: a.R.FormValue("once")}
	if s.Once == "" {
		s.Once = id.String(id.New())
	}
	_ = a.R.ParseForm()
	chosen := func(code string, otherwise bool) bool {
		if a.R.Method != http.MethodPost {
			return otherwise
		}
		for _, v := range a.R.Form["units"] {
			if v == code {
				return true
			}
		}
		return false
	}
	whole := u.Title()
	if u.Tier < territory.TierHamlet {
		whole = "Cả " + u.Kind + " " + u.Name
	}
	s.Places = append(s.Places, Choice{u.Code, whole, chosen(u.Code, true)})
	for _, x := range a.Who.Tree().Children(u.ID, a.today()) {
		s.Places = append(s.Places, Choice{x.Code, x.Title(), chosen(x.Code, false)})
	}
	s.Channels, s.Audiences, s.Languages = a.channelChoices(a.R.FormValue("channel"), ""), a.audienceChoices(a.R.FormValue("audience"), ""), a.languageChoices(a.R.FormValue("language"), "")
	for _, c := range p.Outreach.ChannelList() {
		s.Counts = append(s.Counts, Term{c.Title, c.Count})
	}
	list, err := a.Outreach.Library(a.Ctx(), a.Who, outreach.ContentQuery{})
	if err != nil {
		return nil, err
	}
	want := a.R.FormValue("content")
	s.Content = []Choice{{"", "Không dùng nội dung trong thư viện", want == ""}}
	for _, c := range list {
		if c.Approved != 0 {
			v := id.String(c.ID)
			s.Content = append(s.Content, Choice{v, outreach.KindTitle(c.Kind) + ": " + c.Title, v == want})
		}
	}
	at := outreachHref + "/moi?don_vi=" + url.QueryEscape(u.Code)
	if want != "" {
		at += "&content=" + url.QueryEscape(want)
	}
	s.Views = []Tab{{"Sắp làm", at, !s.Done}, {"Đã làm", at + "&viec=da-lam", s.Done}}
	s.Title, s.Area, s.Lead = "Lên lịch tuyên truyền", outreachHref, "Ai làm, ở đâu, nói với ai. Có thể lặp lại hằng tuần."
	if s.Done {
		s.Title, s.Lead = "Ghi hoạt động đã làm", "Nói rõ số người là đếm được hay ước tính. Ảnh được xóa vị trí, tên máy chụp."
	}
	s.Crumbs = []Crumb{{"Tuyên truyền", outreachHref}, {Title: s.Title}}
	return s, nil
}

func showOutreachForm(a *Ask) error {
	s, err := a.outreachForm()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// photosOf reads the photos of a form, each bounded; one too many is read too, so that it is refused in a sentence.
func (a *Ask) photosOf(field string) ([][]byte, error) {
	if err := a.R.ParseMultipartForm(outreachBody); err != nil {
		if errors.Is(err, http.ErrNotMultipart) {
			return nil, nil
		}
		return nil, badForm(err)
	}
	var out [][]byte
	for _, h := range a.R.MultipartForm.File[field] {
		if h.Size == 0 || len(out) > outreach.MaxPhotos {
			continue
		}
		f, err := h.Open()
		if err != nil {
			return nil, badForm(err)
		}
		b, err := io.ReadAll(io.LimitReader(f, photo.Max+1))
		f.Close()
		if err != nil {
			return nil, badForm(err)
		}
		out = append(out, b)
	}
	return out, nil
}

// postInt reads a whole number of people or đồng; dots between thousands are let in.
func (a *Ask) postInt(field, what string) (int64, error) {
	v := strings.NewReplacer(".", "", " ", "").Replace(a.Post(field))
	if v == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, "web.number", "%s ghi bằng chữ số.", what).On(field)
	}
	return n, nil
}

// outreachResult reads what came of an activity.
func (a *Ask) outreachResult() (r outreach.Result, err error) {
	if r.Photos, err = a.photosOf("photo"); err != nil {
		return r, err
	}
	if r.Reach, err = a.postInt("reach", "Số người tiếp cận"); err != nil {
		return r, err
	}
	if r.Cost, err = a.postInt("cost", "Kinh phí"); err != nil {
		return r, err
	}
	r.Day, r.Counted, r.Note = clock.Day(a.Post("day")), a.Post("counted") != "", a.Post("note")
	return r, nil
}

func writeOutreach(a *Ask) error {
	pictures, err := a.photosOf("photo")
	if err != nil {
		return err
	}
	s, err := a.outreachForm()
	if err != nil {
		return err
	}
	r, err := a.outreachResult()
	if err != nil {
		return Again(s, err)
	}
	x := outreach.Activity{Channel: a.Post("channel"), Audience: a.Post("audience"), Language: a.Post("language"), Day: r.Day, Hour: a.Post("hour"), State: outreach.Planned, Note: r.Note, Cost: r.Cost}
	if x.ID, err = id.Parse(s.Once); err != nil {
		x.ID = 0
	}
	for _, code := range a.R.Form["units"] {
		if u := a.Who.Tree().ByCode(code); u != nil {
			x.Units = append(x.Units, u.ID)
		}
	}
	if whole := a.Who.Tree().ByCode(s.Unit); whole != nil && len(x.Units) > 1 { // parts were chosen beside the whole: the whole says it all
		for _, u := range x.Units {
			if u == whole.ID {
				x.Units = []int64{u}
				break
			}
		}
	}
	if v := a.Post("content"); v != "" {
		if x.Content, err = id.Parse(v); err != nil {
			return Again(s, fault.New(fault.Invalid, "web.content", "Hãy chọn nội dung trong danh sách.").On("content"))
		}
	}
	again := outreach.Repeat{}
	if s.Done {
		x.State, x.Reach, x.Counted = outreach.Done, r.Reach, r.Counted
	} else if a.Post("weekly") != "" {
		again = outreach.Repeat{Every: 7, Until: clock.Day(a.Post("until"))}
		if again.Until != "" {
			if _, err := clock.ParseDay(string(again.Until)); err != nil {
				return Again(s, fault.New(fault.Invalid, "web.day", "Ngày cuối không đúng.").On("until"))
			}
		}
		pictures = nil
	}
	n, err := a.Outreach.Write(a.Ctx(), a.Who, x, again, pictures)
	if err != nil {
		return Again(s, err)
	}
	return a.Go(outreachHref + "/" + id.String(n))
}

// outreachSheet is one activity and what the asker may do with it.
func (a *Ask) outreachSheet() (*OutreachSheet, *outreach.Activity, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	x, photos, err := a.Outreach.Get(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	p, err := a.campaignPlan()
	if err != nil {
		return nil, nil, err
	}
	names, _, err := a.officeNames()
	if err != nil {
		return nil, nil, err
	}
	r := a.outreachRow(x, names)
	channel, _ := p.Outreach.Channel(x.Channel)
	audience, _ := p.Outreach.Audience(x.Audience)
	here := outreachHref + "/" + id.String(n)
	s := &OutreachSheet{Channel: r.Title, Count: channel.Count, Audience: audience.Title, Language: vn.LowerFirst(p.Canvass.LanguageTitle(x.Language)), Office: names[x.Office], By: x.WhoName, When: r.When, State: r.State, Mood: r.Mood, Reach: r.Reach, Cost: r.Cost, Note: x.Note, Reason: x.Reason,
		Places: a.placeNames(x.Units), Day: string(min(x.Day, a.today())), Counted: x.Counted}
	if x.Content != 0 {
		c, err := a.Outreach.Content(a.Ctx(), a.Who, x.Content)
		if err != nil {
			return nil, nil, err
		}
		s.Content, s.ContentHref = c.Title+", bản "+strconv.Itoa(x.Version), contentHref+"/"+id.String(c.ID)+"?ban="+strconv.Itoa(x.Version)
	}
	may := outreach.MayChange(a.Who, x) == nil
	for _, f := range photos {
		ph := OutreachPhoto{Href: here + "/anh/" + id.String(f)}
		if may {
			ph.Drop = ph.Href + "/bo"
		}
		s.Photos = append(s.Photos, ph)
	}
	if may {
		if x.State != outreach.Cancelled && x.Day <= a.today() {
			s.Did, s.MayPhoto = here+"/ket-qua", len(photos) < outreach.MaxPhotos
		}
		if x.State == outreach.Planned {
			s.Cancel, s.Series = here+"/huy", x.Series != 0
		} else {
			s.Undo = here + "/lui"
		}
	}
	f, err := a.Outreach.FollowedOne(a.Ctx(), a.Who, n)
	if err != nil && !fault.Is(err, fault.Forbidden) {
		return nil, nil, err
	}
	s.Follow = followedCard(f)
	if a.R.Method == http.MethodGet { // the form begins with what is known
		v := url.Values{"day": {s.Day}, "note": {x.Note}}
		if x.Reach > 0 {
			v.Set("reach", strconv.FormatInt(x.Reach, 10))
		}
		if x.Cost > 0 {
			v.Set("cost", strconv.FormatInt(x.Cost, 10))
		}
		if x.Counted || x.State == outreach.Planned && channel.Reach == "counted" {
			v.Set("counted", "1")
		}
		s.Form = NewForm(v)
	}
	s.Title, s.Area = r.Title, outreachHref
	s.Lead = r.Place + ", " + vn.LowerFirst(outreachWhen(x))
	s.Crumbs = []Crumb{{"Tuyên truyền", outreachHref}, {Title: r.Title}}
	return s, x, nil
}

func showOutreachActivity(a *Ask) error {
	s, _, err := a.outreachSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onOutreach runs a change of one activity and shows it again.
func onOutreach(do func(a *Ask, n int64) error) func(*Ask) error {
	return func(a *Ask) error {
		s, x, err := a.outreachSheet()
		if err != nil {
			return err
		}
		if err := do(a, x.ID); err != nil {
			return Again(s, err)
		}
		return a.Go(outreachHref + "/" + id.String(x.ID))
	}
}

func didOutreach(a *Ask, n int64) error {
	r, err := a.outreachResult()
	if err != nil {
		return err
	}
	return a.Outreach.Did(a.Ctx(), a.Who, n, r)
}

func cancelOutreach(a *Ask, n int64) error {
	return a.Outreach.Cancel(a.Ctx(), a.Who, n, a.Post("why"), a.Post("rest") != "")
}

func undoOutreach(a *Ask, n int64) error { return a.Outreach.Undo(a.Ctx(), a.Who, n) }

func dropOutreachPhoto(a *Ask, n int64) error {
	picture, err := id.Parse(a.R.PathValue("photo"))
	if err != nil {
		return notHere
	}
	return a.Outreach.DropPhoto(a.Ctx(), a.Who, n, picture)
}

func outreachPhoto(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	picture, err := id.Parse(a.R.PathValue("photo"))
	if err != nil {
		return notHere
	}
	b, err := a.Outreach.Photo(a.Ctx(), a.Who, n, picture)
	if err != nil {
		return err
	}
	return a.picture("image/jpeg", b)
}
