package emulation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
)

// Form is a document that a round is made into.
type Form string

// Forms of documents.
const (
	FormRequest        Form = "to-trinh"
	FormOrder          Form = "quyet-dinh"
	FormMerit          Form = "giay-khen"
	FormResponsibility Form = "trach-nhiem"
)

// ParseForm reads the name of a form.
func ParseForm(s string) (Form, error) {
	switch f := Form(s); f {
	case FormRequest, FormOrder, FormMerit, FormResponsibility:
		return f, nil
	}
	return "", fault.New(fault.Invalid, "emulation.form", "Không có mẫu văn bản “%s”. Hãy chọn to-trinh, quyet-dinh, giay-khen hoặc trach-nhiem.", s).On("docx")
}

// PaperOf says who issues a form under a plan: the department of duty V.4 proposes, the plan's own issuer decides.
func PaperOf(p *plan.Plan, f Form, day clock.Day) Paper {
	what := strings.TrimPrefix(p.Title, "Kế hoạch ")
	body := "Ủy ban nhân dân " + p.Place.Name
	x := Paper{Superior: p.Issuer.Superior, Body: p.Issuer.Body, Town: p.Issuer.Town, Day: day, Office: after(p.Issuer.Symbol, "-"),
		Plan: "Kế hoạch " + what, Campaign: "trong " + what,
		Signer: docx.Signature{Title: p.Issuer.Signer}, Recipients: []string{"Như trên", "Lưu: VT"}}
	switch f {
	case FormRequest, FormResponsibility:
		x.Superior, x.To = p.Issuer.Short(), []string{"Chủ tịch " + body}
		for _, d := range p.Duties {
			if d.Clause == "V.4" {
				x.Body, x.Office = strings.ToUpper(d.Who), initials(d.Who)
				x.Signer = docx.Signature{Title: "TRƯỞNG PHÒNG"}
				break
			}
		}
	case FormOrder:
		x.Recipients = []string{"Như Điều 3", "Phòng Nội vụ", "Lưu: VT"}
		for _, d := range p.Duties {
			if d.Clause == "V.4" {
				x.Recipients[1] = d.Who
			}
		}
	}
	return x
}

func after(s, sep string) string {
	if _, rest, ok := strings.Cut(s, sep); ok {
		return rest
	}
	return s
}

// initials of a name, for a symbol: "Phòng Nội vụ" is PNV.
func initials(s string) string {
	var out strings.Builder
	for _, w := range strings.Fields(s) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) {
			out.WriteRune(unicode.ToUpper(r))
		}
	}
	return out.String()
}

// Documents makes a form of a round: one document, or for the Giấy khen one for each proposal.
func Documents(r *Round, duties []Duty, p *plan.Plan, f Form) ([]*docx.Document, error) {
	x := PaperOf(p, f, "")
	switch f {
	case FormOrder:
		if len(r.Proposals) == 0 {
			return nil, fault.New(fault.Invalid, "emulation.no_proposals", "Đợt xét chưa có tập thể, cá nhân nào được đề xuất khen thưởng. Hãy ghi danh sách đề xuất trước.")
		}
		return []*docx.Document{Order(r, x)}, nil
	case FormMerit:
		if len(r.Proposals) == 0 {
			return nil, fault.New(fault.Invalid, "emulation.no_proposals", "Đợt xét chưa có tập thể, cá nhân nào được đề xuất khen thưởng. Hãy ghi danh sách đề xuất trước.")
		}
		var out []*docx.Document
		for _, one := range r.Proposals {
			out = append(out, Merit(one, x))
		}
		return out, nil
	case FormResponsibility:
		return []*docx.Document{Responsibility(duties, r.Day, x)}, nil
	}
	return []*docx.Document{Request(r, x)}, nil
}
