package rhythm

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"bonphu/internal/clock"
	"bonphu/internal/db/dbtest"
)

func sample(parts int) *Day {
	d := &Day{Day: "2024-05-20", Title: "Huyện Hớn Quản", AsOf: clock.Stamp(dbtest.Morning), Targets: []Column{{"eid", "Kích hoạt định danh điện tử", "VNeID"}, {"sim", "SIM chính chủ kèm chữ ký số", "SIM + CKS"}},
		Sum:   Row{Cells: []Cell{{100, 60}, {80, 80}}, Visits: 1234, Teams: parts * 2, Silent: parts},
		Teams: []Team{{Name: "Tổ ấp 1", Place: "Ấp 1", TeamDay: TeamDay{Members: []MemberDay{{Name: "Điểu Thị Mật", Quota: 3, Visits: 1}, {Name: "Nguyễn Văn Kín"}}}}}}
	for i := range parts {
		d.Rows = append(d.Rows, Row{Code: fmt.Sprint(i), Title: fmt.Sprint("Xã thứ ", i), Cells: []Cell{{10, int64(i % 12)}, {8, 8}}, Teams: 2, Silent: i % 3})
	}
	return d
}

func TestClause_V_6_TheDaysTextIsShortAndNamesNobody(t *testing.T) {
	for _, parts := range []int{0, 1, 13, 102} {
		d := sample(parts)
		for _, morning := range []bool{true, false} {
			text := d.Text(morning)
			if n := utf8.RuneCountInString(text); n > 1000 || n < 40 {
				t.Errorf("%d parts: %d letters", parts, n)
			}
			for _, m := range d.Teams[0].Members {
				if strings.Contains(text, m.Name) {
					t.Errorf("the text names %s", m.Name)
				}
			}
		}
	}
	evening := sample(13).Text(false)
	for _, want := range []string{"60/100, còn 40", "80/80, đủ", "1.234 lượt", "08:00", "13/26 tổ", "Xã thứ 0 10"} {
		if !strings.Contains(evening, want) {
			t.Errorf("the evening does not say %q:\n%s", want, evening)
		}
	}
	if morning := sample(13).Text(true); !strings.Contains(morning, "Kích hoạt định danh điện tử: 100 người") || !strings.Contains(morning, "VNeID 10, SIM + CKS 8") {
		t.Errorf("the morning:\n%s", morning)
	}
}

func TestTheTextStaysOneMessageWithManyTargets(t *testing.T) {
	d := sample(13)
	for i := range 6 {
		d.Targets = append(d.Targets, Column{fmt.Sprint(i), "Mục tiêu thêm có tên khá dài", "Mục tiêu thêm"})
		d.Sum.Cells = append(d.Sum.Cells, Cell{9999, 12})
		for j := range d.Rows {
			d.Rows[j].Cells = append(d.Rows[j].Cells, Cell{999, 1})
		}
	}
	for _, morning := range []bool{true, false} {
		if n := utf8.RuneCountInString(d.Text(morning)); n > 1000 {
			t.Errorf("morning %v: %d letters", morning, n)
		}
	}
}

func TestTheDayIsAWorkbook(t *testing.T) {
	var b bytes.Buffer
	if err := sample(13).Workbook(&b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("PK")) {
		t.Errorf("%d bytes, %v", b.Len(), err)
	}
}

func TestWhoIsBehind(t *testing.T) {
	for _, c := range []struct {
		cells []Cell
		late  bool
	}{{nil, false}, {[]Cell{{0, 0}}, false}, {[]Cell{{5, 5}, {3, 4}}, false}, {[]Cell{{5, 5}, {3, 2}}, true}} {
		if r := (Row{Cells: c.cells}); r.Behind() != c.late {
			t.Errorf("%v: %v", c.cells, r.Behind())
		}
	}
}
