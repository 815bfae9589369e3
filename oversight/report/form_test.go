package report_test

import (
	"bytes"
	"testing"

	"bonphu/internal/docx"
	"bonphu/internal/fault"
)

func shipped(t *testing.T, kind docx.Kind) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := docx.ShippedFormOf(&b, kind); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLaw_D3_AnOfficeReplacesItsLayoutWithoutUs(t *testing.T) {
	w := newTown(t)
	w.on("2024-05-08")
	police, chair := w.viewer(8, "district_police", "694"), w.viewer(7, "commune_chair", "25330")
	district, commune := shipped(t, docx.Report), shipped(t, docx.Letter)
	is := func(unit string, want []byte) {
		t.Helper()
		if got, err := w.desk.Form(ctx, police, w.units[unit], "BC"); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s uses another layout (%d bytes, want %d) %v", unit, len(got), len(want), err)
		}
	}
	is("25330", nil)
	if err := w.desk.KeepForm(ctx, police, w.units["694"], "BC", "huyen.docx", district); err != nil {
		t.Fatal(err)
	}
	is("25330", district)
	if err := w.desk.KeepForm(ctx, chair, w.units["25330"], "BC", "xa.docx", commune); err != nil {
		t.Fatal(err)
	}
	is("25330", commune)
	is("694", district)
	if err := w.desk.DropForm(ctx, chair, w.units["25330"], "BC"); err != nil {
		t.Fatal(err)
	}
	is("25330", district)
	for _, c := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"nothing to drop", w.desk.DropForm(ctx, chair, w.units["25330"], "BC"), fault.Missing},
		{"not a .docx", w.desk.KeepForm(ctx, chair, w.units["25330"], "BC", "a", []byte("x")), fault.Refused},
		{"a certificate", w.desk.KeepForm(ctx, chair, w.units["25330"], "GK", "a", commune), fault.Invalid},
		{"another's unit", w.desk.KeepForm(ctx, chair, w.units["694"], "BC", "a", commune), fault.Forbidden},
		{"another's unit", w.desk.DropForm(ctx, chair, w.units["694"], "BC"), fault.Forbidden},
	} {
		if !fault.Is(c.err, c.want) {
			t.Errorf("%s: %v", c.name, c.err)
		}
	}
}
