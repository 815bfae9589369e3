package access

import "testing"

// Each request asks who its session belongs to.
func BenchmarkViewer(b *testing.B) {
	w := build(b)
	w.account("co", false, w.at("commune_police", "c11"))
	token, _, _ := w.login("co")
	for b.Loop() {
		v, step, err := w.door.Viewer(ctx, token, "")
		if err != nil || step != Done || v.May("people.see", w.unit["h111"]) != nil {
			b.Fatal(step, err)
		}
	}
}
