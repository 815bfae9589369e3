package chart

import (
	"strings"
	"testing"
)

// TestClause_III_3_d_FlowAddsUp: every dossier lies in one band, the sentence and the table say what the picture shows, and no day at all
// draws an empty chart.
func TestClause_III_3_d_FlowAddsUp(t *testing.T) {
	f := Flow{Title: "Dòng hồ sơ", Start: "2024-04-08", Bands: []Band{{Name: "Đã thu nhận", N: []int64{5, 3, 4}}, {Name: "Đã truyền", N: []int64{0, 4, 6}, Bad: true}, {Name: "Xong", N: []int64{0, 0, 2}}}}
	if f.upTo(0, 2) != 12 || f.upTo(1, 2) != 8 || f.upTo(2, 2) != 2 || f.upTo(3, 2) != 0 {
		t.Error("bands do not add up")
	}
	if s := f.Sentence(); !strings.Contains(s, "10/4/2024: tổng 12; đã thu nhận 4; đã truyền 6; xong 2") {
		t.Error(s)
	}
	svg := string(f.SVG())
	if strings.Count(svg, "<polygon") != 3 || strings.Contains(svg, "NaN") || strings.Contains(svg, "style=") || strings.Count(svg, "c-step back") != 2 || strings.Count(svg, "c-step s5") != 2 {
		t.Error(svg)
	}
	if table := string(f.Table()); !strings.Contains(table, "10/4/2024") {
		t.Error(table)
	}
	none := Flow{Title: "Dòng hồ sơ", Start: "2024-04-08", Bands: []Band{{Name: "Đã thu nhận"}}}
	if svg := string(none.SVG()); strings.Contains(svg, "NaN") || !strings.Contains(none.Sentence(), "chưa có") {
		t.Error(svg)
	}
	_ = none.Table()
}
