package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/oversight/inspection"
)

// inspected is one inspection as `bonphu inspect --json` prints it. Shares lie within 0 and 1.
type inspected struct {
	ID         string          `json:"id"`
	Unit       string          `json:"unit"`
	Name       string          `json:"name"`
	Kind       string          `json:"kind"`
	Target     string          `json:"target,omitempty"`
	State      string          `json:"state"`
	Confidence float64         `json:"confidence"`
	Margin     float64         `json:"margin"`
	Expected   float64         `json:"expected"`
	Seed       string          `json:"seed"`
	SeedAt     string          `json:"seed_at"`
	FrameAt    string          `json:"frame_at,omitempty"`
	Frame      int64           `json:"frame"`
	FrameSHA   string          `json:"frame_sha,omitempty"`
	Sample     int64           `json:"sample"`
	True       int64           `json:"true"`
	False      int64           `json:"false"`
	Absent     int64           `json:"absent"`
	Refused    int64           `json:"refused"`
	Share      float64         `json:"share_false"`
	Low        float64         `json:"low"`
	High       float64         `json:"high"`
	Worst      float64         `json:"worst"`
	WorstHigh  float64         `json:"worst_high"`
	ClosedAt   string          `json:"closed_at,omitempty"`
	Strata     []inspectedPart `json:"strata,omitempty"`
	Redraw     *redrawn        `json:"redraw,omitempty"`
}

