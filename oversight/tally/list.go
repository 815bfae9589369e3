package tally

import (
	"strconv"
	"strings"

	"bonphu/core/plan"
)

// Definition is what a number means: its one name, unit, formula in words and clause (law N1). Series is the series that holds
// the people behind it (law N2), less those in Not; "" for a number that is no count of people.
type Definition struct {
	Key     string
	Group   string
	Name    string
	Unit    string
	Formula string
	Clause  string
	Series  string
	Not     string
}

// Definitions lists every number under a plan, in the order the page of definitions prints them.
func Definitions(p *plan.Plan) []Definition {
	out := []Definition{
		{"people", "Dân cư", "Dân cư trong sổ", "người", "Số hồ sơ đang có hiệu lực trong sổ dân cư của đơn vị và các đơn vị trực thuộc; hồ sơ đã gộp hoặc bị rút không tính.", "II.1", "p:all", ""},
		{"female", "Dân cư", "Nữ", "người", "Số người trong sổ ghi giới tính nữ.", "II.1", "p:female", ""},
		{"male", "Dân cư", "Nam", "người", "Số người trong sổ ghi giới tính nam.", "II.1", "p:male", ""},
	}
	for i := range p.Targets {
		out = append(out, targetNumbers(p, &p.Targets[i])...)
	}
	for _, g := range p.Segments {
		out = append(out, Definition{"s-" + g.ID, "Nhóm nhu cầu", g.Title, "người", "Số người thỏa điều kiện của nhóm theo số liệu đã xác nhận; một người có thể thuộc nhiều nhóm. Việc phải làm: " + g.Work + ".", g.Clause, "s:" + g.ID, ""})
	}
	for i := range p.Coverages {
		c := &p.Coverages[i]
		for _, st := range c.States {
			out = append(out, Definition{"c-" + c.ID + "-" + st.ID, "Các bậc của " + c.Title, st.Title, "người", "Số người mà danh sách trích xuất mới nhất xác nhận đang ở bậc này; các bậc cộng lại bằng số dân cư trong sổ.", c.Clause, "c:" + c.ID + ":confirmed:" + st.ID, ""})
		}
	}
	for _, f := range p.Facts {
		formula := "Số người có tình trạng này, còn hiệu lực trong ngày."
		if f.Approval {
			formula = "Số người có tình trạng này, còn hiệu lực trong ngày, có giấy tờ chứng minh và đã được người khác duyệt."
		}
		out = append(out, Definition{"f-" + f.ID, "Tình trạng", f.Title, "người", formula, f.Clause, "f:" + f.ID, ""})
	}
	return out
}

// targetNumbers are the numbers of one target.
func targetNumbers(p *plan.Plan, t *plan.Target) []Definition {
	percent := strings.ReplaceAll(strconv.FormatFloat(t.Percent, 'f', -1, 64), ".", ",") + " %"
	in, confirmed := "t:"+t.ID+":in", "t:"+t.ID+":confirmed"
	group := "Chỉ tiêu: " + t.Short
	key := func(s string) string { return "t-" + t.ID + "-" + s }
	if t.Basis == plan.BasisOfficials {
		return []Definition{
			{key("in"), group, "Cán bộ trong danh sách", "người", "Số người còn trong danh sách cán bộ của các cơ quan thuộc đơn vị và các đơn vị trực thuộc; người đã rời cơ quan không tính.", t.Clause, "", ""},
			{key("goal"), group, "Chỉ tiêu", "người", t.Title + ". Tính trên danh sách cán bộ của các cơ quan.", t.Clause, "", ""},
			{key("confirmed"), group, "Đã xác nhận", "người", "Số cán bộ đã gắn với sổ dân cư và được danh sách trích xuất chính thức xác nhận đủ SIM chính chủ kèm chữ ký số, điện thoại 4G và tài khoản định danh đã kích hoạt. Đăng nhập hai Cổng dịch vụ công được ghi riêng ở trang Cán bộ nêu gương: quy tắc tính của kế hoạch không gồm điều kiện này.", "IV.2.d", "", ""},
			{key("claimed"), group, "Tự khai, kiểm chứng, chờ xác nhận", "người", "Số cán bộ đủ các điều kiện trên khi tính cả lời khai và kiểm chứng, danh sách trích xuất chưa xác nhận hết. Đặt cạnh, không cộng vào số đã xác nhận.", "IV.2.a", "", ""},
			{key("rate"), group, "Tỷ lệ", "%", "Số đã xác nhận chia cho chỉ tiêu; không có chỉ tiêu thì ghi –.", t.Clause, "", ""},
		}
	}
	return []Definition{
		{key("in"), group, "Thuộc diện", "người", t.In + ".", t.Clause, in, ""},
		{key("goal"), group, "Chỉ tiêu", "người", "Số ghi trong bảng chỉ tiêu được giao; nơi bảng không ghi thì bằng " + percent + " số người thuộc diện, làm tròn lên ở toàn địa bàn rồi chia xuống, các phần cộng lại đúng bằng tổng.", t.Clause, "", ""},
		{key("confirmed"), group, "Đã xác nhận", "người", "Số người thuộc diện được danh sách trích xuất chính thức xác nhận đã đạt. Chỉ số này được tính vào chỉ tiêu.", "IV.2.d", confirmed, ""},
		{key("lacking"), group, "Còn thiếu trong diện", "người", "Số người thuộc diện trừ số đã xác nhận.", t.Clause, in, confirmed},
		{key("left"), group, "Còn phải làm", "người", "Chỉ tiêu trừ số đã xác nhận; đã đạt chỉ tiêu thì là 0.", t.Clause, "", ""},
		{key("verified"), group, "Kiểm chứng, chờ xác nhận", "người", "Số người có kiểm tra hoặc giấy tờ chứng minh đã đạt, danh sách trích xuất chưa xác nhận. Đặt cạnh, không cộng vào số đã xác nhận.", "IV.2.a", "t:" + t.ID + ":verified", ""},
		{key("claimed"), group, "Tổ báo, chờ xác nhận", "người", "Số người các tổ báo đã đạt, chưa kiểm chứng, chưa được xác nhận. Đặt cạnh, không cộng vào số đã xác nhận.", "IV.2.a", "t:" + t.ID + ":claimed", ""},
		{key("denied"), group, "Bị bác", "người", "Số người các tổ báo đã đạt nhưng danh sách trích xuất có sau cho thấy chưa đạt; các tổ phải giải trình.", "IV.2.a", "t:" + t.ID + ":denied", ""},
		{key("rate"), group, "Tỷ lệ", "%", "Số đã xác nhận chia cho chỉ tiêu; không có chỉ tiêu thì ghi –.", t.Clause, "", ""},
		{key("due"), group, "Lộ trình đến nay", "người", "Phần của chỉ tiêu mà lộ trình đòi hỏi đến hết ngày, đi đều giữa các mốc của từng đợt.", "V.1", "", ""},
		{key("ahead"), group, "Nhanh, chậm so lộ trình", "ngày", "Ngày mà lộ trình đòi hỏi đúng bằng số đã xác nhận, trừ ngày hiện tại; số âm là chậm.", "V.6", "", ""},
		{key("quota"), group, "Giao trong ngày", "người", "Số người các tổ được giao trong ngày, chia từ phần còn thiếu theo số ngày còn lại và sức của tổ.", "V.6", "", ""},
		{key("done"), group, "Làm được trong ngày", "người", "Số người trong ngày bắt đầu được tính là đạt, trên mọi bằng chứng còn giá trị.", "III.2.e", "", ""},
	}
}
