package budget

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"bonphu/core/plan/plantest"
	"bonphu/core/territory"
	"bonphu/internal/clock"

	"github.com/xuri/excelize/v2"
)

func TestLaw_D3_TheTextOfAProposalTellsTheSumInWords(t *testing.T) {
	p := plantest.HonQuan(t)
	x := sample()
	x.Office = territory.Office{Name: "UBND xã An Khương"}
	for i := range x.Lines {
		if err := x.Lines[i].check(p.Budget); err != nil {
			t.Fatal(err)
		}
	}
	x.State, x.SentDay = Sent, "2024-05-20"
	d := Paper(p, &x, "An Khương")
	var b bytes.Buffer
	if err := d.Write(&b, nil); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(f)
	for _, want := range []string{"XÃ AN KHƯƠNG", "TTr-UBND", "26.700.000 đồng (Hai mươi sáu triệu bảy trăm nghìn đồng)", "12 × 20 ngày công", "TM. ỦY BAN NHÂN DÂN", "Phòng Tài chính – Kế hoạch"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	for office, want := range map[string]string{"Phòng Nội vụ": "PNV", "UBND xã An Khương": "UBND", "Huyện đoàn": "HĐ"} {
		if got := symbol(office); got != want {
			t.Errorf("%s: %s", office, got)
		}
	}
}

func TestClause_V_5_TheWorkbooksAddUp(t *testing.T) {
	p := plantest.HonQuan(t)
	x := sample()
	x.State, x.Office = Approved, territory.Office{ID: 5, Name: "Phòng Nội vụ"}
	for i := range x.Lines {
		_ = x.Lines[i].check(p.Budget)
		x.Lines[i].Approved = x.Lines[i].Quantity()
	}
	c := &Consolidated{Offices: []territory.Office{x.Office}}
	for _, g := range p.Budget.GroupList() {
		c.Groups = append(c.Groups, g.ID)
	}
	for i := range x.Lines {
		c.Cells = append(c.Cells, Cell{Office: x.Office, Group: x.Lines[i].Group})
		c.Cells[i].add(&x.Lines[i])
		c.Whole.add(&x.Lines[i])
	}
	for name, book := range map[string]interface{ Write(io.Writer) error }{
		"proposal": Workbook(p, &x, "lập lúc"), "whole": ConsolidatedBook(p, c, []Proposal{x}, "lập lúc"),
		"work": WorkBook("Xã An Khương", []Worker{{Name: "Thị Mai", Days: []clock.Day{"2024-05-02", "2024-05-03"}, Visits: 9}, {Name: "Có lương", Paid: true, Days: []clock.Day{"2024-05-02"}}}, "2024-05-01", "2024-05-31", "lập lúc"),
	} {
		var b bytes.Buffer
		if err := book.Write(&b); err != nil {
			t.Fatal(name, err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(name, err)
		}
		all := ""
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				all += strings.Join(r, "|") + "\n"
			}
		}
		want := "24000000"
		if name == "work" {
			want = "02/5, 03/5"
			if strings.Contains(all, "Có lương") {
				t.Error("somebody with a salary is on the sheet of work")
			}
		}
		if !strings.Contains(all, want) {
			t.Errorf("%s does not hold %s:\n%s", name, want, all)
		}
	}
}
