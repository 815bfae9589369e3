package chart

import (
	"strings"
	"testing"
)

// TestClause_IV_2_c_SquaresSayInWordsWhatTheyShow: every square is a link with a sentence, nothing of a name is taken as markup.
func TestClause_IV_2_c_SquaresSayInWordsWhatTheyShow(t *testing.T) {
	m := Squares{What: "Bản đồ", Items: []Square{{Row: 0, Col: 0, Name: "Thanh <An> Bình", Sign: "↓", Text: "9 ngày", Note: "61,0 %", Kind: "bad", Sentence: "Xã Thanh An: chậm 9 ngày", Href: "/lanh-dao?don_vi=1&phu=eid"},
		{Row: 1, Col: 2, Name: "Tân Lợi", Text: "Đúng", Kind: "good", Sentence: "Xã Tân Lợi: đúng lộ trình"}}}
	s := string(m.SVG())
	for _, want := range []string{`aria-label="Xã Thanh An: chậm 9 ngày"`, "↓ 9 ngày", `href="/lanh-dao?don_vi=1&amp;phu=eid"`, `height="156"`} {
		if !strings.Contains(s, want) {
			t.Errorf("%s is not in %s", want, s)
		}
	}
	if strings.Contains(s, "<An>") || strings.Contains(s, "style=") {
		t.Errorf("unescaped or with inline style: %s", s)
	}
	if (Squares{}).SVG() != "" {
		t.Error("a map of nothing is drawn")
	}
}

func TestClause_IV_2_c_EndingSaysItsInterval(t *testing.T) {
	e := Ending{What: "VNeID", Confirmed: 100, Mid: 150, Low: 140, High: 165, Target: 180, Eligible: 200, Known: true}
	if s := string(e.SVG()); !strings.Contains(s, "dự báo khi hết đợt 150, trong khoảng 140 đến 165") || !strings.Contains(s, "c-range bad") {
		t.Error(s)
	}
	if s := (Ending{What: "VNeID"}).Sentence(); strings.Contains(s, "dự báo") {
		t.Error(s)
	}
}
