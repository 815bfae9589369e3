package e2e

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// press presses the button that says so; questions before it are answered with yes.
func press(t *testing.T, w window, label string) {
	t.Helper()
	script := `(() => {
		window.confirm = () => true;
		const b = [...document.querySelectorAll("main button")].find(b => b.innerText.trim().startsWith(` + "`" + label + "`" + `));
		if (!b) return false;
		const d = b.closest("details"); if (d) d.open = true;
		b.click();
		return true;
	})()`
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		if pressed, err := chromedp.Run(w, chromedp.Evaluate[bool](script)); err == nil && pressed {
			return
		}
	}
	t.Fatalf("no button says %q:\n%s", label, read(t, w))
}

// until waits for the screen to say something, reading it anew as a person would who waits for a job to end.
func until(t *testing.T, w window, words string) string {
	t.Helper()
	text := ""
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		if got, err := chromedp.Run(w, chromedp.Evaluate[string](`document.querySelector("main")?.innerText ?? ""`)); err == nil {
			if text = got; strings.Contains(text, words) {
				return text
			}
		}
	}
	t.Fatalf("the screen does not come to say %q:\n%s", words, text)
	return ""
}

// A commune's policeman drops a messy list, tries it, applies it, and withdraws it (KH:III.3.b).
func TestClause_III_3_b_PoliceBringTriesAppliesAndWithdrawsAList(t *testing.T) {
	w := browser(t, 1366, 900)
	signIn(t, w, "ca.an-khuong")
	open(t, w, "/danh-sach")
	path, err := filepath.Abs(filepath.Join("..", "core", "intake", "testdata", "s1-chua-cap-cccd.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	do(t, w, chromedp.SetUploadFiles(chromedp.CSS(`input[type=file]`), []string{path}))
	press(t, w, "Đưa vào và nhận dạng")
	text := until(t, w, "s1-chua-cap-cccd.xlsx")
	if !strings.Contains(text, "Danh sách chưa được cấp CCCD") && !strings.Contains(text, "chưa được cấp CCCD") {
		t.Errorf("the list is not recognised: %.600s", text)
	}
	if !strings.HasPrefix(ask(t, w, chromedp.Location()), district.Address+"/danh-sach/") {
		do(t, w, chromedp.Evaluate[chromedp.Void](`void [...document.querySelectorAll("main a")].find(a => a.innerText.includes("s1-chua-cap-cccd")).click()`), chromedp.Sleep(settle))
	}
	press(t, w, "Chạy thử")
	press(t, w, "Ghi vào")
	until(t, w, "Đã nhập")
	if _, err := chromedp.Run(w, chromedp.Evaluate[bool](`(() => { const f = document.querySelector("form[action$='/rut-lai']"); f.closest("details").open = true; f.querySelector("[name=why]").value = "nhập thử"; return true })()`)); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Rút lại")
	until(t, w, "Đã rút lại")
}
