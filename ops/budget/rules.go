package budget

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"bonphu/core/plan"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// The bounds of money and quantities: a line is at most a thousand billion đồng.
const (
	maxAmount   = 1_000_000_000_000
	maxQuantity = 10_000_000
	maxLines    = 200
	maxParts    = 4
)

// Line is one thing to pay for: so many of it at a price. Parts make up the quantity (2 kits × 30 days); the amount is never typed.
type Line struct {
	ID       int64
	Norm     string // of the plan; "" for a free one
	Group    string
	Title    string
	Per      string
	Basis    string
	Parts    []int64
	Recorded bool // the quantity was counted by the program
	Price    int64
	Approved int64 // quantity granted; -1 while nothing was decided
	Why      string
	Spent    int64 // đồng
}

// Quantity multiplies the parts.
func (l *Line) Quantity() int64 {
	n := int64(1)
	for _, p := range l.Parts {
		n *= p
	}
	return n
}

// Amount is what is asked for, đồng.
func (l *Line) Amount() int64 { return l.Quantity() * l.Price }

// Granted is what was approved, đồng; 0 while nothing was decided.
func (l *Line) Granted() int64 { return max(0, l.Approved) * l.Price }

// PartsText spells the quantity as it was made up: "2 × 30".
func (l *Line) PartsText() string {
	var out []string
	for _, p := range l.Parts {
		out = append(out, vn.Int(p))
	}
	return strings.Join(out, " × ")
}

// ParseParts reads a quantity as people write it: "60", "2 x 30", "2 × 1.500".
func ParseParts(text string) ([]int64, error) {
	bad := fault.New(fault.Invalid, "budget.quantity", "Số lượng “%s” không đọc được; ghi số nguyên hoặc phép nhân, thí dụ 60 hoặc 2 x 30.", shorten(text)).On("quantity")
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == 'x' || r == 'X' || r == '×' || r == '*' })
	if len(fields) == 0 || len(fields) > maxParts {
		return nil, bad
	}
	var out []int64
	for _, f := range fields {
		n, err := wholeNumber(f)
		if err != nil || n < 1 || n > maxQuantity {
			return nil, bad
		}
		out = append(out, n)
	}
	return out, nil
}

// ParseMoney reads whole đồng as people write them: "350.000", "350000", "350 000 đ".
func ParseMoney(text string) (int64, error) {
	t := strings.TrimSpace(strings.ToLower(vn.NFC(text)))
	for _, unit := range []string{"đồng", "đ", "vnđ"} {
		t = strings.TrimSpace(strings.TrimSuffix(t, unit))
	}
	n, err := wholeNumber(t)
	if err != nil || n < 0 || n > maxAmount {
		return 0, fault.New(fault.Invalid, "budget.money", "Số tiền “%s” không đọc được; ghi số đồng nguyên, thí dụ 350.000.", shorten(text)).On("price")
	}
	return n, nil
}

