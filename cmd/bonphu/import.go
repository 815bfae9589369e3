package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// outcome is what `bonphu import --json` prints of a file, one line each. Its shape is stable: others' checks read it.
type outcome struct {
	File     string    `json:"file"`
	Kind     string    `json:"kind"`
	Rows     int64     `json:"rows"`
	Verdicts verdicts  `json:"verdicts"`
	People   genders   `json:"people"`
	Problems []problem `json:"problems"`
	Refused  string    `json:"refused"`
	AsOf     clock.Day `json:"as_of,omitempty"`
	State    string    `json:"state,omitempty"`
	Complete string    `json:"complete,omitempty"`
	Unnamed  int64     `json:"unnamed,omitempty"` // people whom a full list says something of without naming them
}

type verdicts struct {
	New     int64 `json:"new"`
	Changed int64 `json:"changed"`
	Same    int64 `json:"same"`
	Held    int64 `json:"held"`
	Refused int64 `json:"refused"`
}

type genders struct {
	Female  int64 `json:"female"`
	Male    int64 `json:"male"`
	Unknown int64 `json:"unknown"`
}

type problem struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Code   string `json:"code"`
	Text   string `json:"text"`
}

func newImport() *cobra.Command {
	var p place
	var kind, asOf, unit, complete string
	var dry, asJSON bool
	c := &cobra.Command{
		Use:   "import [--db X | --dir D] [--kind K] [--as-of NGÀY] [--unit MÃ] [--dry-run] [--json] TỆP…",
		Short: "Đưa danh sách vào (.xlsx .xls .csv .txt, HTML)",
		Example: `  bonphu import --db hon-quan.db --unit 25330 chua-cap-cccd.xlsx
  bonphu import --dir demo --dry-run --json *.xlsx`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fault.New(fault.Invalid, "cmd.args", "Cần ghi ít nhất một tệp. Xem cách dùng: %s --help", c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			day, err := dayOf("as-of", asOf)
			if err != nil {
				return err
			}
			a, err := p.open(ctx)
			if err != nil {
				return err
			}
			defer a.Close()
			if kind != "" && a.Lists.Title(kind) == "" {
				return fault.New(fault.Invalid, "cmd.kind", "Không có loại danh sách “%s”. Các loại: %s", kind, kinds())
			}
			if err := sayBroken(ctx, a, c.ErrOrStderr()); err != nil {
				return err
			}
			who, err := self(ctx, a, "import")
			if err != nil {
				return err
			}
			in := app.Bring{Kind: kind, AsOf: day, Dry: dry, Complete: intake.Complete(complete)}
			if u, err := unitOf(who, unit); err != nil {
				return err
			} else if u != nil {
				in.UnitID = u.ID
			}
			refused := false
			for _, path := range args {
				o, err := takeIn(ctx, a, who, path, in)
				if err != nil {
					return err
				}
				refused = refused || o.Refused != ""
				if asJSON {
					err = line(c.OutOrStdout(), o)
				} else {
					o.print(c.OutOrStdout(), a.Lists.Title(o.Kind), dry)
				}
				if err != nil {
					return err
				}
			}
			if refused {
				return exit(3)
			}
			return nil
		},
	}
	p.flags(c)
	c.Flags().StringVar(&kind, "kind", "", "loại danh sách; bỏ trống để tự nhận: "+kinds())
	c.Flags().StringVar(&asOf, "as-of", "", "ngày của số liệu; bỏ trống để đọc trong tệp")
	c.Flags().StringVar(&complete, "complete", "", "danh sách đầy đủ (full) hay chỉ một phần (partial); full nói cả về người không có tên; sure: đầy đủ, đã kiểm tra dù bác nhiều người; bỏ trống là như lần trước")
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị, khi tệp không ghi địa bàn")
	c.Flags().BoolVar(&dry, "dry-run", false, "chạy thử: chỉ báo sẽ có gì, không ghi")
	c.Flags().BoolVar(&asJSON, "json", false, "in kết quả dạng JSON, mỗi tệp một dòng")
	return c
}

func kinds() string {
	s := ""
	for i, k := range intake.Kinds() {
		if i > 0 {
			s += ", "
		}
		s += k
	}
	return s
}

// sayBroken tells which lists were being applied when the program stopped last (law F2).
func sayBroken(ctx context.Context, a *app.App, w io.Writer) error {
	broken, err := a.Recover(ctx)
	for _, b := range broken {
		fmt.Fprintf(w, "Lần trước chương trình bị ngắt khi đang nhập “%s”: không dòng nào được ghi. Hãy nhập lại tệp này.\n", b.FileName)
	}
	return err
}

// takeIn brings one file in. A fault that is about the file becomes its refusal; another ends the command.
func takeIn(ctx context.Context, a *app.App, who access.Viewer, path string, in app.Bring) (outcome, error) {
	o := outcome{File: filepath.Base(path), Kind: in.Kind, Problems: []problem{}}
	b, err := a.ImportFile(ctx, who, path, in)
	if err != nil {
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Refused && f.Kind != fault.TooLarge && f.Kind != fault.Invalid {
			return o, err
		}
		o.Refused = f.Text
		return o, nil
	}
	s := b.Sums
	o.Kind, o.Rows, o.Refused, o.AsOf, o.State = b.Kind, s.Rows, b.Refused, b.AsOf, string(b.State)
	o.Complete, o.Unnamed = string(b.Complete), s.Unnamed
	o.Verdicts = verdicts{s.New, s.Changed, s.Same, s.Held, s.Refused}
	o.People = genders{s.Female, s.Male, s.GenderUnknown}
	const page = 1000
	for after := int64(0); ; {
		issues, err := a.Lists.Issues(ctx, who, b.ID, "", after, page)
		if err != nil {
			return o, err
		}
		for _, i := range issues {
			o.Problems = append(o.Problems, problem{i.SheetName, i.Row, i.Column, i.Code, i.Text})
			after = i.ID
		}
		if len(issues) < page {
			return o, nil
		}
	}
}

// shownProblems bounds what is printed for people; --json has them all.
const shownProblems = 20

func (o *outcome) print(w io.Writer, kind string, dry bool) {
	fmt.Fprintf(w, "%s\n", o.File)
	if o.Refused != "" {
		fmt.Fprintf(w, "  Không nhận: %s\n", o.Refused)
		return
	}
	fmt.Fprintf(w, "  %s, số liệu ngày %s: %s dòng\n", kind, o.AsOf.Vi(), vn.Int(o.Rows))
	did := "Đã nhập"
	if dry {
		did = "Chạy thử, chưa ghi"
	}
	v := o.Verdicts
	fmt.Fprintf(w, "  %s: %s mới, %s đổi, %s như cũ, %s chờ xử lý, %s từ chối\n", did, vn.Int(v.New), vn.Int(v.Changed), vn.Int(v.Same), vn.Int(v.Held), vn.Int(v.Refused))
	if o.Unnamed > 0 {
		fmt.Fprintf(w, "  Danh sách đầy đủ: %s người không có tên đổi theo\n", vn.Int(o.Unnamed))
	}
	for i, p := range o.Problems {
		if i == shownProblems {
			fmt.Fprintf(w, "  … và %s ghi chú khác (--json để xem hết)\n", vn.Int(int64(len(o.Problems)-i)))
			break
		}
		fmt.Fprintf(w, "  Trang %s, dòng %d, cột %s: %s\n", p.Sheet, p.Row, orDash(p.Column), p.Text)
	}
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
