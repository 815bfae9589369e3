package app

import (
	"time"

	"bonphu/ops/obstacles"
)

// trouble plays what stood in the way (KH:VI): told by teams and communes, most of it answered, some of it late.
func (p *player) trouble() error {
	police, ok := p.who["congan"]
	if !ok {
		return nil
	}
	defer p.at(demoDay, demoHour)
	told := []struct {
		days           int // before the demo's day
		code, category string
		text           string
		people         int
		answer         string
		keep           bool
	}{
		{30, "25330", "mang", "Sóc Ba Lung không có sóng 4G, không cài được VNeID tại nhà. Đã thử hai nhà mạng.", 140, "Dùng wifi của nhà văn hóa sóc mỗi tối thứ ba, thứ năm; Viettel đưa trạm phát lưu động từ ngày 10/5.", true},
		{26, "25345", "vneid", "Mã kích hoạt quá 7 ngày nên hết hạn, nhiều người không biết đã được phê duyệt.", 85, "Bấm “Gửi lại mã” trong VNeID; nếu vẫn không được, Công an xã yêu cầu cấp lại mã trên hệ thống.", true},
		{24, "25348", "giay_to", "Ngày sinh trên CCCD khác với sổ hộ khẩu cũ, người dân ngại đi sửa.", 12, "Lấy ngày sinh theo dữ liệu dân cư; trường hợp sai do nhập liệu thì Công an xã lập phiếu DC02 để sửa.", true},
		{20, "25361", "sim_may", "Điểm bán của nhà mạng hết máy 4G giá ưu đãi từ tuần trước.", 60, "Nhà mạng chuyển thêm 40 máy về điểm bán Tân Khai trong tuần này.", false},
		{16, "25357", "kit", "Máy lấy vân tay của điểm cố định đọc chậm, người già phải làm nhiều lần.", 35, "Lau đầu đọc bằng cồn, làm ấm tay trước; đã gửi máy dự phòng.", true},
		{12, "25351", "nguoi_dan", "Một số hộ sợ bị lừa đảo nên không cho xem điện thoại.", 22, "Đi cùng trưởng ấp và Công an xã; không cầm máy của dân, chỉ hướng dẫn từng bước.", true},
		{9, "25339", "luc_luong", "Tổ ấp chỉ còn hai người đi được buổi tối, không kịp chỉ tiêu.", 0, "Đoàn xã cử thêm bốn đoàn viên vào tổ từ ngày 18/5.", false},
		{6, "25330", "vneid", "Điện thoại Android 7 không cài được VNeID.", 30, "", false},
		{4, "25360", "giay_to", "Danh sách có người đã chuyển đi từ năm ngoái.", 9, "", false},
		{2, "25354", "mang", "Mất điện hai buổi nên không kích hoạt được ở nhà văn hóa.", 50, "", false},
		{0, "25342", "sim_may", "SIM đứng tên con, cha mẹ không nhận được mã.", 18, "", false},
	}
	for _, x := range told {
		u := p.tree.ByCode(x.code)
		if u == nil {
			continue
		}
		sender := police
		for login, v := range p.who {
			if v.May("obstacle.send", u.ID) == nil && login == policeOf(u.Name) {
				sender = v
			}
		}
		p.at(demoDay.Add(-x.days), 9*time.Hour)
		n, err := p.app.Obstacles.Send(p.ctx, sender, obstacles.Obstacle{Unit: u.ID, Category: x.category, Text: x.text, People: x.people})
		if err != nil {
			return err
		}
		if x.answer == "" {
			continue
		}
		p.at(demoDay.Add(-x.days+1), 15*time.Hour)
		if err := p.app.Obstacles.Answer(p.ctx, police, n, x.answer, x.keep); err != nil {
			return err
		}
		if x.days > 15 {
			p.at(demoDay.Add(-x.days+5), 10*time.Hour)
			if err := p.app.Obstacles.Close(p.ctx, sender, n); err != nil {
				return err
			}
		}
	}
	return nil
}
