package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/pdf"
	"bonphu/oversight/report"
)

// reported is a document that was made, as `bonphu report --json` prints it.
type reported struct {
	Form     string    `json:"form"`
	Period   string    `json:"period,omitempty"`
	Unit     string    `json:"unit"`
	Name     string    `json:"name"`
	Day      clock.Day `json:"day"`
	Code     string    `json:"code"`
	File     string    `json:"file,omitempty"`
	Bytes    int       `json:"bytes,omitempty"`
	Rows     []figure  `json:"figures,omitempty"`
	Replaces string    `json:"replaces,omitempty"`
}

// figure is one frozen number of a document.
type figure struct {
	Unit      string `json:"unit"`
	Name      string `json:"name"`
	Target    string `json:"target_id"`
	Goal      int64  `json:"target"`
	Eligible  int64  `json:"eligible"`
	Confirmed int64  `json:"confirmed"`
	Verified  int64  `json:"verified"`
	Claimed   int64  `json:"claimed"`
	Denied    int64  `json:"denied"`
	InPeriod  int64  `json:"in_period"`
}

// owing is one unit's report of one period, as `bonphu report list --json` prints it.
type owing struct {
	Period  string    `json:"period"`
	Title   string    `json:"title"`
	Due     clock.Day `json:"due"`
	Unit    string    `json:"unit"`
	Name    string    `json:"name"`
	State   string    `json:"state"`
	When    string    `json:"punctuality"`
	Version int64     `json:"version"`
}

// wish is what the flags of the command ask for.
type wish struct {
	unit, on, signed, out, each, home string
	fields                            []string
	asJSON                            bool
}

