package e2e

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// fill fills a field of a form by its name.
func fill(t *testing.T, ctx context.Context, name, text string) {
	t.Helper()
	if !ask(t, ctx, chromedp.Evaluate[bool](`(() => { const f = document.querySelector("main [name='`+name+`']"); if (f) f.value = `+strconv.Quote(text)+`; return !!f })()`)) {
		t.Fatalf("the screen has no field %s: %.400s", name, read(t, ctx))
	}
}

// submit presses the button of these words and waits for the screen that follows.
func submit(t *testing.T, ctx context.Context, words string) string {
	t.Helper()
	press(t, ctx, words)
	do(t, ctx, chromedp.Sleep(settle), chromedp.WaitVisible(chromedp.CSS("main")))
	return read(t, ctx)
}

func follow(t *testing.T, ctx context.Context, words string) string {
	t.Helper()
	href := ask(t, ctx, chromedp.Evaluate[string](`([...document.querySelectorAll("main a")].find(a => a.innerText.includes(`+strconv.Quote(words)+`)) || {getAttribute: () => ""}).getAttribute("href")`))
	if href == "" {
		t.Fatalf("nothing on the screen opens %q: %.600s", words, read(t, ctx))
	}
	open(t, ctx, href)
	return read(t, ctx)
}

// TestClause_V_2_AnInstructionReachesTheCommuneAndComesBack: the chairman writes, the commune finds it on its page of today, takes note and answers,
// the chairman sees it.
func TestClause_V_2_AnInstructionReachesTheCommuneAndComesBack(t *testing.T) {
	boss := browser(t, 1366, 900)
	signIn(t, boss, "lanhdao")
	open(t, boss, "/chi-dao/moi")
	const title = "Rà soát người đã duyệt mức 2 tại sóc Ba Lung"
	fill(t, boss, "title", title)
	fill(t, boss, "text", "Đến từng nhà trong tuần này.\nBáo kết quả về UBND huyện.")
	fill(t, boss, "due", "2024-05-25")
	if text := submit(t, boss, "Gửi"); !strings.Contains(text, "ít nhất một cơ quan") {
		t.Errorf("sent to nobody: %.400s", text)
	}
	do(t, boss, chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll("main label.choice")].find(l => l.innerText.includes("UBND xã An Khương")).querySelector("input").click()`))
	if text := submit(t, boss, "Gửi"); !strings.Contains(text, title) || !strings.Contains(text, "1 nơi nhận, 0 đã nhận") {
		t.Fatalf("%.600s", text)
	}
	there := ask(t, boss, chromedp.Location())
	chair := browser(t, 390, 844)
	signIn(t, chair, "ct.an-khuong")
	open(t, chair, "/hom-nay")
	follow(t, chair, title)
	submit(t, chair, "Đã nhận")
	fill(t, chair, "text", "Đã đến 37 nhà, kích hoạt 21 người.")
	if text := submit(t, chair, "Gửi kết quả"); !strings.Contains(text, "Đã làm") {
		t.Errorf("%.600s", text)
	}
	open(t, boss, there[len(district.Address):])
	if text := read(t, boss); !strings.Contains(text, "1 đã nhận, 1 đã làm") || !strings.Contains(text, "kích hoạt 21 người") {
		t.Errorf("%.600s", text)
	}
	open(t, chair, "/hom-nay")
	if text := read(t, chair); strings.Contains(text, title) {
		t.Errorf("what was done still waits: %.600s", text)
	}
}

// TestClause_V_6_ACommuneWritesItsPlanAndItsChairIssuesIt: what is below the district's is told and keeps the plan from being issued.
func TestClause_V_6_ACommuneWritesItsPlanAndItsChairIssuesIt(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "ct.tan-khai")
	open(t, ctx, "/ke-hoach-xa")
	before := read(t, ctx)
	words := "Tạo từ kế hoạch của huyện"
	if strings.Contains(before, "Soạn bản mới") {
		words = "Soạn bản mới"
	}
	if !strings.Contains(before, "Bản thảo") || strings.Contains(before, words) {
		submit(t, ctx, words)
	}
	was := ask(t, ctx, chromedp.Evaluate[string](`document.querySelector("[name=target_eid]").value`))
	n, err := strconv.Atoi(was)
	if err != nil || n == 0 {
		t.Fatalf("the draft wants %q accounts", was)
	}
	fill(t, ctx, "target_eid", strconv.Itoa(n-1))
	if text := submit(t, ctx, "Lưu bản thảo"); !strings.Contains(text, "thấp hơn huyện giao") || !strings.Contains(text, "Chưa ban hành được") {
		t.Errorf("%.800s", text)
	}
	fill(t, ctx, "target_eid", strconv.Itoa(n))
	submit(t, ctx, "Lưu bản thảo")
	if ask(t, ctx, chromedp.Evaluate[bool](`!!document.querySelector("[name=why]")`)) {
		fill(t, ctx, "why", "thử bản mới trong huyện mẫu")
	}
	if text := submit(t, ctx, "Ban hành"); !strings.Contains(text, "đang thực hiện") {
		t.Errorf("%.800s", text)
	}
	boss := browser(t, 1366, 900)
	signIn(t, boss, "lanhdao")
	open(t, boss, "/ke-hoach-xa")
	if text := read(t, boss); !strings.Contains(text, "Cộng các xã so với huyện") || strings.Contains(text, "Thấp hơn huyện giao\n1") {
		t.Errorf("%.800s", text)
	}
}

// TestClause_V_5_FundsFromTheCommuneToThePayment: amounts are computed, granted by another office, and never paid beyond it.
func TestClause_V_5_FundsFromTheCommuneToThePayment(t *testing.T) {
	chair := browser(t, 1366, 900)
	signIn(t, chair, "ct.tan-quan")
	open(t, chair, "/du-toan/moi")
	const title = "Kinh phí bổ sung cho tổ ấp đi buổi tối"
	fill(t, chair, "title", title)
	do(t, chair, chromedp.Evaluate[chromedp.Void](`document.querySelector("main select[name=norm]").value = "ngay_cong"`))
	fill(t, chair, "quantity", "12 x 20")
	if text := submit(t, chair, "Lưu"); !strings.Contains(text, "24.000.000 đồng") || !strings.Contains(text, "Hai mươi tư triệu đồng") {
		t.Fatalf("%.800s", text)
	}
	submit(t, chair, "Gửi đề xuất")
	there := ask(t, chair, chromedp.Location())[len(district.Address):]
	money := browser(t, 1366, 900)
	signIn(t, money, "taichinh")
	open(t, money, there)
	do(t, money, chromedp.Evaluate[chromedp.Void](`document.querySelector("main input[name^=grant_]").value = "200"`))
	if text := submit(t, money, "Duyệt"); !strings.Contains(text, "phải ghi lý do") {
		t.Errorf("less without a reason: %.600s", text)
	}
	do(t, money, chromedp.Evaluate[chromedp.Void](`document.querySelector("main input[name^=grant_]").value = "200"; document.querySelector("main input[name^=why_]").value = "cân đối nguồn"`))
	if text := submit(t, money, "Duyệt"); !strings.Contains(text, "Hai mươi triệu đồng") {
		t.Fatalf("%.800s", text)
	}
	open(t, chair, there)
	fill(t, chair, "amount", "20.000.001")
	fill(t, chair, "document", "PC-77")
	if text := submit(t, chair, "Ghi"); !strings.Contains(text, "chỉ còn 20.000.000 đồng") {
		t.Errorf("paid too much: %.800s", text)
	}
	fill(t, chair, "amount", "20.000.000")
	fill(t, chair, "document", "PC-77")
	if text := submit(t, chair, "Ghi"); !strings.Contains(text, "PC-77") {
		t.Errorf("%.800s", text)
	}
}

// TestClause_I_3_ANewOfficeSeesJustWhatItMustDo: everybody's first page holds their own work and nothing of others'.
func TestClause_I_3_ANewOfficeSeesJustWhatItMustDo(t *testing.T) {
	for login, x := range map[string]struct{ want, never string }{
		"noivu": {"Tổng hợp đề xuất tặng Giấy khen", "Tham mưu đề xuất kinh phí"}, "taichinh": {"Thẩm định đề xuất kinh phí", "Tổng hợp đề xuất tặng Giấy khen"},
		"nhamang": {"", "Giấy khen"}, "phunu": {"", "Thẩm định"},
	} {
		ctx := browser(t, 390, 844)
		signIn(t, ctx, login)
		open(t, ctx, "/hom-nay")
		text := read(t, ctx)
		if !strings.Contains(text, x.want) || strings.Contains(text, x.never) {
			t.Errorf("%s: %.800s", login, text)
		}
	}
}

// TestClause_VI_AnswersAreOfferedWhileOneTypes: nothing is pressed, and the text never stands in an address.
func TestClause_VI_AnswersAreOfferedWhileOneTypes(t *testing.T) {
	ctx := browser(t, 1366, 900)
	signIn(t, ctx, "ca.minh-duc")
	open(t, ctx, "/vuong-mac/moi")
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#o-text"), "Ấp không có sóng 4G nên không cài được VNeID"), chromedp.WaitVisible(chromedp.CSS("#giong .card")))
	if text := read(t, ctx); !strings.Contains(text, "Có thể đã có lời giải") {
		t.Errorf("%.600s", text)
	}
	if at := ask(t, ctx, chromedp.Location()); strings.Contains(at, "?") {
		t.Errorf("the text stands in the address %s", at)
	}
}
