package e2e

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// pictures are the screens of the handbook: file, who looks, address, width and height of the window.
var pictures = []struct {
	file, login, address string
	width, height        int64
}{
	{"dang-nhap", "", "/dang-nhap", 1280, 800},
	{"bang-dieu-hanh", "lanhdao", "/", 1366, 900},
	{"bang-dieu-hanh-dien-thoai", "lanhdao", "/", 390, 844},
	{"xa", "ct.an-khuong", "/don-vi/25330", 1366, 900},
	{"dan-cu", "ca.an-khuong", "/dan-cu?don_vi=25330", 1366, 900},
	{"danh-sach", "ca.an-khuong", "/danh-sach", 1366, 900},
	{"chi-tieu", "ct.an-khuong", "/giao-chi-tieu", 1366, 900},
	{"to-cong-tac", "ct.an-khuong", "/to-cong-tac", 1366, 900},
	{"phan-cong", "ct.an-khuong", "/phan-cong", 1366, 900},
	{"cuon-chieu", "congan", "/cuon-chieu", 1366, 900},
	{"ke-hoach", "lanhdao", "/ke-hoach", 1366, 900},
	{"dia-ban", "congan", "/dia-ban", 1366, 900},
	{"bao-cao", "congan", "/bao-cao", 1366, 900},
	{"bao-cao-soan", "ct.an-khuong", "/bao-cao/tongket/25330", 1366, 900},
	{"van-ban", "congan", "/van-ban", 1366, 900},
	{"thi-dua", "lanhdao", "/thi-dua", 1366, 900},
	{"doi-soat", "congan", "/doi-soat", 1366, 900},
	{"dot-kiem-tra", "congan", "/kiem-tra", 1366, 900},
	{"di-tung-nha", "ca.an-khuong", "/viec", 1366, 900},
	{"dien-thoai", "ca.an-khuong", "/dien-thoai", 1366, 900},
	{"phieu-cho-xu-ly", "ca.an-khuong", "/phieu-dien-thoai", 1366, 900},
	{"diem-thu-nhan", "congan", "/diem-thu-nhan", 1366, 900},
	{"lich-diem", "congan", "/lich-diem", 1366, 900},
	{"lo-trinh", "congan", "/lich-diem/ke-hoach", 1366, 900},
	{"nhip-ngay", "ct.an-khuong", "/nhip-ngay", 1366, 900},
	{"viec-hom-nay", "ct.an-khuong", "/hom-nay", 1366, 768},
	{"thu-da-gui", "quantri", "/thu-da-gui", 1366, 768},
	{"lanh-dao", "lanhdao", "/lanh-dao", 1366, 1100},
	{"man-hinh-lon", "lanhdao", "/lanh-dao/man-hinh", 1366, 768},
	{"uu-dai", "nhamang", "/uu-dai", 1366, 900},
	{"don-dang-ky", "nhamang", "/don-dang-ky", 1366, 900},
	{"tat-2g", "congan", "/tat-2g", 1366, 900},
	{"vuong-mac", "congan", "/vuong-mac", 1366, 900},
	{"tuyen-truyen", "vanhoa", "/tuyen-truyen", 1366, 900},
	{"tuyen-truyen-ap", "vanhoa", "/tuyen-truyen/ap", 1366, 900},
	{"nhiem-vu", "lanhdao", "/nhiem-vu", 1366, 900},
	{"chi-dao", "lanhdao", "/chi-dao", 1366, 768},
	{"ke-hoach-xa", "lanhdao", "/ke-hoach-xa", 1366, 900},
	{"kinh-phi", "taichinh", "/du-toan", 1366, 900},
	{"dinh-nghia", "kiemtra", "/dinh-nghia", 1366, 900},
}

// TestScreenshots looks at the handbook's screens and, under `make screenshots`, keeps the pictures.
func TestScreenshots(t *testing.T) {
	for _, p := range pictures {
		t.Run(p.file, func(t *testing.T) {
			ctx := browser(t, p.width, p.height)
			if p.login != "" {
				signIn(t, ctx, p.login)
			}
			open(t, ctx, p.address)
			do(t, ctx, chromedp.Sleep(settle))
			taken := ask(t, ctx, chromedp.CaptureScreenshot())
			if !bytes.HasPrefix(taken, []byte("\x89PNG")) || len(taken) < 8_000 {
				t.Fatalf("%s: a picture of %d bytes", p.address, len(taken))
			}
			if shots == "" {
				return
			}
			if err := os.MkdirAll(shots, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(shots, p.file+".png"), taken, 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestThePhonesPictures looks at the phone's app and, under `make screenshots`, keeps three of its pages side by side.
func TestThePhonesPictures(t *testing.T) {
	p := newPhone(t)
	p.enrol(code(t, 0))
	var parts [][]byte
	take := func() {
		do(t, p.tab, chromedp.Sleep(settle))
		parts = append(parts, ask(t, p.tab, chromedp.CaptureScreenshot()))
	}
	take()
	if p.count(".person") == 0 {
		p.list()
	}
	p.js(`document.querySelector(".person").click()`)
	p.wait(`document.querySelector("form.visit")`)
	take()
	p.js(`document.querySelector("form.visit").scrollIntoView(); document.querySelector(".choice [data-id=promised]").click()`)
	take()
	pages := make([]image.Image, len(parts))
	width, height := 0, 0
	for i, b := range parts {
		picture, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		pages[i] = picture
		width += picture.Bounds().Dx() + 16
		height = max(height, picture.Bounds().Dy())
	}
	if width < 900 || height < 600 {
		t.Fatalf("the pages are %d × %d", width, height)
	}
	if shots == "" {
		return
	}
	all := image.NewRGBA(image.Rect(0, 0, width-16, height))
	draw.Draw(all, all.Bounds(), image.White, image.Point{}, draw.Src)
	at := 0
	for _, picture := range pages {
		draw.Draw(all, picture.Bounds().Add(image.Pt(at, 0)), picture, picture.Bounds().Min, draw.Src)
		at += picture.Bounds().Dx() + 16
	}
	var out bytes.Buffer
	if err := png.Encode(&out, all); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(shots, "ung-dung-dien-thoai.png"), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
