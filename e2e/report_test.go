package e2e

import (
	"archive/zip"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestClause_V_1_FromTheUnitsWordsToTheExtractRow(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "ct.an-khuong")
	open(t, ctx, "/bao-cao/tongket/25330")
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("textarea[name^='s-']").forEach((t, i) => { t.value = "Phần " + i + ": bà con ấp d'Ấp <thử> & phối hợp tốt." })`))
	press(t, ctx, "Lưu bản soạn")
	do(t, ctx, chromedp.Sleep(settle))
	open(t, ctx, "/bao-cao/tongket/25330")
	press(t, ctx, "Chốt số liệu và nộp")
	do(t, ctx, chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("main")))
	open(t, ctx, "/bao-cao/tongket/25330")
	text := read(t, ctx)
	if !strings.Contains(text, "Bản số 1") || !strings.Contains(text, "d'Ấp <thử> &") {
		t.Fatalf("it was not handed in: %.600s", text)
	}
	code := regexp.MustCompile(`[0-9A-Z]{5}-[0-9A-Z]{5}`).FindString(text)
	open(t, ctx, "/van-ban/"+code+"?don-vi=25330&chi-tieu=eid")
	first := ask(t, ctx, chromedp.Evaluate[string](`document.querySelector("#so a[href^='/dan-cu?'][href*='confirmed']").getAttribute("href")`))
	open(t, ctx, first)
	person := ask(t, ctx, chromedp.Evaluate[string](`document.querySelector("main tbody a[href^='/dan-cu/']").getAttribute("href")`))
	open(t, ctx, person)
	if text := read(t, ctx); !strings.Contains(text, "dòng") {
		t.Errorf("the person's page does not lead to the extract's row: %.800s", text)
	}
}

func TestClause_V_2_TheFinalReportNamesEveryCommune(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tong-ket.docx")
	must(t, "report", "final", "--dir", district.Dir, "--day", "2024-07-08", "-o", file)
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Thanh An", "An Khương", "An Phú", "Tân Lợi", "Tân Hưng", "Minh Đức", "Minh Tâm", "Phước An", "Thanh Bình", "Tân Khai", "Đồng Nơ", "Tân Hiệp", "Tân Quan"} {
		if !strings.Contains(string(b), name) {
			t.Errorf("the final report does not name %s", name)
		}
	}
	again := filepath.Join(t.TempDir(), "lai.docx")
	first := must(t, "report", "final", "--dir", district.Dir, "--day", "2024-05-20", "-o", again, "--json")
	if second := must(t, "report", "final", "--dir", district.Dir, "--day", "2024-05-20", "-o", again, "--json"); first != second {
		t.Error("made again of a past day, the report has another code")
	}
}
