package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/internal/clock"
	"bonphu/internal/vn"
	"bonphu/ops/dossier"
)

// dossierCount is one state under a unit, as `bonphu dossier --json` prints it. Ages are told for today only.
type dossierCount struct {
	State  string `json:"state"`
	Title  string `json:"title"`
	N      int64  `json:"n"`
	Over   int64  `json:"over_norm"`
	Alarm  int64  `json:"alarm"`
	Median int    `json:"median_days"`
	Norm   int    `json:"norm_days"`
}

// dossierBoard is what `bonphu dossier --json` prints.
type dossierBoard struct {
	Unit       string         `json:"unit"`
	Name       string         `json:"name"`
	Day        clock.Day      `json:"day"`
	All        int64          `json:"all"`
	Open       int64          `json:"open"`
	Redo       int64          `json:"to_redo"`
	Bottleneck string         `json:"bottleneck"`
	Text       string         `json:"bottleneck_text"`
	States     []dossierCount `json:"states"`
}

func newDossier() *cobra.Command {
	var p place
	var unit, on string
	var asJSON bool
	c := &cobra.Command{
		Use: "dossier [--db X | --dir D] [--unit MÃ] [--day NGÀY] [--json]", Short: "Hồ sơ thu nhận theo chặng: số hồ sơ, quá thời hạn, nơi đang nghẽn", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			day, err := dayOf("day", on)
			if err != nil {
				return err
			}
			a, who, err := p.as(ctx, "dossier")
			if err != nil {
				return err
			}
			defer a.Close()
			u, err := unitOrPlace(a, who, unit)
			if err != nil {
				return err
			}
			b, err := a.Dossiers.Board(ctx, who, u.ID, day)
			if err != nil {
				return err
			}
			out := dossierFigures(b)
			out.Unit, out.Name = u.Code, u.Title()
			if asJSON {
				return line(c.OutOrStdout(), out)
			}
			printDossiers(c.OutOrStdout(), out)
			return nil
		},
	}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị; bỏ trống là địa bàn của kế hoạch")
	c.Flags().StringVar(&on, "day", "", "số cuối một ngày đã qua; bỏ trống là hôm nay")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	return c
}

// dossierFigures lists every state, those without a dossier too.
func dossierFigures(b *dossier.Board) dossierBoard {
	out := dossierBoard{Day: b.Day, All: b.Sum.All(), Open: b.Sum.Open(), Redo: b.Redo, Text: b.NarrowText}
	if b.Narrow != nil {
		out.Bottleneck = string(b.Narrow.State)
	}
	for _, s := range dossier.States() {
		x := dossierCount{State: string(s), Title: dossier.Title(s), N: b.Sum[s]}
		for _, g := range b.Ages {
			if g.State == s {
				x.Over, x.Alarm, x.Median, x.Norm = g.Over, g.Alarm, g.Median, g.Norm
			}
		}
		out.States = append(out.States, x)
	}
	return out
}

func printDossiers(w io.Writer, b dossierBoard) {
	fmt.Fprintf(w, "%s (%s), hồ sơ đến hết ngày %s: %s, còn việc %s\n", b.Name, b.Unit, b.Day.Vi(), vn.Int(b.All), vn.Int(b.Open))
	for _, s := range b.States {
		fmt.Fprintf(w, "  %-22s %9s", s.Title, vn.Int(s.N))
		if s.Norm > 0 {
			fmt.Fprintf(w, "  trung vị %d ngày, thời hạn %d ngày, quá hạn %s", s.Median, s.Norm, vn.Int(s.Over))
		}
		fmt.Fprintln(w)
	}
	if b.Redo > 0 {
		fmt.Fprintf(w, "Bị trả lại chưa làm lại: %s\n", vn.Int(b.Redo))
	}
	if b.Text != "" {
		fmt.Fprintln(w, b.Text)
	}
}
