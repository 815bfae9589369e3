package e2e

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"

	"bonphu/internal/id"
	"bonphu/internal/village"
)

func parseID(s string) (int64, error) { return id.Parse(s) }

func spellID(t *testing.T, n string) string {
	t.Helper()
	v, err := strconv.ParseInt(n, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return id.String(v)
}

// cardFilm writes a film of the card of somebody of An Khương's first hamlet, as a camera would see it, and gives its file and whose it is.
func cardFilm(t *testing.T) (file, name string) {
	t.Helper()
	residents := 4000
	if shots != "" {
		residents = 105000
	}
	d := village.Build(2024, village.Options{Residents: residents})
	var who village.Person
	for i := range d.Hamlets {
		if d.Communes[d.Hamlets[i].Commune].Code != "25330" {
			continue
		}
		if err := d.EachIn(i, func(p *village.Person) error {
			b := p.Birth()
			if who.Number == "" && len(b) == 10 && rows(t, fmt.Sprintf("SELECT count(*) FROM person WHERE name='%s' AND birth='%s' AND state='live' AND number_tail='%s'", strings.ReplaceAll(p.Name, "'", "''"), b[6:]+"-"+b[3:5]+"-"+b[:2], p.Number[8:])) == "1" {
				who = *p
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		break
	}
	if who.Number == "" {
		t.Fatal("nobody of the hamlet has a number")
	}
	b := who.Birth()
	code, err := qr.Encode(strings.Join([]string{who.Number, "", who.Name, strings.ReplaceAll(b, "/", ""), "Nam", "Ấp 1, An Khương", "05062021"}, "|"), qr.M)
	if err != nil {
		t.Fatal(err)
	}
	const w, h = 640, 480
	scale := (h - 120) / code.Size
	left, top := (w-scale*code.Size)/2, (h-scale*code.Size)/2
	frame := make([]byte, w*h*3/2)
	for y := range h {
		for x := range w {
			light := byte(210)
			if cx, cy := (x-left)/scale, (y-top)/scale; x >= left && y >= top && cx < code.Size && cy < code.Size && code.Black(cx, cy) {
				light = 40
			}
			frame[y*w+x] = light
		}
	}
	for i := w * h; i < len(frame); i++ {
		frame[i] = 128
	}
	file = filepath.Join(t.TempDir(), "card.y4m")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(f)
	fmt.Fprintf(out, "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420mpeg2\n", w, h)
	for range 10 {
		_, _ = out.WriteString("FRAME\n")
		_, _ = out.Write(frame)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return file, who.Name
}
