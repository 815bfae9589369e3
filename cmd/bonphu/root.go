package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// run executes one command line and gives its exit status: 0, or by the kind of fault (see package fault).
func run(ctx context.Context, args []string, out, complaints io.Writer) int {
	slog.SetDefault(slog.New(slog.NewTextHandler(complaints, &slog.HandlerOptions{Level: slog.LevelWarn})))
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(complaints)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if e, ok := err.(exit); ok {
		return int(e)
	}
	if tellProblems(complaints, err) {
		return 2
	}
	if f, ok := fault.As(err); ok {
		fmt.Fprintln(complaints, f.Text)
		return fault.ExitStatus(err)
	}
	if ctx.Err() != nil {
		fmt.Fprintln(complaints, "Đã dừng theo yêu cầu.")
		return 1
	}
	fmt.Fprintln(complaints, "Có lỗi trong chương trình. Chi tiết kỹ thuật để báo lại:", err)
	return fault.ExitStatus(err)
}

// exit is a status without a sentence: what there was to say is said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:               "bonphu",
		Short:             "Bốn Phủ: điều hành đợt cao điểm CCCD, định danh điện tử, SIM chính chủ và điện thoại 4G",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(newInit(), newImport(), newPeople(), newTally(), newForecast(), newDay(), newDossier(), newReport(), newEmulation(), newForm(), newReconcile(), newInspect(), newCheck(), newRebuild(), newErase(), newPlan(), newDemo(), newServe(), newMail(), newAccount(), newVersion())
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fault.New(fault.Invalid, "cmd.flag", "Tham số không đúng (%s). Xem cách dùng: %s --help", flagTrouble(err), c.CommandPath())
	})
	root.SetUsageTemplate(usage)
	root.SetHelpCommand(&cobra.Command{Use: "help [lệnh]", Short: "Hướng dẫn về một lệnh", Run: func(c *cobra.Command, args []string) {
		if found, _, err := c.Root().Find(args); err == nil {
			c = found
		}
		_ = c.Help()
	}})
	vietnameseHelp(root)
	root.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return fault.New(fault.Invalid, "cmd.unknown", "Không có lệnh “%s”. Xem các lệnh: bonphu --help", args[0])
		}
		return c.Help()
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

// vietnameseHelp gives every command a help flag that speaks Vietnamese.
func vietnameseHelp(c *cobra.Command) {
	c.Flags().BoolP("help", "h", false, "hướng dẫn về lệnh này")
	c.DisableFlagsInUseLine = true
	for _, sub := range c.Commands() {
		vietnameseHelp(sub)
	}
}

// flagTrouble names the flag that a parse error is about.
func flagTrouble(err error) string {
	for word := range strings.FieldsSeq(err.Error()) {
		if word = strings.Trim(word, `",:`); strings.HasPrefix(word, "-") {
			return word
		}
	}
	return "thiếu giá trị"
}

const usage = `Cách dùng:
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [lệnh]{{end}}{{if .HasExample}}

Ví dụ:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Các lệnh:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Tham số:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

// exactly asks for n arguments.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return fault.New(fault.Invalid, "cmd.args", "Cần ghi %s. Xem cách dùng: %s --help", what, c.CommandPath())
		}
		return nil
	}
}

// none asks for no argument.
func none(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fault.New(fault.Invalid, "cmd.args", "Không hiểu “%s”. Xem cách dùng: %s --help", args[0], c.CommandPath())
	}
	return nil
}

// place is where the campaign lives, as the flags --db and --dir say.
type place struct{ db, dir string }

func (p *place) flags(c *cobra.Command) {
	c.Flags().StringVar(&p.db, "db", "", "cơ sở dữ liệu: đường dẫn tệp, hoặc postgres://…")
	c.Flags().StringVar(&p.dir, "dir", "", "thư mục dữ liệu (chứa bonphu.db và bonphu.key)")
}

func (p *place) config(ctx context.Context, create bool) (app.Config, error) {
	switch {
	case p.db != "" && p.dir != "":
		return app.Config{}, fault.New(fault.Invalid, "cmd.place", "Chỉ dùng một trong hai: --db hoặc --dir.")
	case p.db != "":
		return app.AtDatabase(p.db, create), nil
	case p.dir != "":
		return app.AtFolder(ctx, p.dir, create)
	}
	return app.AtDatabase("bonphu.db", create), nil
}

// open opens the campaign, which must have been begun.
func (p *place) open(ctx context.Context) (*app.App, error) {
	c, err := p.config(ctx, false)
	if err != nil {
		return nil, err
	}
	return openWith(ctx, c)
}

// openWith opens a campaign that must have been begun.
func openWith(ctx context.Context, c app.Config) (*app.App, error) {
	a, err := app.New(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := a.MustHavePlan(); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// self is the program as the one who asks, for commands on its own machine.
func self(ctx context.Context, a *app.App, name string) (access.Viewer, error) {
	tree, err := a.Door.Tree(ctx)
	return access.System("bonphu " + name).On(tree), err
}

// as opens the campaign, which must have been begun, and gives the program as the one who asks, for a command of that name. The
// caller closes the campaign.
func (p *place) as(ctx context.Context, name string) (*app.App, access.Viewer, error) {
	a, err := p.open(ctx)
	if err != nil {
		return nil, access.Viewer{}, err
	}
	who, err := self(ctx, a, name)
	if err != nil {
		a.Close()
	}
	return a, who, err
}

// unitOrPlace finds the unit that --unit names, the plan's own for "".
func unitOrPlace(a *app.App, who access.Viewer, code string) (*territory.Unit, error) {
	if code == "" {
		return who.Tree().Place(a.Plan().Place.Unit), nil
	}
	return unitOf(who, code)
}

// unitOf finds the unit that --unit names by its code; nil for "".
func unitOf(who access.Viewer, code string) (*territory.Unit, error) {
	if code == "" {
		return nil, nil
	}
	if u := who.Tree().ByCode(code); u != nil {
		return u, nil
	}
	return nil, fault.New(fault.Missing, "cmd.unit", "Không có đơn vị mang mã %s. Xem mã ở màn hình Địa bàn.", code)
}

// dayOf reads a day given as 2024-05-20 or 20/5/2024; "" stays "".
func dayOf(flag, text string) (clock.Day, error) {
	if text == "" {
		return "", nil
	}
	if d, err := clock.ParseDay(text); err == nil {
		return d, nil
	}
	var d, m, y int
	if n, err := fmt.Sscanf(text, "%d/%d/%d", &d, &m, &y); n == 3 && err == nil {
		if day, err := clock.ParseDay(fmt.Sprintf("%04d-%02d-%02d", y, m, d)); err == nil {
			return day, nil
		}
	}
	return "", fault.New(fault.Invalid, "cmd.day", "Ngày ở --%s không đúng. Hãy ghi theo dạng 2024-05-20 hoặc 20/5/2024.", flag)
}

// line writes a value as one line of JSON.
func line(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// compact spells a value as JSON with its letters as they are.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	err := line(&b, v)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}
