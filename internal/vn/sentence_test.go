package vn

import "testing"

func TestSentenceParts(t *testing.T) {
	for _, c := range [][3]string{{"Xã An Khương", "xã An Khương", "Xã An Khương"}, {"CCCD khó thu nhận", "CCCD khó thu nhận", "CCCD khó thu nhận"}, {"Ý kiến", "ý kiến", "Ý kiến"}, {"đạt", "đạt", "Đạt"}, {"", "", ""}, {"A", "A", "A"}} {
		if LowerFirst(c[0]) != c[1] || UpperFirst(c[0]) != c[2] {
			t.Errorf("%q: %q %q", c[0], LowerFirst(c[0]), UpperFirst(c[0]))
		}
	}
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 49: "XLIX", 102: "CII"} {
		if Roman(n) != want {
			t.Errorf("%d: %s", n, Roman(n))
		}
	}
	if Rate(95) != "95 %" || Rate(97.5) != "97,5 %" {
		t.Error(Rate(95), Rate(97.5))
	}
}
