package web

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"bonphu/core/territory"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
	"bonphu/ops/dossier"
)

const dossierPage = 100

// moveChoices are what many dossiers may be moved to at once; taking comes first.
func moveChoices(chosen dossier.State) []Choice {
	out := []Choice{{string(dossier.Collected), "Thu nhận hồ sơ mới", chosen == dossier.Collected}}
	for _, s := range dossier.States() {
		if s != dossier.Collected && s != dossier.Cancelled {
			out = append(out, Choice{string(s), dossier.Title(s), chosen == s})
		}
	}
	return out
}

func (a *Ask) reasonChoices() []Choice {
	var out []Choice
	for _, r := range a.plan().Dossier.Reasons {
		out = append(out, Choice{r.ID, r.Title, false})
	}
	return out
}

func showDossierList(a *Ask) error {
	s, err := a.dossierList()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func (a *Ask) dossierList() (*DossierList, error) {
	q, u, err := a.dossierQuery()
	if err != nil {
		return nil, err
	}
	q.Limit = dossierPage
	list, total, err := a.Dossiers.List(a.Ctx(), a.Who, q)
	if err != nil {
		return nil, err
	}
	s := &DossierList{Units: a.unitScope("dossier.see", u), Kinds: kindChoices(q.Kind), Find: q.Find, Told: vn.Int(total) + " hồ sơ; nằm lâu nhất đứng trước.", MayWrite: a.Who.May("dossier.write", u.ID) == nil, MayExport: a.Who.May("people.export", u.ID) == nil,
		Code: u.Code, Moves: moveChoices(dossier.Transmitted), Reasons: a.reasonChoices(), Today: string(a.today()), None: Empty{Icon: "folder", Title: "Không có hồ sơ nào", Text: "Bỏ bớt điều kiện lọc, hoặc thu nhận hồ sơ mới ở dưới."}}
	s.Title, s.Area, s.Crumbs = "Danh sách hồ sơ", dossierHref, []Crumb{{"Hồ sơ thu nhận", dossierHref + "?don_vi=" + u.Code}, {Title: "Danh sách hồ sơ"}}
	s.Lead = a.Who.Tree().FullName(u.ID)
	for _, st := range dossier.States() {
		s.States = append(s.States, Choice{string(st), dossier.Title(st), st == q.State})
	}
	s.Ages = []Choice{{dossier.AgeLate, "Quá thời hạn", q.Age == dossier.AgeLate}, {dossier.AgeAlarm, "Phải xử lý ngay", q.Age == dossier.AgeAlarm}}
	for i := range list {
		s.Rows = append(s.Rows, a.dossierRow(&list[i]))
	}
	if n, err := strconv.ParseInt(a.R.URL.Query().Get("da_ghi"), 10, 32); err == nil && n > 0 {
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã ghi " + vn.Int(n) + " hồ sơ sang chặng này."})
	}
	v := a.R.URL.Query()
	v.Del("da_ghi")
	v.Del("tu")
	v.Set("don_vi", u.Code)
	s.Sheet = dossierHref + "/danh-sach.xlsx?" + v.Encode()
	if total > dossierPage {
		at := func(n int) string { v.Set("tu", strconv.Itoa(n)); return dossierHref + "/danh-sach?" + v.Encode() }
		s.Pager.Text = vn.Int(int64(q.Offset+1)) + "–" + vn.Int(int64(q.Offset+len(list))) + " trong " + vn.Int(total)
		if q.Offset > 0 {
			s.Pager.Previous = at(max(0, q.Offset-dossierPage))
		}
		if int64(q.Offset+dossierPage) < total {
			s.Pager.Next = at(q.Offset + dossierPage)
		}
	}
	return s, nil
}

// dossierWorkbook gives the list of the address as a workbook.
func dossierWorkbook(a *Ask) error {
	q, u, err := a.dossierQuery()
	if err != nil {
		return err
	}
	if err := a.Who.May("people.export", u.ID); err != nil {
		return err
	}
	q.Offset, q.Limit = 0, 50_000
	list, _, err := a.Dossiers.List(a.Ctx(), a.Who, q)
	if err != nil {
		return err
	}
	w := workbook.Sheet{Name: "Hồ sơ", Head: []string{"Hồ sơ thu nhận CCCD, định danh mức 2", a.Who.Tree().FullName(u.ID) + ", ngày " + a.today().Vi()},
		Columns: []workbook.Column{{Title: "STT", Width: 6, Kind: workbook.Int}, {Title: "Mã hồ sơ", Width: 14}, {Title: "Họ và tên", Width: 28}, {Title: "Ngày sinh", Width: 12}, {Title: "Số định danh (che)", Width: 18}, {Title: "Địa bàn", Width: 28}, {Title: "Loại hồ sơ", Width: 26}, {Title: "Thu nhận", Width: 12},
			{Title: "Chặng", Width: 20}, {Title: "Từ ngày", Width: 12}, {Title: "Số ngày", Width: 9, Kind: workbook.Int}, {Title: "So thời hạn", Width: 18}, {Title: "Xác nhận", Width: 18}, {Title: "Lý do trả lại", Width: 30}}}
	for i := range list {
		e := &list[i]
		r := a.dossierRow(e)
		sure := "tổ báo cáo"
		if e.Confirmed {
			sure = "bản trích xuất"
		}
		w.Rows = append(w.Rows, []any{int64(i + 1), r.Code, e.Name, r.Birth, r.Number, r.Place, r.Kind, e.Day.Vi(), r.State, r.Since, int64(e.Age), r.Late, sure, r.Reason})
	}
	b := workbook.Book{Title: "Hồ sơ thu nhận", Sheets: []workbook.Sheet{w}}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		return err
	}
	a.attach("ho-so-"+url.PathEscape(string(a.today()))+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	_, err = out.WriteTo(a.W)
	return err
}

const dossierBody = 12 << 20

// moveDossiers does a whole list: ticked rows, a pasted list, or a file (KH:III.3.d). First it is tried, then done.
func moveDossiers(a *Ask) error {
	if err := a.R.ParseMultipartForm(dossierBody); err != nil {
		if err = a.R.ParseForm(); err != nil {
			return badForm(err)
		}
	}
	u, err := a.askedUnit("dossier.write")
	if err != nil {
		return err
	}
	keys, err := a.bulkKeys()
	day, bad := a.postDay("day")
	if err == nil {
		err = bad
	}
	o := dossier.Order{Unit: u.ID, Receipt: a.Post("receipt"), Dry: a.Post("ghi") == "",
		Move: dossier.Move{To: dossier.State(a.Post("to")), Day: day, Reason: a.Post("reason"), Note: a.Post("note")}, Take: dossier.Take{Kind: dossier.Kind(a.Post("kind"))}}
	var out *dossier.Bulk
	if err == nil {
		out, err = a.Dossiers.MoveMany(a.Ctx(), a.Who, keys, o)
	}
	if err != nil {
		s, again := a.dossierList()
		if again != nil {
			return again
		}
		return Again(s, err)
	}
	if !out.Dry && out.Done == len(out.Verdicts) {
		if out.Batch != 0 {
			return a.Go(sentHref + "?don_vi=" + u.Code)
		}
		return a.Go(dossierLists(u, "chang", string(o.Move.To), "da_ghi", strconv.Itoa(out.Done)))
	}
	s := &DossierBulk{Dry: out.Dry, Back: dossierLists(u)}
	s.Title, s.Area = "Danh sách sang chặng “"+dossier.Title(o.Move.To)+"”", dossierHref
	s.Crumbs = []Crumb{{"Hồ sơ thu nhận", dossierHref}, {"Danh sách hồ sơ", s.Back}, {Title: "Kết quả từng dòng"}}
	left := int64(len(out.Verdicts) - out.Done)
	s.Stats = []Stat{{Label: "Số dòng", Value: vn.Int(int64(len(out.Verdicts)))}, {Label: "Ghi được", Value: vn.Int(int64(out.Done)), Kind: "good"}, {Label: "Để lại", Value: vn.Int(left), Kind: kindIf(left > 0, "warn")}}
	if out.Dry {
		s.Lead = "Mới chạy thử, chưa ghi gì. Xem từng dòng rồi bấm ghi."
	} else {
		s.Lead = "Đã ghi xong. Những dòng để lại không đổi gì."
	}
	if out.Batch != 0 && !out.Dry {
		s.BatchHref = sentHref + "?don_vi=" + u.Code
	}
	var again strings.Builder
	for i := range out.Verdicts {
		v := &out.Verdicts[i]
		if v.Done {
			again.WriteString(v.Again() + "\n")
		}
		r := DossierVerdict{Line: int64(v.Line), Text: v.Text, Name: v.Name, Verdict: "Để lại", Mood: "warn", Why: v.Why}
		if v.Done {
			r.Verdict, r.Mood = "Ghi được", "good"
			if !out.Dry {
				r.Verdict = "Đã ghi"
			}
		}
		if v.Dossier != 0 && !(out.Dry && o.Move.To == dossier.Collected) {
			r.Href = dossierPath(v.Dossier)
		}
		s.Rows = append(s.Rows, r)
	}
	if out.Dry && out.Done > 0 {
		for _, name := range []string{"to", "day", "reason", "note", "kind", "receipt"} {
			s.Hidden = append(s.Hidden, Hidden{name, a.Post(name)})
		}
		s.Hidden = append(s.Hidden, Hidden{"don_vi", u.Code}, Hidden{"list", again.String()}, Hidden{"ghi", "1"})
	}
	return a.Show(s)
}

// bulkKeys reads the rows of a form: ticked ones, a pasted list, or a file.
func (a *Ask) bulkKeys() ([]dossier.Key, error) {
	if picked := a.R.PostForm["hs"]; len(picked) > 0 {
		return dossier.ReadText(strings.Join(picked, "\n"))
	}
	text := a.Post("list")
	if text != "" || a.R.MultipartForm == nil || len(a.R.MultipartForm.File["tep"]) == 0 || a.R.MultipartForm.File["tep"][0].Size == 0 {
		return dossier.ReadText(text)
	}
	h := a.R.MultipartForm.File["tep"][0]
	f, err := h.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return dossier.ReadSheet(h.Filename, f, h.Size)
}

// takeDossier opens a dossier of whoever was scanned or typed in.
func takeDossier(a *Ask) error {
	u, err := a.askedUnit("dossier.write")
	if err != nil {
		return err
	}
	day, err := a.postDay("day")
	t := dossier.Take{Kind: dossier.Kind(a.Post("kind")), Day: day, Note: a.Post("note")}
	var d *dossier.Dossier
	if err == nil {
		if person := a.Post("person"); person != "" {
			var n int64
			if n, err = id.Parse(person); err != nil {
				return notHere
			}
			d, err = a.Dossiers.Take(a.Ctx(), a.Who, n, t)
		} else {
			d, err = a.Dossiers.TakeKey(a.Ctx(), a.Who, u.ID, a.Post("key"), t)
		}
	}
	if err != nil {
		s, again := a.dossierList()
		if again != nil {
			return again
		}
		return Again(s, err)
	}
	return a.Go(dossierPath(d.ID) + "?vua=1")
}

// unitOfDossier gives the unit of a dossier for links; nil when it is not in the tree.
func (a *Ask) unitOfDossier(n int64) *territory.Unit { return a.Who.Tree().ByID(n) }

var errNoDossier = fault.New(fault.Missing, "web.no_dossier", "Không tìm thấy hồ sơ này.")
