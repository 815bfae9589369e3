// Package plantest gives tests the shipped plan.
package plantest

import (
	"testing"

	"bonphu/core/plan"
)

// HonQuan is the shipped plan of Hớn Quản, read anew.
func HonQuan(t testing.TB) *plan.Plan {
	t.Helper()
	const name = "hon-quan-2024.yaml"
	text, err := plan.Shipped(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