type inspectedPart struct {
	Unit    string  `json:"unit"`
	Frame   int64   `json:"frame"`
	Sample  int64   `json:"sample"`
	True    int64   `json:"true"`
	False   int64   `json:"false"`
	Absent  int64   `json:"absent"`
	Refused int64   `json:"refused"`
	Share   float64 `json:"share_false"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
}

type redrawn struct {
	Same     bool   `json:"same"`
	FrameOK  bool   `json:"frame_ok"`
	FrameSHA string `json:"frame_sha"`
}

func inspectedOf(who access.Viewer, t *inspection.Told) inspected {
	e := &t.Estimate
	out := inspected{ID: id.String(t.ID), Kind: string(t.Kind), Target: t.Target, State: string(t.State), Confidence: t.Conf, Margin: t.Margin, Expected: t.Expected, Seed: t.Seed, SeedAt: t.SeedAt,
		FrameAt: t.FrameAt, Frame: t.Frame, FrameSHA: t.FrameSHA, Sample: t.Sample, True: e.True, False: e.False, Absent: e.Absent, Refused: e.Refused, Share: e.Share, Low: e.Low, High: e.High,
		Worst: e.Worst, WorstHigh: e.WorstHigh, ClosedAt: t.ClosedAt}
	if u := who.Tree().ByID(t.Unit); u != nil {
		out.Unit, out.Name = u.Code, u.Title()
	}
	if t.State == inspection.Planned {
		out.High, out.WorstHigh = 1, 1
	}
	for _, p := range e.Strata {
		out.Strata = append(out.Strata, inspectedPart{p.Code, p.Frame, p.Sample, p.True, p.False, p.Absent, p.Refused, p.Share, p.Low, p.High})
	}
	return out
}

func newInspect() *cobra.Command {
	c := &cobra.Command{Use: "inspect", Short: "Kiểm tra xác suất: lập đợt, rút mẫu theo số hạt giống, rút lại để kiểm chứng, kết thúc"}
	c.AddCommand(newInspectList(), newInspectPlan(), newInspectFrame(),
		inspectOne("draw", "Chốt danh sách và rút mẫu theo số hạt giống đã công bố", func(c *cobra.Command, a *app.App, who access.Viewer, n int64, _ *inspected) error {
			return a.Inspect.Draw(c.Context(), who, n)
		}),
		inspectOne("redraw", "Rút lại mẫu từ số hạt giống và danh sách đã chốt, so với mẫu đang dùng", func(c *cobra.Command, a *app.App, who access.Viewer, n int64, out *inspected) error {
			r, err := a.Inspect.Redraw(c.Context(), who, n)
			out.Redraw = &redrawn{r.Same, r.FrameOK, r.FrameSHA}
			return err
		}),
		inspectOne("show", "Xem một đợt kiểm tra, ước lượng chung và từng ấp", func(*cobra.Command, *app.App, access.Viewer, int64, *inspected) error { return nil }),
		inspectOne("close", "Kết thúc đợt kiểm tra, chốt ước lượng", func(c *cobra.Command, a *app.App, who access.Viewer, n int64, _ *inspected) error {
			return a.Inspect.Close(c.Context(), who, n)
		}))
	return c
}

func newInspectList() *cobra.Command {
	var p place
	var unit string
	var asJSON bool
	c := &cobra.Command{Use: "list [--db X | --dir D] [--unit MÃ] [--json]", Short: "Liệt kê các đợt kiểm tra", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			return withInspections(c, &p, func(a *app.App, who access.Viewer) error {
				u, err := unitOf(who, unit)
				if err != nil {
					return err
				}
				var at int64
				if u != nil {
					at = u.ID
				}
				list, err := a.Inspect.List(c.Context(), who, at)
				if err != nil {
					return err
				}
				rows := []inspected{}
				for i := range list {
					rows = append(rows, inspectedOf(who, &list[i]))
				}
				if asJSON {
					return line(c.OutOrStdout(), rows)
				}
				if len(rows) == 0 {
					fmt.Fprintln(c.OutOrStdout(), "Chưa có đợt kiểm tra nào.")
				}
				for i := range rows {
					printInspected(c.OutOrStdout(), &rows[i], false)
				}
				return nil
			})
		}}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là mọi nơi")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

func newInspectPlan() *cobra.Command {
	var p place
	var unit, kind, target, seed, note string
	var conf, margin, expected float64
	var asJSON bool
	c := &cobra.Command{Use: "plan --unit MÃ --kind LOẠI [--target CHỈ_TIÊU] [--db X | --dir D] [--json]", Short: "Lập một đợt kiểm tra: công bố số hạt giống, tính cỡ mẫu", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			return withInspections(c, &p, func(a *app.App, who access.Viewer) error {
				u, err := unitOf(who, unit)
				if err != nil {
					return err
				}
				if u == nil {
					return fault.New(fault.Invalid, "cmd.unit", "Hãy ghi mã đơn vị cần kiểm tra: --unit MÃ.")
				}
				wish := inspection.Planning{Unit: u.ID, Kind: inspection.Kind(kind), Target: target, Conf: conf / 100, Margin: margin / 100, Expected: expected / 100, Note: note, Seed: seed}
				n, err := a.Inspect.New(c.Context(), who, wish)
				if err != nil {
					return err
				}
				return showInspected(c, a, who, n, nil, asJSON)
			})
		}}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị cần kiểm tra")
	c.Flags().StringVar(&kind, "kind", string(inspection.Claimed), "claimed (tổ báo cáo), confirmed (đã xác nhận) hoặc excluded (ngoài diện tính)")
	c.Flags().StringVar(&target, "target", "", "chỉ tiêu của kế hoạch, khi kiểm tra claimed hoặc confirmed")
	c.Flags().StringVar(&seed, "seed", "", "số hạt giống, ít nhất 8 ký tự; bỏ trống là máy lấy ngẫu nhiên")
	c.Flags().StringVar(&note, "note", "", "ghi chú, ví dụ căn cứ kiểm tra")
	c.Flags().Float64Var(&conf, "conf", 95, "độ tin cậy, %")
	c.Flags().Float64Var(&margin, "margin", 5, "sai số chấp nhận, %")
	c.Flags().Float64Var(&expected, "expected", 50, "tỷ lệ sai dự kiến, %; 50 khi chưa biết")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

// newInspectFrame prints the frozen frame: its sha256sum is the published hash.
func newInspectFrame() *cobra.Command {
	var p place
	c := &cobra.Command{Use: "frame MÃ_ĐỢT [--db X | --dir D]", Short: "In danh sách đã chốt, mỗi dòng “mã ấp|mã người”; sha256sum của nó là mã đã công bố", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			n, err := id.Parse(args[0])
			if err != nil {
				return fault.New(fault.Invalid, "cmd.inspection", "Không có đợt kiểm tra này.")
			}
			return withInspections(c, &p, func(a *app.App, who access.Viewer) error {
				lines, err := a.Inspect.Lines(c.Context(), who, n)
				for _, l := range lines {
					fmt.Fprintln(c.OutOrStdout(), l)
				}
				return err
			})
		}}
	p.flags(c)
	return c
}

// withInspections opens the campaign for the command.
func withInspections(c *cobra.Command, p *place, fn func(*app.App, access.Viewer) error) error {
	a, who, err := p.as(c.Context(), "inspect")
	if err != nil {
		return err
	}
	defer a.Close()
	return fn(a, who)
}

// inspectOne is a subcommand that does something to one inspection and shows it.
func inspectOne(name, short string, do func(*cobra.Command, *app.App, access.Viewer, int64, *inspected) error) *cobra.Command {
	var p place
	var asJSON bool
	c := &cobra.Command{Use: name + " MÃ_ĐỢT [--db X | --dir D] [--json]", Short: short, Args: exactly(1, "mã đợt kiểm tra, xem bằng bonphu inspect list"),
		RunE: func(c *cobra.Command, args []string) error {
			return withInspections(c, &p, func(a *app.App, who access.Viewer) error {
				n, err := id.Parse(args[0])
				if err != nil {
					return fault.New(fault.Missing, "cmd.inspection", "Không có đợt kiểm tra mang mã %s. Xem mã: bonphu inspect list.", args[0])
				}
				var more inspected
				if err := do(c, a, who, n, &more); err != nil {
					return err
				}
				return showInspected(c, a, who, n, more.Redraw, asJSON)
			})
		}}
	p.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

func showInspected(c *cobra.Command, a *app.App, who access.Viewer, n int64, again *redrawn, asJSON bool) error {
	t, err := a.Inspect.Get(c.Context(), who, n)
	if err != nil {
		return err
	}
	out := inspectedOf(who, t)
	out.Redraw = again
	if asJSON {
		return line(c.OutOrStdout(), out)
	}
	printInspected(c.OutOrStdout(), &out, true)
	return nil
}

func printInspected(w io.Writer, r *inspected, whole bool) {
	fmt.Fprintf(w, "%s  %s (%s), %s %s: %s\n", r.ID, r.Name, r.Unit, inspection.KindTitle(inspection.Kind(r.Kind)), r.Target, inspection.StateTitle(inspection.State(r.State)))
	if r.Sample > 0 {
		fmt.Fprintf(w, "  mẫu %s trong %s người; đúng %s, sai %s, không gặp %s, từ chối %s; tỷ lệ sai %s (khoảng tin cậy %s–%s)\n", vn.Int(r.Sample), vn.Int(r.Frame),
			vn.Int(r.True), vn.Int(r.False), vn.Int(r.Absent), vn.Int(r.Refused), tenth(r.Share), tenth(r.Low), tenth(r.High))
	}
	if !whole {
		return
	}
	fmt.Fprintf(w, "  số hạt giống %s, công bố %s\n", r.Seed, r.SeedAt)
	if r.FrameSHA != "" {
		fmt.Fprintf(w, "  danh sách chốt %s, SHA-256 %s\n", r.FrameAt, r.FrameSHA)
		fmt.Fprintf(w, "  nếu mọi người không gặp, từ chối đều sai: %s (tối đa %s)\n", tenth(r.Worst), tenth(r.WorstHigh))
	}
	for _, s := range r.Strata {
		fmt.Fprintf(w, "  · %-14s %5s/%-6s  đúng %4s  sai %4s  không gặp %4s  từ chối %4s\n", s.Unit, vn.Int(s.Sample), vn.Int(s.Frame), vn.Int(s.True), vn.Int(s.False), vn.Int(s.Absent), vn.Int(s.Refused))
	}
	switch {
	case r.Redraw == nil:
	case r.Redraw.Same && r.Redraw.FrameOK:
		fmt.Fprintln(w, "  rút lại: đúng từng người, danh sách chốt không đổi")
	default:
		fmt.Fprintln(w, "  rút lại: KHÔNG KHỚP với mẫu đang dùng hoặc danh sách đã chốt")
	}
}
