package plan

import "testing"

func TestProbe(t *testing.T) {
	for _, n := range ShippedNames() {
		b, _ := Shipped(n)
		p, err := Parse(n, b)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(p.Code, len(p.Targets), p.SHA)
	}
}
