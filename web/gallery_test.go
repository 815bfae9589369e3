package web

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/jba/templatecheck"

	"bonphu/internal/fault"
)

// partsScreen shows every part at once; it is no screen of the desk.
type partsScreen struct {
	Page
	Stages  []Stage
	None    Empty
	Pager   Pager
	Moments []Moment
	Diff    Diff
}

func (*partsScreen) Template() string { return "gallery" }

func TestEveryPartRenders(t *testing.T) {
	s := testScreens(t)
	base, err := s.byName["board/board"].Clone()
	if err == nil {
		_, err = base.ParseFiles("testdata/gallery.html")
	}
	if err != nil {
		t.Fatal(err)
	}
	s.byName["gallery"] = base
	screen := &partsScreen{Page: samplePage("/danh-sach", "Các bộ phận"),
		Stages: []Stage{{"Chọn tệp", "done"}, {"Nhận biết cột", "done"}, {"Chạy thử", "now"}, {"Ghi vào sổ", ""}, {"Kết quả", ""}},
		None:   Empty{"folder", "Chưa có danh sách nào", "Danh sách đã nhập sẽ hiện ở đây, kèm kết quả từng dòng.", "/danh-sach/moi", "Nhập danh sách"},
		Pager:  Pager{"1–50 trong 12.345", "?truoc", "?sau"},
		Moments: []Moment{
			{"22/5/2024", "Định danh mức 2: đã kích hoạt", "Danh sách trích xuất ngày 22/5/2024", "Công an xã An Khương", "confirmed", "", "", ""},
			{"20/5/2024", "Định danh mức 2: đã kích hoạt", "Tổ báo tại nhà, lần gặp thứ 3", "Tổ sóc Ba Lung", "claimed", "", "", ""},
			{"11/5/2024", "Định danh mức 1: đã kích hoạt", "", "Tổ sóc Ba Lung", "claimed", "ghi nhầm người", "", ""},
			{"09/5/2024", "Kiểm tra thực tế: có máy 4G", "Biên bản số 4", "Đoàn kiểm tra huyện", "verified", "", "", ""}},
		Diff: Diff{DiffSide{"Trong sổ", "Danh sách dân cư, đến 01/4/2024"}, DiffSide{"Dòng 214 của tệp", "s1-chua-cap-cccd.xlsx"}, []DiffRow{{"Họ và tên", "Điểu Bé", "Điểu Bê"}, {"Ngày sinh", "01/01/1984", "01/01/1984"}, {"Số định danh", "070•••••4127", "–"}, {"Nơi ở", "Sóc Ba Lung", "Ấp 3"}}}}
	screen.Form = Form{}.with(url.Values{"ten": {"Điểu Bé"}, "so": {"07008400"}}, fault.New(fault.Invalid, "x", "Số định danh phải có 12 chữ số; đã nhập 8.").On("so"))
	screen.Flashes = []Flash{{"good", "Đã lưu.", "/", "Xem"}}
	if err := templatecheck.CheckHTML(base.Lookup("layout"), screen); err != nil {
		t.Error(err)
	}
	var b bytes.Buffer
	if err := s.execute(&b, screen); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.String())
	vietnamese(t, b.String())
	if dir := os.Getenv("BONPHU_GALLERY"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "parts.html"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
