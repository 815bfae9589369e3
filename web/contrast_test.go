package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var token = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6})`)

// tokens reads the colours of one block of the sheet.
func tokens(t *testing.T, after string) map[string]string {
	t.Helper()
	css, err := staticFiles.ReadFile("static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(css), after+" {")
	if !found {
		t.Fatalf("no block %s", after)
	}
	body, _, _ := strings.Cut(rest, "}")
	out := map[string]string{}
	for _, m := range token.FindAllStringSubmatch(body, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// luminance is the relative luminance of WCAG 2.
func luminance(hex string) float64 {
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestColoursCanBeReadInLightAndDark(t *testing.T) {
	for theme, block := range map[string]string{"light": ":root", "dark": `:root[data-theme="dark"]`} {
		c := tokens(t, block)
		for _, pair := range []struct {
			ink, ground string
			least       float64
		}{
			{"ink", "page", 7}, {"ink", "card", 7}, {"ink", "sunk", 7}, {"ink", "hover", 7}, {"soft", "page", 4.5}, {"soft", "card", 4.5}, {"soft", "sunk", 4.5},
			{"faint", "card", 4.5}, {"faint", "page", 4.5}, {"faint", "sunk", 4.5}, {"link", "card", 4.5}, {"link", "page", 4.5}, {"link", "hover", 4.5},
			{"brand", "brand-soft", 4.5}, {"brand-ink", "brand", 4.5}, {"good", "good-soft", 4.5}, {"warn", "warn-soft", 4.5}, {"bad", "bad-soft", 4.5}, {"note", "note-soft", 4.5},
			{"ink", "good-soft", 4.5}, {"ink", "bad-soft", 4.5}, {"ink", "warn-soft", 4.5}, {"bad", "card", 4.5},
			{"c-confirmed", "c-track", 3}, {"c-confirmed", "card", 3}, {"c-roadmap", "card", 3}, {"c-target", "card", 7}, {"c-verified", "card", 3},
		} {
			a, b := c[pair.ink], c[pair.ground]
			if a == "" || b == "" {
				t.Fatalf("%s: no token %s or %s", theme, pair.ink, pair.ground)
			}
			if got := contrast(a, b); got < pair.least {
				t.Errorf("%s: %s on %s has %.2f, want %.1f", theme, pair.ink, pair.ground, got, pair.least)
			}
		}
	}
}
