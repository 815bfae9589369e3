package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/core/plan"
)

func newPlan() *cobra.Command {
	c := &cobra.Command{Use: "plan", Short: "Kế hoạch dưới dạng dữ liệu", Args: none, RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(newPlanCheck(), newPlanShow())
	return c
}

func newPlanCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check TỆP", Short: "Kiểm tra một tệp kế hoạch; chỉ ra dòng, cột của từng chỗ sai", Args: exactly(1, "một tệp kế hoạch"),
		RunE: func(c *cobra.Command, args []string) error {
			name, text, err := planText(args[0])
			if err != nil {
				return err
			}
			p, err := plan.Parse(name, text)
			if tellProblems(c.OutOrStdout(), err) {
				return exit(2)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s: đúng. %s, từ %s đến %s; %d mục tiêu phủ, %d chỉ tiêu, %d loại danh sách.\n", name, p.Title, p.From.Vi(), p.Until.Vi(),
				len(p.Coverages), len(p.Targets), len(p.Extracts))
			return err
		},
	}
}

func newPlanShow() *cobra.Command {
	return &cobra.Command{
		Use: "show [TÊN]", Short: "Liệt kê các kế hoạch có sẵn, hoặc in một kế hoạch để sửa thành kế hoạch của mình", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, name := range plan.ShippedNames() {
					fmt.Fprintln(c.OutOrStdout(), name)
				}
				return nil
			}
			_, text, err := planText(args[0])
			if err == nil {
				_, err = c.OutOrStdout().Write(text)
			}
			return err
		},
	}
}

// tellProblems prints what is wrong with a plan file, one line each; false when err is something else.
func tellProblems(w io.Writer, err error) bool {
	var p *plan.Problems
	if !errors.As(err, &p) {
		return false
	}
	fmt.Fprintln(w, p.Error())
	return true
}

// shippedPlan gives a plan that comes with the program.
func shippedPlan(name string) ([]byte, bool) {
	b, err := plan.Shipped(name)
	return b, err == nil
}
