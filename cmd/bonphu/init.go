package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/fault"
)

func newInit() *cobra.Command {
	var p place
	var file string
	c := &cobra.Command{
		Use: "init [--db X | --dir D] --plan TỆP", Short: "Bắt đầu một đợt cao điểm theo kế hoạch", Args: none,
		Example: "  bonphu init --db hon-quan.db --plan hon-quan-2024.yaml",
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			if file == "" {
				return fault.New(fault.Invalid, "cmd.plan", "Hãy ghi kế hoạch: --plan hon-quan-2024.yaml, hoặc đường dẫn tới tệp kế hoạch của bạn.")
			}
			name, text, err := planText(file)
			if err != nil {
				return err
			}
			if _, err := plan.Parse(name, text); err != nil {
				return err
			}
			conf, err := p.config(ctx, true)
			if err != nil {
				return err
			}
			a, err := app.New(ctx, conf)
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Begin(ctx, access.System("bonphu init"), name, text); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "Đã bắt đầu: %s (từ %s đến %s).\n", a.Plan().Title, a.Plan().From.Vi(), a.Plan().Until.Vi())
			fmt.Fprintf(c.OutOrStdout(), "Tệp khóa: %s. Hãy sao lưu tệp này ở nơi khác với cơ sở dữ liệu; mất khóa thì không đọc được số định danh.\n", filepath.Base(conf.KeyFile))
			return nil
		},
	}
	p.flags(c)
	c.Flags().StringVar(&file, "plan", "", "tệp kế hoạch, hoặc tên một kế hoạch có sẵn")
	return c
}

// planText reads a plan given by its path or, where there is no such file, by the name of one that is shipped.
func planText(file string) (name string, text []byte, err error) {
	text, err = os.ReadFile(file)
	if err == nil {
		return filepath.Base(file), text, nil
	}
	if errors.Is(err, os.ErrNotExist) {
		if b, ok := shippedPlan(filepath.Base(file)); ok {
			return filepath.Base(file), b, nil
		}
	}
	return "", nil, fault.New(fault.Missing, "cmd.plan_missing", "Không đọc được kế hoạch %s. Hãy kiểm tra đường dẫn.", file)
}
