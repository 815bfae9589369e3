package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/oversight/report"
)

// layout is what was done to an office's layout, as `bonphu form --json` prints it.
type layout struct {
	Done string `json:"done"`
	Kind string `json:"kind,omitempty"`
	Unit string `json:"unit,omitempty"`
	File string `json:"file,omitempty"`
}

func newForm() *cobra.Command {
	c := &cobra.Command{Use: "form", Short: "Mẫu văn bản của cơ quan: lấy mẫu có sẵn (new), thử (check), đưa vào dùng (set), bỏ (drop)"}
	c.AddCommand(newFormNew(), newFormCheck(), newFormSet(true), newFormSet(false))
	return c
}

func newFormNew() *cobra.Command {
	var kind, out string
	var asJSON bool
	c := &cobra.Command{
		Use: "new [--kind BC] -o MẪU.docx [--json]", Short: "Ghi mẫu có sẵn ra tệp .docx để cơ quan sửa", Args: none, Example: "  bonphu form new --kind CV -o cong-van.docx",
		RunE: func(c *cobra.Command, _ []string) error {
			k, err := report.FormKind(kind)
			if err != nil {
				return err
			}
			if out == "" {
				return fault.New(fault.Invalid, "cmd.form_out", "Ghi tên tệp sẽ lưu, ví dụ -o mau.docx.")
			}
			var b bytes.Buffer
			if err := docx.ShippedFormOf(&b, k); err != nil {
				return err
			}
			if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
				return fault.New(fault.Refused, "cmd.file", "Không ghi được tệp %s.", out)
			}
			return saidForm(c, asJSON, layout{"new", kind, "", out}, "Đã ghi mẫu vào "+out+". Sửa bằng Word hoặc LibreOffice, rồi chạy bonphu form check.")
		},
	}
	c.Flags().StringVar(&kind, "kind", "BC", "loại: BC, KH, TB, TTr, QĐ, GM hoặc CV")
	c.Flags().StringVarP(&out, "output", "o", "", "tệp .docx sẽ ghi")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

func formFile(name string) ([]byte, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, fault.New(fault.Missing, "cmd.file", "Không đọc được tệp %s.", name)
	}
	_, err = docx.OpenForm(bytes.NewReader(body), int64(len(body)))
	return body, err
}

func newFormCheck() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: "check MẪU.docx [--json]", Short: "Thử một mẫu; mẫu hỏng thì nói rõ đoạn nào", Args: exactly(1, "tệp mẫu .docx"),
		RunE: func(c *cobra.Command, args []string) error {
			if _, err := formFile(args[0]); err != nil {
				return err
			}
			return saidForm(c, asJSON, layout{Done: "check", File: args[0]}, "Mẫu dùng được.")
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

// newFormSet takes a layout into use, or out of it.
func newFormSet(set bool) *cobra.Command {
	var p place
	var kind, unit string
	var asJSON bool
	c := &cobra.Command{Use: "drop --kind BC --unit MÃ [--db X | --dir D] [--json]", Short: "Bỏ mẫu riêng của một đơn vị", Args: none}
	if set {
		c.Use, c.Short, c.Args = "set MẪU.docx --kind BC --unit MÃ [--db X | --dir D] [--json]", "Dùng một mẫu cho một đơn vị và các đơn vị bên dưới", exactly(1, "tệp mẫu .docx")
	}
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		var body []byte
		var err error
		if set {
			if body, err = formFile(args[0]); err != nil {
				return err
			}
		}
		a, who, err := p.as(ctx, "form")
		if err != nil {
			return err
		}
		defer a.Close()
		u, err := unitOf(who, unit)
		if err != nil {
			return err
		}
		if u == nil {
			return fault.New(fault.Invalid, "cmd.form_unit", "Ghi mã đơn vị dùng mẫu, ví dụ --unit 25330.")
		}
		if !set {
			if err := a.Reports.DropForm(ctx, who, u.ID, kind); err != nil {
				return err
			}
			return saidForm(c, asJSON, layout{"drop", kind, u.Code, ""}, "Đã bỏ mẫu riêng của "+u.Title()+".")
		}
		if err := a.Reports.KeepForm(ctx, who, u.ID, kind, filepath.Base(args[0]), body); err != nil {
			return err
		}
		return saidForm(c, asJSON, layout{"set", kind, u.Code, args[0]}, "Từ nay văn bản loại "+kind+" của "+u.Title()+" dùng mẫu này.")
	}
	p.flags(c)
	c.Flags().StringVar(&kind, "kind", "BC", "loại: BC, KH, TB, TTr, QĐ, GM hoặc CV")
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

func saidForm(c *cobra.Command, asJSON bool, l layout, text string) error {
	if asJSON {
		return line(c.OutOrStdout(), l)
	}
	_, err := fmt.Fprintln(c.OutOrStdout(), text)
	return err
}
