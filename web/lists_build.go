package web

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Bounds of what is brought at once.
const (
	bringLimit = 1 << 30
	listsPage  = 30
	issuesPage = 100
)

// showLists is the table of lists with the place to bring more (law F3).
func showLists(a *Ask) error {
	before, _ := id.Parse(a.Query("truoc"))
	list, err := a.Lists.List(a.Ctx(), a.Who, before, listsPage+1)
	if err != nil {
		return err
	}
	waiting, err := a.Lists.Waiting(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	s := &Lists{MayBring: a.Who.MayAnywhere("intake.bring"), Units: a.unitChoices("intake.bring", 0),
		None: Empty{Icon: "list", Title: "Chưa có danh sách nào", Text: "Đưa vào danh sách dân cư trước, rồi các danh sách trích xuất. Tệp nào cũng được nhận dạng và chạy thử trước khi ghi."}}
	s.Title, s.Area, s.Lead = "Danh sách nhập", "/danh-sach", "Mỗi tệp được nhận dạng, chạy thử rồi mới ghi vào sổ; ghi rồi vẫn rút lại được."
	if len(list) > listsPage {
		list = list[:listsPage]
		s.Pager.Next = "/danh-sach?truoc=" + id.String(list[listsPage-1].ID)
	}
	for _, b := range list {
		kind := intake.KindTitle(b.Kind)
		if kind == "" {
			kind = "Chưa rõ loại"
		}
		s.Rows = append(s.Rows, ListRow{Name: b.FileName, Href: batchHref(b.ID), Kind: kind, AsOf: b.AsOf.Vi(), State: b.State.Title(), Mood: mood(b.State), Who: b.WhoName, When: stampVi(b.CreatedAt), Sum: b.Sums.Rows, Waiting: waiting[b.ID]})
	}
	fresh, err := a.Lists.Fresh(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	today := clock.DayOf(a.Clock())
	for _, f := range fresh {
		days := today.Sub(f.AsOf)
		row := FreshRow{Kind: intake.KindTitle(f.Kind), AsOf: f.AsOf.Vi(), Age: "đã " + vn.Int(int64(days)) + " ngày", Href: batchHref(f.Batch), Whole: f.Whole}
		switch {
		case days <= 0:
			row.Age = "hôm nay"
		case days > 14:
			row.Mood = "bad"
		case days > 7:
			row.Mood = "warn"
		}
		s.Fresh = append(s.Fresh, row)
	}
	return a.Show(s)
}

func batchHref(n int64) string { return "/danh-sach/" + id.String(n) }

func mood(s intake.State) string {
	switch s {
	case intake.StateApplied:
		return "good"
	case intake.StateRefused, intake.StateBroken:
		return "bad"
	case intake.StateTried, intake.StateApplying:
		return "note"
	}
	return ""
}

// unitChoices lists the units on which the asker may do something, each commune with its hamlets under it.
func (a *Ask) unitChoices(verb access.Verb, chosen int64) []Choice {
	tree := a.Who.Tree()
	var out []Choice
	for _, top := range a.Who.Scope(verb) {
		for _, x := range tree.Descendants(top) {
			u := tree.ByID(x)
			out = append(out, Choice{u.Code, strings.Repeat("– ", max(0, len(tree.Ancestors(x))-len(tree.Ancestors(top)))) + u.Title(), x == chosen})
		}
	}
	return out
}

// bringLists takes any number of files; each is kept and recognised, and what cannot be read is said of that file alone (law F4).
func bringLists(a *Ask) error {
	parts, err := a.R.MultipartReader()
	if err != nil {
		return badForm(err)
	}
	dir, err := os.MkdirTemp("", "bonphu-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var kept []string
	var names []string
	unit := ""
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badForm(err)
		}
		switch {
		case p.FormName() == "don_vi":
			b, _ := io.ReadAll(io.LimitReader(p, 100))
			unit = string(b)
		case p.FormName() == "tep" && p.FileName() != "":
			at, err := keep(dir, len(kept), p)
			if err != nil {
				return badForm(err)
			}
			kept, names = append(kept, at), append(names, filepath.Base(strings.ReplaceAll(p.FileName(), `\`, "/")))
		}
	}
	if len(kept) == 0 {
		return fault.New(fault.Invalid, "web.no_file", "Chưa chọn tệp nào. Hãy quay lại và chọn ít nhất một tệp.")
	}
	place := int64(0)
	if u := a.Who.Tree().ByCode(unit); u != nil {
		place = u.ID
	} else if scope := a.Who.Scope("intake.bring"); len(scope) > 0 {
		place = scope[0]
	}
	to := "/danh-sach"
	for i, at := range kept {
		b, err := a.receive(at, names[i], place)
		if err != nil {
			return err
		}
		if len(kept) == 1 {
			to = batchHref(b.ID)
		}
	}
	return a.Go(to)
}

// keep writes one part of a form into a file of its own.
func keep(dir string, n int, p *multipart.Part) (string, error) {
	at := filepath.Join(dir, "f"+vn.Int(int64(n)))
	f, err := os.Create(at)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, io.LimitReader(p, intake.MaxBytes+1))
	return at, errors.Join(err, f.Close())
}

func (a *Ask) receive(at, name string, unit int64) (*intake.Batch, error) {
	f, err := os.Open(at)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return a.Lists.Receive(a.Ctx(), a.Who, intake.File{Name: name, Content: f, Size: info.Size(), UnitID: unit})
}

// batchInPath reads the list of the address.
func (a *Ask) batchInPath() (*intake.Batch, error) {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return nil, fault.New(fault.Missing, "web.no_list", "Không có danh sách này.")
	}
	return a.Lists.Get(a.Ctx(), a.Who, n)
}

// work starts a dry run or an application and shows its progress.
func work(title string, do func(*intake.Desk, context.Context, access.Viewer, int64, intake.Progress) (*intake.Batch, error)) func(*Ask) error {
	return func(a *Ask) error {
		b, err := a.batchInPath()
		if err != nil {
			return err
		}
		of := b.Sums.Rows
		if b.Reading != nil && of == 0 {
			for _, sh := range b.Reading.Sheets {
				of += int64(sh.Rows)
			}
		}
		ctx, who, desk := context.WithoutCancel(a.Ctx()), a.Who, a.Lists
		err = a.jobs.start(a.Desk, b.ID, title, of, func(progress func(int64)) error {
			_, err := do(desk, ctx, who, b.ID, progress)
			return err
		})
		if err != nil {
			return err
		}
		return a.Go(batchHref(b.ID))
	}
}

// correctList settles kind, day, place and columns.
func correctList(a *Ask) error {
	b, err := a.batchInPath()
	if err != nil {
		return err
	}
	c := intake.Correction{Kind: a.Post("kind"), AsOf: clock.Day(a.Post("as_of")), UnitID: b.UnitID, Mapping: map[string]intake.Field{}, Remember: a.Post("nho") != "", Complete: intake.Complete(a.Post("day_du"))}
	if u := a.Who.Tree().ByCode(a.Post("don_vi")); u != nil {
		c.UnitID = u.ID
	}
	for name, v := range a.R.PostForm {
		if key, ok := strings.CutPrefix(name, "cot:"); ok && len(v) > 0 && v[0] != "" {
			c.Mapping[key] = intake.Field(v[0])
		}
	}
	if _, err := a.Lists.Correct(a.Ctx(), a.Who, b.ID, c); err != nil {
		return a.batchAgain(b.ID, err)
	}
	return a.Go(batchHref(b.ID))
}

func withdrawList(a *Ask) error {
	b, err := a.batchInPath()
	if err != nil {
		return err
	}
	if _, err := a.Lists.Withdraw(a.Ctx(), a.Who, b.ID, a.Post("why")); err != nil {
		return a.batchAgain(b.ID, err)
	}
	return a.Go(batchHref(b.ID))
}

// batchAgain shows a list's page with what is wrong.
func (a *Ask) batchAgain(batch int64, cause error) error {
	s, err := a.batchScreen(batch)
	if err != nil {
		return err
	}
	return Again(s, cause)
}

// markedList gives the same workbook back with its faulty cells coloured and commented.
func markedList(a *Ask) error {
	b, err := a.batchInPath()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp("", "bonphu-*.xlsx")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := a.Lists.Annotated(a.Ctx(), a.Who, b.ID, f); err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	a.attach(strings.TrimSuffix(b.FileName, filepath.Ext(b.FileName))+"-danh-dau.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	http.ServeContent(a.W, a.R, "", info.ModTime(), f)
	return nil
}

// attach announces a file under its Vietnamese name, with one of plain letters for old browsers.
func (a *Ask) attach(name, kind string) {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '-'
		}
		return r
	}, vn.Fold(name))
	a.W.Header().Set("Content-Type", kind)
	a.W.Header().Set("Cache-Control", "no-store")
	a.W.Header().Set("Content-Disposition", `attachment; filename="`+plain+`"; filename*=UTF-8''`+escapeName(name))
}

// escapeName spells a file name as RFC 5987 wants it.
func escapeName(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '.' || c == '_' {
			b.WriteByte(c)
		} else {
			b.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
		}
	}
	return b.String()
}
