package plan_test

import (
	"strings"
	"testing"

	"bonphu/core/plan"
)

func TestClause_IV_2_c_TilesOverlapNowhere(t *testing.T) {
	text, err := plan.Shipped("hon-quan-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse("hon-quan-2024.yaml", text)
	if err != nil || len(p.Tiles) != 13 {
		t.Fatalf("%d tiles, %v", len(p.Tiles), err)
	}
	for from, to := range map[string]string{
		"{unit: '25330', row: 1, col: 5}": "{unit: '25330', row: 1, col: 4}",
		"{unit: '25327', row: 1, col: 4}": "{unit: '25330', row: 9, col: 4}",
		"{unit: '25349', row: 2, col: 1}": "{unit: '25349', row: 0, col: 1}",
	} {
		if _, err := plan.Parse("x.yaml", []byte(strings.Replace(string(text), from, to, 1))); err == nil {
			t.Errorf("%s was taken", to)
		}
	}
}
