package web

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/oversight/report"
)

// layoutLimit bounds an uploaded layout.
const layoutLimit = 11 << 20

// Layouts are the offices' own layouts of documents.
type Layouts struct {
	Page
	Kinds    []Choice
	Units    []Choice
	Marks    string
	MayBring bool
	Shipped  []Tab // the layouts to begin from
	Rows     []LayoutRow
	None     Empty
}

// Template names the screen.
func (*Layouts) Template() string { return "report/layouts" }

// LayoutRow is one layout in use.
type LayoutRow struct{ Kind, Unit, Name, By, Drop string }

// layoutKinds are the kinds offered, in their order.
var layoutKinds = []docx.Kind{docx.Report, docx.Plan, docx.Letter, docx.Notice, docx.Invitation, docx.Proposal, docx.Decision}

var layoutTitles = map[docx.Kind]string{docx.Report: "Báo cáo", docx.Plan: "Kế hoạch", docx.Letter: "Công văn", docx.Notice: "Thông báo", docx.Invitation: "Giấy mời", docx.Proposal: "Tờ trình", docx.Decision: "Quyết định"}

func (a *Ask) layoutsScreen() (*Layouts, error) {
	s := &Layouts{MayBring: a.Who.MayAnywhere(report.VerbWrite), Units: a.unitChoices(report.VerbWrite, 0), Marks: strings.Join(docx.MarkNames(), "  "),
		None: Empty{Icon: "folder", Title: "Đang dùng mẫu có sẵn", Text: "Mẫu có sẵn theo Nghị định 30/2020/NĐ-CP. Đơn vị có mẫu riêng thì đưa tệp .docx vào đây."}}
	s.Title, s.Area, s.Crumbs = "Mẫu văn bản", "/van-ban", []Crumb{{"Văn bản", "/van-ban"}, {Title: "Mẫu văn bản"}}
	s.Lead = "Tải mẫu có sẵn, sửa bằng Word hoặc LibreOffice, giữ các chỗ {{…}}, rồi đưa lại."
	for _, k := range layoutKinds {
		s.Kinds = append(s.Kinds, Choice{Value: string(k), Title: layoutTitles[k]})
		s.Shipped = append(s.Shipped, Tab{Title: layoutTitles[k], Href: "/van-ban/mau/" + string(k)})
	}
	list, err := a.Reports.Layouts(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		row := LayoutRow{Kind: layoutTitles[l.Kind], Name: l.Name, By: l.WhoName + ", " + stampVi(l.At)}
		if u := a.Who.Tree().ByID(l.Unit); u != nil {
			row.Unit = u.Title()
			if a.Who.May(report.VerbWrite, l.Unit) == nil {
				row.Drop = "/van-ban/mau/" + string(l.Kind) + "/" + u.Code + "/bo"
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

func showLayouts(a *Ask) error {
	s, err := a.layoutsScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// shippedLayout gives the shipped layout of a kind for an office to change.
func shippedLayout(a *Ask) error {
	kind, err := report.FormKind(a.R.PathValue("kind"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := docx.ShippedFormOf(&b, kind); err != nil {
		return err
	}
	a.attach("mẫu "+layoutTitles[kind]+".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	_, err = a.W.Write(b.Bytes())
	return err
}

// bringLayout takes an office's own layout in; a bad one is refused with its place.
func bringLayout(a *Ask) error {
	again := func(cause error) error {
		s, err := a.layoutsScreen()
		if err != nil {
			return err
		}
		return Again(s, cause)
	}
	parts, err := a.R.MultipartReader()
	if err != nil {
		return badForm(err)
	}
	said := map[string]string{}
	var content []byte
	name := ""
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return badForm(err)
		}
		if p.FormName() == "tep" && p.FileName() != "" {
			name = filepath.Base(strings.ReplaceAll(p.FileName(), "\\", "/"))
			if content, err = io.ReadAll(io.LimitReader(p, layoutLimit)); err != nil {
				return badForm(err)
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(p, 200))
		if err != nil {
			return badForm(err)
		}
		said[p.FormName()] = string(text)
	}
	u := a.Who.Tree().ByCode(said["don_vi"])
	switch {
	case len(content) == 0:
		return again(fault.New(fault.Invalid, "web.no_file", "Hãy chọn tệp .docx.").On("tep"))
	case u == nil:
		return again(fault.New(fault.Invalid, "web.choose_unit", "Hãy chọn đơn vị ban hành.").On("don_vi"))
	}
	if err := a.Reports.KeepForm(a.Ctx(), a.Who, u.ID, said["loai"], name, content); err != nil {
		return again(err)
	}
	return a.Go("/van-ban/mau")
}

// dropLayout takes a unit's own layout out of use.
func dropLayout(a *Ask) error {
	u, err := a.reportUnit()
	if err != nil {
		return err
	}
	if err := a.Reports.DropForm(a.Ctx(), a.Who, u.ID, a.R.PathValue("kind")); err != nil {
		return err
	}
	return a.Go("/van-ban/mau")
}
