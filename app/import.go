package app

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
)

// Bring is a list to be taken in without a person at a screen.
type Bring struct {
	Name    string
	Content io.ReaderAt
	Size    int64
	Kind    string    // "" to recognise it
	AsOf    clock.Day // "" for the day the file names, else today, but never after the campaign's last day
	UnitID  int64
	Dry     bool

	Complete intake.Complete // whether it names everybody; "" for what was answered last
}

// Import takes a list in: kept, recognised, tried or applied. A file refused as a whole gives a batch in that state and no error.
func (a *App) Import(ctx context.Context, who access.Viewer, in Bring) (*intake.Batch, error) {
	b, err := a.Lists.Receive(ctx, who, intake.File{Name: in.Name, Content: in.Content, Size: in.Size, UnitID: in.UnitID, Kind: in.Kind, AsOf: in.AsOf, Complete: in.Complete})
	if err != nil || b.State == intake.StateRefused {
		return b, err
	}
	if b.AsOf == "" {
		if b, err = a.Lists.Correct(ctx, who, b.ID, intake.Correction{AsOf: a.Today(), UnitID: in.UnitID}); err != nil || b.State == intake.StateRefused {
			return b, err
		}
	}
	if in.Dry {
		return a.Lists.DryRun(ctx, who, b.ID, nil)
	}
	return a.Lists.Apply(ctx, who, b.ID, nil)
}

// ImportFile is Import of a file on this machine.
func (a *App) ImportFile(ctx context.Context, who access.Viewer, path string, in Bring) (*intake.Batch, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, noFile(path)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil || st.IsDir() {
		return nil, noFile(path)
	}
	in.Name, in.Content, in.Size = filepath.Base(path), f, st.Size()
	return a.Import(ctx, who, in)
}

func noFile(path string) error {
	return fault.New(fault.Refused, "app.file", "Không đọc được tệp %s. Hãy kiểm tra tên tệp và quyền đọc.", filepath.Base(path))
}

// Today is the present day, but never after the campaign's last: what a list without a day is taken to be of.
func (a *App) Today() clock.Day {
	today := clock.DayOf(a.Clock())
	if p := a.Plan(); p != nil && p.Until != "" && p.Until < today {
		return p.Until
	}
	return today
}
