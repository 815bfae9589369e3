package app

import (
	"fmt"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/oversight/report"
)

// reports plays what the communes handed in so far: most in time, some late, some not at all; the district took some over and gave one
// back (KH:V.1). Words are made up, figures are the tally's.
func (p *player) reports() error {
	district, ok := p.who["congan"]
	if !ok {
		return nil
	}
	p.at(demoDay, 10*time.Hour)
	defer p.at(demoDay, demoHour)
	desk := p.app.Reports
	for n, x := range report.Periods(p.app.Plan(), demoDay) {
		if x.Every == "day" || x.Due > demoDay {
			continue
		}
		for c := range p.district.Communes {
			commune := &p.district.Communes[c]
			u := p.tree.ByCode(commune.Code)
			if u == nil || (n+c)%17 == 5 { // nobody wrote this one
				continue
			}
			chair := p.who[chairOf(commune.Name)]
			for i, s := range report.Sections(x) {
				text := demoWords(s.ID, n+c+i)
				if text == "" {
					continue
				}
				if err := desk.Write(p.ctx, chair, x.ID, u.ID, s.ID, text, 0); err != nil {
					return err
				}
			}
			if (n+c)%19 == 7 { // written, never handed in
				continue
			}
			if _, err := desk.Submit(p.ctx, chair, x.ID, u.ID, ""); err != nil {
				return err
			}
			on := x.Due
			if (n+c)%11 == 3 {
				on = min(x.Due.Add(2), demoDay)
			}
			if err := p.handedIn(x.ID, u.ID, on); err != nil {
				return err
			}
			kind, text := "accept", ""
			switch (n + c) % 13 {
			case 4:
				kind, text = "return", "Phần nguyên nhân chưa nêu rõ chủ quan hay khách quan; đề nghị bổ sung."
			case 8, 9:
				continue
			}
			if err := desk.Tell(p.ctx, district, x.ID, u.ID, kind, "", text); err != nil {
				return err
			}
		}
	}
	return nil
}

// handedIn sets back the day on which a demo's report was handed in: the campaign is played in one go.
func (p *player) handedIn(period string, unit int64, on clock.Day) error {
	return p.write("report.submit", "ngày nộp của dữ liệu mẫu", func(tx *db.Tx) error {
		return backdate(tx, period, unit, on, clock.Stamp(on.Time().Add(16*time.Hour+30*time.Minute)))
	})
}

// demoWords are made-up sentences for a section; weekly remarks are often empty.
func demoWords(section string, n int) string {
	pick := func(list ...string) string { return list[n%len(list)] }
	switch section {
	case "direct":
		return pick("Ban hành kế hoạch của xã, kiện toàn các tổ ấp; phân công từng thành viên phụ trách hộ.", "Họp giao ban vào thứ Hai hằng tuần; Chủ tịch UBND xã trực tiếp kiểm tra hai ấp mỗi tuần.", "Phối hợp nhà mạng bố trí cộng tác viên tại nhà văn hóa các ấp.")
	case "strengths":
		return pick("Các tổ bám sát địa bàn, đến từng nhà vào buổi tối khi bà con đi rẫy về.", "Đoàn Thanh niên lập tổ tình nguyện tại chợ, hướng dẫn cài VNeID mỗi sáng thứ Bảy.", "Kích hoạt tài khoản mức 2 tăng nhanh nhờ rà đúng danh sách do Công an xã cung cấp.")
	case "weaknesses":
		return pick("Chữ ký số trên SIM chậm; một số ấp chưa đạt một nửa lộ trình.", "Còn trường hợp tổ báo trước khi tài khoản thực sự kích hoạt, bị danh sách trích xuất bác.", "Hộ đồng bào dân tộc thiểu số chưa có điện thoại thông minh còn nhiều.")
	case "causes":
		return pick("Khách quan: người dân đi làm xa, sóng yếu ở vùng giáp lô cao su. Chủ quan: phân công chưa sát.", "Khách quan: máy cũ không cài được ứng dụng. Chủ quan: cập nhật kết quả chưa kịp thời.")
	case "responsibility":
		return pick("Tổ trưởng các ấp chậm lộ trình chịu trách nhiệm; UBND xã nghiêm túc rút kinh nghiệm.", "Trách nhiệm thuộc Ban chỉ đạo xã và tổ cấp xã.")
	case "next":
		return pick("Tập trung ba ấp thấp nhất trong hai tuần tới; mỗi tối hai tổ cùng một ấp.", "Mời nhà mạng mở điểm lưu động cuối tuần tại nhà văn hóa.")
	case "requests":
		return pick("Đề nghị huyện bố trí thêm một bộ thu nhận lưu động.", "Không.", "Đề nghị nhà mạng bổ sung nguồn điện thoại giá ưu đãi.")
	}
	if n%4 == 0 {
		return fmt.Sprintf("Trong tuần mở thêm %d buổi hướng dẫn buổi tối tại nhà văn hóa ấp.", 1+n%3)
	}
	return ""
}