func newReport() *cobra.Command {
	var p place
	var w wish
	c := &cobra.Command{
		Use:   "report KỲ [--db X | --dir D] [--unit MÃ] [--day NGÀY] [-o TỆP.docx|.pdf|.xlsx] [--json]",
		Short: "Lập báo cáo và văn bản: final (tổng kết), soket1, soket2, tuan-NGÀY, ngay-NGÀY; list (ai còn nợ); hoặc ke-hoach, cong-van, thong-bao, giay-moi, to-trinh",
		Example: "  bonphu report final --dir D --day 2024-07-08 -o bao-cao-tong-ket.docx\n  bonphu report list --dir D\n  bonphu report ke-hoach --dir D --unit 25330 -o ke-hoach.docx\n" +
			"  bonphu report soket1 --dir D --each ap -o thu-muc",
		Args: exactly(1, "tên kỳ hoặc tên văn bản, ví dụ: final"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			day, err := dayOf("day", w.on)
			if err != nil {
				return err
			}
			signed, err := dayOf("signed", w.signed)
			if err != nil {
				return err
			}
			a, who, err := p.as(ctx, "report")
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Book.Advance(ctx, who); err != nil {
				return err
			}
			if args[0] == "list" {
				return listReports(c, a, who, w.asJSON)
			}
			u, err := unitOrPlace(a, who, w.unit)
			if err != nil {
				return err
			}
			if u == nil {
				return fault.New(fault.Missing, "cmd.no_units", "Chưa có đơn vị nào. Hãy đưa danh sách đơn vị vào trước.")
			}
			o := report.Order{Form: args[0], Unit: u.ID, Day: day, Signed: signed, Fields: map[string]string{}}
			if _, err := report.FormOf(o.Form); err != nil || o.Form == "bao-cao" {
				o.Form, o.Period = "bao-cao", periodNamed(a, args[0], day)
			}
			for _, f := range w.fields {
				name, value, ok := strings.Cut(f, "=")
				if !ok {
					return fault.New(fault.Invalid, "cmd.field", "Ghi --field theo dạng tên=giá trị, ví dụ --field deadline=30/5/2024.")
				}
				o.Fields[name] = value
			}
			units := []*territory.Unit{u}
			if w.each != "" {
				if units, err = unitsOfTier(who.Tree(), u, w.each, day); err != nil {
					return err
				}
			}
			for _, x := range units {
				o.Unit = x.ID
				if err := makeDocument(c, a, who, x, o, w, len(units) > 1 || w.each != ""); err != nil {
					return err
				}
			}
			return nil
		},
	}
	p.flags(c)
	c.Flags().StringVar(&w.unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	c.Flags().StringVar(&w.on, "day", "", "số liệu đến hết ngày; bỏ trống là hôm nay")
	c.Flags().StringVar(&w.signed, "signed", "", "ngày ghi trên văn bản; bỏ trống để văn thư ghi")
	c.Flags().StringVarP(&w.out, "output", "o", "", "tệp .docx, .pdf hoặc .xlsx; với --each là thư mục")
	c.Flags().StringVar(&w.each, "each", "", "lập cho từng đơn vị bên dưới: xa hoặc ap")
	c.Flags().StringVar(&w.home, "home", "", "địa chỉ của hệ thống in cạnh mã tra cứu, ví dụ https://bonphu.honquan.gov.vn")
	c.Flags().StringArrayVar(&w.fields, "field", nil, "điền một mục của văn bản: tên=giá trị")
	c.Flags().BoolVar(&w.asJSON, "json", false, "in dạng JSON")
	return c
}

// periodNamed understands "final" and the calendar's own names; a bare "tuan" or "ngay" is the newest of its kind.
func periodNamed(a *app.App, name string, day clock.Day) string {
	p := a.Plan()
	if day == "" {
		day = a.Today()
	}
	for _, x := range report.Periods(p, max(day, a.Today())) {
		if name == "final" && x.Final(p) || x.ID == name || x.Every != "" && x.Report == name && x.From <= day {
			return x.ID
		}
	}
	return name
}

func unitsOfTier(t *territory.Tree, top *territory.Unit, each string, day clock.Day) ([]*territory.Unit, error) {
	tier := map[string]int{"xa": territory.TierCommune, "ap": territory.TierHamlet}[each]
	if tier == 0 {
		return nil, fault.New(fault.Invalid, "cmd.each", "--each nhận xa hoặc ap.")
	}
	var out []*territory.Unit
	for _, id := range t.Descendants(top.ID) {
		if u := t.ByID(id); u.Tier == tier && (day == "" || u.In(day)) {
			out = append(out, u)
		}
	}
	return out, nil
}

func makeDocument(c *cobra.Command, a *app.App, who access.Viewer, u *territory.Unit, o report.Order, w wish, many bool) error {
	r, err := a.Reports.Make(c.Context(), who, o)
	if err != nil {
		return err
	}
	d := &report.Kept{Code: r.Code, Form: r.Form, Unit: u.ID, Title: r.Title, Reading: r}
	done := reported{Form: r.Form, Period: o.Period, Unit: u.Code, Name: u.Title(), Day: r.AsOf, Code: r.Code, Replaces: r.Old}
	if w.out != "" {
		done.File = w.out
		if many {
			if err := os.MkdirAll(w.out, 0o755); err != nil {
				return fault.New(fault.Refused, "cmd.folder", "Không tạo được thư mục %s.", w.out)
			}
			done.File = filepath.Join(w.out, r.Form+"-"+u.Code+".docx")
		}
		content, err := render(c, a, who, d, done.File, w.home)
		if err != nil {
			return err
		}
		if err := os.WriteFile(done.File, content, 0o644); err != nil {
			return fault.New(fault.Refused, "cmd.write", "Không ghi được tệp %s. Hãy kiểm tra thư mục và quyền ghi.", done.File)
		}
		done.Bytes = len(content)
	}
	if !w.asJSON {
		fmt.Fprintf(c.OutOrStdout(), "%s, %s: mã tra cứu %s, số liệu đến hết ngày %s", r.Title, u.Title(), r.Code, r.AsOf.Vi())
		if done.File != "" {
			fmt.Fprintf(c.OutOrStdout(), " → %s", done.File)
		}
		fmt.Fprintln(c.OutOrStdout())
		return nil
	}
	for i := range r.Rows {
		for j, t := range r.Targets {
			n := r.Rows[i].Numbers[j]
			done.Rows = append(done.Rows, figure{r.Rows[i].Code, r.Rows[i].Title, t.ID, n.Goal, n.Eligible, n.Confirmed, n.Verified, n.Claimed, n.Denied, n.InPeriod()})
		}
	}
	return line(c.OutOrStdout(), done)
}

// render makes the file that a name's ending asks for.
func render(c *cobra.Command, a *app.App, who access.Viewer, d *report.Kept, name, home string) ([]byte, error) {
	var b bytes.Buffer
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx":
		err := a.Reports.Workbook(d.Reading, &b)
		return b.Bytes(), err
	case ".docx", ".pdf":
		if err := a.Reports.Docx(c.Context(), who, d, home, &b); err != nil {
			return nil, err
		}
		if strings.EqualFold(filepath.Ext(name), ".pdf") {
			return pdf.Convert(c.Context(), b.Bytes())
		}
		return b.Bytes(), nil
	}
	return nil, fault.New(fault.Invalid, "cmd.ending", "Tên tệp phải kết thúc bằng .docx, .pdf hoặc .xlsx.")
}

func listReports(c *cobra.Command, a *app.App, who access.Viewer, asJSON bool) error {
	b, err := a.Reports.Calendar(c.Context(), who, "", 1000)
	if err != nil {
		return err
	}
	lines := b.Lines
	if b.Top != nil {
		lines = append([]report.Line{*b.Top}, lines...)
	}
	rows := []owing{}
	for _, l := range lines {
		for _, r := range l.Reports {
			rows = append(rows, owing{r.Period.ID, r.Period.Title, r.Period.Due, l.Unit.Code, l.Unit.Title(), string(r.State), string(r.When), r.Version})
		}
	}
	if asJSON {
		return line(c.OutOrStdout(), rows)
	}
	printOwing(c.OutOrStdout(), rows)
	return nil
}

func printOwing(w io.Writer, rows []owing) {
	last := ""
	for _, r := range rows {
		if r.Unit != last {
			fmt.Fprintf(w, "%s (%s)\n", r.Name, r.Unit)
			last = r.Unit
		}
		fmt.Fprintf(w, "  %-44s hạn %-10s %s\n", r.Title, r.Due.Vi(), report.StateTitle(report.State(r.State)))
	}
}
