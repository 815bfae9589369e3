package report

import (
	"bonphu/core/plan"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
)

// Form is a kind of document that can be made of a unit's numbers.
type Form struct {
	ID     string // in addresses and commands
	Title  string
	About  string
	Kind   docx.Kind
	Clause string
	Fields []Field // what the maker types in
	Place  string  // "top": only for the whole place; "below": only for units under it; "" for both

	fill func(p *plan.Plan, r *Reading, d *docx.Document)
}

// Field is one thing to type in.
type Field struct {
	Name, Title, Hint string
	Must              bool
	Long              bool
}

var (
	fieldNumber = Field{Name: "number", Title: "Số văn bản", Hint: "để trống nếu văn thư ghi sau"}
	fieldSigner = Field{Name: "signer", Title: "Họ tên người ký", Hint: "để trống nếu chưa rõ"}
)

// forms are the documents, in the order in which menus list them. A period's report is made from its own page.
var forms = []Form{
	{ID: "bao-cao", Title: "Báo cáo", About: "Báo cáo của một kỳ: kết quả, đối soát, nguyên nhân, trách nhiệm, kiến nghị.", Kind: docx.Report, Clause: "V.1", Fields: []Field{fieldNumber, fieldSigner}, fill: fillReport},
	{ID: "ke-hoach", Title: "Kế hoạch của xã, thị trấn", About: "Chỉ tiêu, lộ trình, phân công theo ấp, lấy từ kế hoạch của huyện và số liệu của xã.", Kind: docx.Plan, Clause: "V.6", Place: "below", Fields: []Field{fieldNumber, fieldSigner}, fill: fillPlan},
	{ID: "cong-van", Title: "Công văn đôn đốc", About: "Nêu đơn vị chậm lộ trình, chưa nộp báo cáo, còn sai lệch phải giải trình.", Kind: docx.Letter, Clause: "V.2", Place: "top",
		Fields: []Field{fieldNumber, {Name: "drafter", Title: "Ký hiệu đơn vị soạn thảo", Hint: "ví dụ CAH, VP; in sau số: 05/UBND-CAH"}, fieldSigner, {Name: "deadline", Title: "Yêu cầu báo cáo kết quả trước ngày", Hint: "ví dụ 30/5/2024", Must: true}, {Name: "ask", Title: "Yêu cầu thêm", Long: true}}, fill: fillLetter},
	{ID: "thong-bao", Title: "Thông báo kết quả", About: "Kết quả từng đơn vị đến một ngày, xếp theo tỷ lệ so với chỉ tiêu.", Kind: docx.Notice, Clause: "IV.2.c", Place: "top", Fields: []Field{fieldNumber, fieldSigner, {Name: "conclusion", Title: "Ý kiến chỉ đạo của lãnh đạo", Long: true}}, fill: fillNotice},
	{ID: "giay-moi", Title: "Giấy mời họp", About: "Mời các đơn vị dự họp sơ kết, tổng kết.", Kind: docx.Invitation, Clause: "V.1", Place: "top",
		Fields: []Field{fieldNumber, fieldSigner, {Name: "what", Title: "Nội dung họp", Must: true}, {Name: "when", Title: "Thời gian", Hint: "ví dụ 14 giờ 00, ngày 24/5/2024", Must: true}, {Name: "where", Title: "Địa điểm", Must: true},
			{Name: "chair", Title: "Chủ trì", Must: true}, {Name: "guests", Title: "Thành phần", Hint: "mỗi dòng một thành phần", Must: true, Long: true}}, fill: fillInvitation},
	{ID: "to-trinh", Title: "Tờ trình", About: "Đề nghị Chủ tịch UBND huyện xem xét một việc, kèm bảng số liệu.", Kind: docx.Proposal, Clause: "V.2",
		Fields: []Field{fieldNumber, fieldSigner, {Name: "what", Title: "Về việc", Must: true}, {Name: "why", Title: "Lý do, sự cần thiết", Must: true, Long: true}, {Name: "ask", Title: "Nội dung đề nghị", Must: true, Long: true}}, fill: fillProposal},
}

// Forms lists the documents that can be made.
func Forms() []Form { return forms }

// FormOf finds a form.
func FormOf(id string) (*Form, error) {
	for i := range forms {
		if forms[i].ID == id {
			return &forms[i], nil
		}
	}
	return nil, fault.New(fault.Missing, "report.form_unknown", "Không có mẫu văn bản này. Các mẫu: bao-cao, ke-hoach, cong-van, thong-bao, giay-moi, to-trinh.")
}

// check refuses a form whose fields were not filled in.
func (f *Form) check(fields map[string]string) error {
	for _, x := range f.Fields {
		switch v := fields[x.Name]; {
		case x.Must && v == "":
			return fault.New(fault.Invalid, "report.field_empty", "Hãy điền “%s”.", x.Title).On(x.Name)
		case len(v) > maxNote*2:
			return tooLong(x.Name, "“"+x.Title+"”", maxNote*2)
		}
	}
	return nil
}
