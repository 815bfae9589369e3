package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/oversight/emulation"
)

// verdict is one row of `bonphu emulation --json`. Rank 0 stands for not ranked; points are hundredths of a percent, -1 for no target.
type verdict struct {
	Unit    string           `json:"unit"`
	Name    string           `json:"name"`
	Day     clock.Day        `json:"day"`
	Rank    int              `json:"rank"`
	Tied    bool             `json:"tied"`
	Class   emulation.Class  `json:"class"`
	Points  int64            `json:"points"`
	Targets []verdictTarget  `json:"targets"`
	Due     int              `json:"reports_due"`
	Missing int              `json:"reports_missing"`
	Late    int              `json:"reports_late"`
	Claims  verdictShare     `json:"claims_denied"`
	Excused int64            `json:"claims_excused"`
	Found   verdictShare     `json:"inspected_false"`
	Reasons []verdictReasons `json:"reasons"`
}

type verdictTarget struct {
	ID        string `json:"id"`
	Target    int64  `json:"target"`
	Confirmed int64  `json:"confirmed"`
	Points    int64  `json:"points"`
}

type verdictShare struct {
	N    int64   `json:"n"`
	Of   int64   `json:"of"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type verdictReasons struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Clause string `json:"clause"`
	Bars   bool   `json:"bars"`
}

func newEmulation() *cobra.Command {
	var p place
	var on, tier, form, out string
	var asJSON bool
	c := &cobra.Command{
		Use: "emulation [--db X | --dir D] [--day NGÀY] [--tier BẢNG] [--json | --docx MẪU -o FILE]", Short: "Thi đua: xếp hạng theo tỷ lệ, đơn vị không xét và căn cứ; dự thảo tờ trình, quyết định, giấy khen", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			day, err := dayOf("day", on)
			if err != nil {
				return err
			}
			t, err := emulation.ParseTier(tier)
			if err != nil {
				return err
			}
			if (form == "") != (out == "") {
				return fault.New(fault.Invalid, "emulation.output", "Hãy cho cả --docx (mẫu văn bản) và -o (tên file).").On("docx")
			}
			a, who, err := p.as(ctx, "emulation")
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Book.Advance(ctx, who); err != nil {
				return err
			}
			if form != "" {
				return emulationPaper(c, a, who, t, day, form, out)
			}
			r, err := a.Emulation.Ranks(ctx, who, t, day)
			if err != nil {
				return err
			}
			if asJSON {
				return line(c.OutOrStdout(), judged(r))
			}
			printVerdicts(c.OutOrStdout(), r)
			return nil
		},
	}
	p.flags(c)
	c.Flags().StringVar(&on, "day", "", "xét theo số liệu của một ngày đã qua; bỏ trống là hôm nay")
	c.Flags().StringVar(&tier, "tier", "commune", "bảng: commune (xã), hamlet (ấp), team (tổ), agency (cơ quan), person (cá nhân)")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	c.Flags().StringVar(&form, "docx", "", "mẫu văn bản của đợt xét mới nhất trong bảng: to-trinh, quyet-dinh, giay-khen, trach-nhiem")
	c.Flags().StringVarP(&out, "output", "o", "", "file .docx sẽ ghi; nhiều giấy khen được ghi thành nhiều file có số thứ tự")
	return c
}

func judged(r *emulation.Ranks) []verdict {
	share := func(s emulation.Share) verdictShare { return verdictShare{s.N, s.Of, s.Low, s.High} }
	out := []verdict{}
	for _, v := range r.List {
		e := v.Evidence
		x := verdict{Unit: e.Key, Name: e.Name, Day: r.Day, Rank: v.Rank, Tied: v.Tied, Class: v.Class, Points: v.Points, Targets: []verdictTarget{}, Due: e.Reporting.Due, Missing: e.Reporting.Missing, Late: e.Reporting.Late,
			Claims: share(e.Claims), Excused: e.Excused, Found: share(e.Found), Reasons: []verdictReasons{}}
		for _, d := range e.Targets {
			x.Targets = append(x.Targets, verdictTarget{d.ID, d.Goal, d.Confirmed, d.Points()})
		}
		for _, s := range v.Reasons {
			x.Reasons = append(x.Reasons, verdictReasons{s.Code, s.Text, s.Clause, s.Bars})
		}
		out = append(out, x)
	}
	return out
}

func printVerdicts(w io.Writer, r *emulation.Ranks) {
	fmt.Fprintf(w, "Thi đua %s, số liệu đến hết ngày %s\n", emulation.TierTitle(r.Tier), r.Day.Vi())
	if r.Lacking != "" {
		fmt.Fprintf(w, "%s\n", r.Lacking)
	}
	if len(r.List) == 0 {
		fmt.Fprintln(w, "Không có đơn vị nào để xét.")
		return
	}
	fmt.Fprintf(w, "  %-16s %-32s %10s  %s\n", "Hạng", "Đơn vị", "Điểm", "Kết quả")
	for _, v := range r.List {
		fmt.Fprintf(w, "  %-16s %-32s %10s  %s\n", emulation.RankText(v), v.Evidence.Name, emulation.PointsText(v.Points), emulation.ClassTitle(v.Class))
		fmt.Fprintf(w, "      %s\n", emulation.Why(v))
	}
	fmt.Fprintf(w, "%s đơn vị. %s\n", vn.Int(int64(r.Of)), emulation.Rule(r.Thresholds))
}

// emulationPaper writes a form of the newest round of a tier, or of the ranks as they stand when no round was made.
func emulationPaper(c *cobra.Command, a *app.App, who access.Viewer, t emulation.Tier, day clock.Day, form, out string) error {
	f, err := emulation.ParseForm(form)
	if err != nil {
		return err
	}
	docs, err := a.Emulation.Papers(c.Context(), who, t, day, f)
	if err != nil {
		return err
	}
	for i, d := range docs {
		name := out
		if len(docs) > 1 {
			name = numbered(out, i+1)
		}
		if err := writeDocx(name, d); err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "Đã ghi %s.\n", name)
	}
	return nil
}

// numbered puts a number before the extension: "gk.docx" is "gk-01.docx".
func numbered(name string, n int) string {
	ext := filepath.Ext(name)
	return fmt.Sprintf("%s-%02d%s", strings.TrimSuffix(name, ext), n, ext)
}

// writeDocx writes a document with the shipped layout.
func writeDocx(name string, d *docx.Document) error {
	f, err := os.Create(name)
	if err != nil {
		return fault.New(fault.Invalid, "emulation.file", "Không ghi được file %s. Hãy kiểm tra thư mục và quyền ghi.", filepath.Base(name)).On("output")
	}
	defer f.Close()
	if err := d.Write(f, nil); err != nil {
		return err
	}
	return f.Close()
}