// wholeNumber reads digits with points or spaces between groups of three.
func wholeNumber(text string) (int64, error) {
	t := strings.TrimSpace(text)
	groups := strings.FieldsFunc(t, func(r rune) bool { return r == '.' || r == ' ' || r == '\u00a0' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return 0, strconv.ErrSyntax
		}
	}
	return strconv.ParseInt(strings.Join(groups, ""), 10, 64)
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// check refuses a line that cannot be paid, and takes from its norm what the norm says.
func (l *Line) check(b plan.Budget) error {
	l.Title, l.Basis, l.Per = strings.TrimSpace(vn.NFC(l.Title)), strings.TrimSpace(vn.NFC(l.Basis)), strings.TrimSpace(vn.NFC(l.Per))
	if n := b.Norm(l.Norm); n != nil {
		l.Group, l.Per = n.Group, n.Per
		if l.Title == "" {
			l.Title = n.Title
		}
		if l.Price == 0 {
			l.Price = int64(n.Amount)
		}
		if l.Price > int64(n.Amount) {
			return fault.New(fault.Invalid, "budget.norm", "%s: đơn giá %s cao hơn định mức %s. Hãy hạ đơn giá hoặc ghi thành dòng ngoài định mức, nêu căn cứ.", l.Title, vn.Money(l.Price), vn.Money(int64(n.Amount))).On("price")
		}
	} else {
		l.Norm, l.Recorded = "", false
	}
	l.Group = b.GroupOf(l.Group).ID
	product := 1.0
	for _, p := range l.Parts {
		product *= float64(p)
		if p < 1 || p > maxQuantity {
			return fault.New(fault.Invalid, "budget.quantity", "%s: số lượng phải từ 1 đến 10 triệu.", l.Title).On("quantity")
		}
	}
	name := utf8.RuneCountInString
	switch {
	case name(l.Title) < 2 || name(l.Title) > 200 || name(l.Per) > 40 || name(l.Basis) > 500:
		return fault.New(fault.Invalid, "budget.title", "Mỗi dòng cần nội dung chi (2 đến 200 chữ), đơn vị tính và căn cứ ngắn gọn.").On("title")
	case vn.HoldsNumber(l.Title + "\n" + l.Basis):
		return fault.New(fault.Invalid, "budget.private", "Dòng chi không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.").On("title")
	case len(l.Parts) == 0 || len(l.Parts) > maxParts || product > maxQuantity:
		return fault.New(fault.Invalid, "budget.quantity", "%s: số lượng phải từ 1 đến 10 triệu.", l.Title).On("quantity")
	case l.Norm == "" && name(l.Basis) < 5:
		return fault.New(fault.Invalid, "budget.basis", "%s: dòng ngoài định mức phải nêu căn cứ (báo giá, văn bản).", l.Title).On("basis")
	case l.Price < 0 || float64(l.Price)*product > maxAmount:
		return fault.New(fault.Invalid, "budget.amount", "%s: thành tiền vượt quá 1.000 tỷ đồng. Hãy kiểm tra lại số lượng, đơn giá.", l.Title).On("price")
	}
	return nil
}

// Sum adds lines up, đồng.
type Sum struct{ Proposed, Granted, Spent int64 }

func (s *Sum) add(l *Line) {
	s.Proposed += l.Amount()
	s.Granted += l.Granted()
	s.Spent += l.Spent
}

// Total adds lines up.
func Total(lines []Line) Sum {
	var s Sum
	for i := range lines {
		s.add(&lines[i])
	}
	return s
}

// grant checks what is approved of a line: never more than was asked, less only with a reason.
func (l *Line) grant(quantity int64, why string) error {
	asked := l.Quantity()
	switch {
	case quantity < 0 || quantity > asked:
		return fault.New(fault.Invalid, "budget.grant", "%s: chỉ duyệt từ 0 đến số đã đề xuất (%s %s).", l.Title, vn.Int(asked), l.Per).On("grant")
	case quantity < asked && utf8.RuneCountInString(why) < 5:
		return fault.New(fault.Invalid, "budget.grant_why", "%s: duyệt thấp hơn đề xuất phải ghi lý do.", l.Title).On("grant")
	case utf8.RuneCountInString(why) > 300:
		return fault.New(fault.Invalid, "budget.grant_long", "%s: lý do dài quá 300 chữ.", l.Title).On("grant")
	}
	return nil
}

// pay checks a payment: within what is left of what was granted.
func (l *Line) pay(amount int64) error {
	left := l.Granted() - l.Spent
	switch {
	case amount <= 0 || amount > math.MaxInt64/2:
		return fault.New(fault.Invalid, "budget.pay", "Số tiền chi phải lớn hơn 0.").On("amount")
	case amount > left:
		return fault.New(fault.Conflict, "budget.over", "%s: chỉ còn %s trong số đã duyệt, không chi được %s. Muốn chi thêm phải lập đề xuất bổ sung.", l.Title, vn.Money(max(0, left)), vn.Money(amount)).On("amount")
	}
	return nil
}
