package app

import (
	"slices"
	"time"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/ops/duties"
)

// duty plays what the offices did of their duties (KH:I.3, KH:V): most of it in time, some late, some not at all; and what the leaders told them.
func (p *player) duty() error {
	police, ok := p.who["congan"]
	if !ok {
		return nil
	}
	defer p.at(demoDay, demoHour)
	if err := p.pastRuns(); err != nil {
		return err
	}
	var offices []territory.Office
	if err := p.app.DB.Read(p.ctx, func(tx *db.Tx) (err error) {
		offices, err = territory.Offices(tx)
		return err
	}); err != nil {
		return err
	}
	by := map[int64]access.Viewer{}
	for _, v := range p.who {
		if v.Office != 0 && v.MayAnywhere("duty.do") {
			by[v.Office] = v
		}
	}
	said := []string{"Đã làm đủ theo phân công, có sổ theo dõi", "Hoàn thành, kết quả gửi kèm báo cáo tuần", "Đã triển khai tới các ấp, sóc, khu phố", "Đã họp, phân công từng người"}
	for _, o := range offices {
		for i := range p.app.Plan().Duties {
			d := &p.app.Plan().Duties[i]
			if d.Every == "day" || !slices.Contains(d.Offices, o.Code) {
				continue
			}
			for n, t := range duties.Turns(d, p.app.Plan(), "", demoDay) {
				luck := (int(o.Unit%97) + 7*i + 13*n + int(o.ID%31)) % 10
				day := min(t.Due.Add(-1), demoDay)
				switch {
				case t.Due >= demoDay && (luck > 3 || d.Every == ""):
					continue
				case luck == 9:
					continue // nobody did it
				case luck == 8:
					day = min(t.Due.Add(2), demoDay)
				}
				who, ok := by[o.ID]
				if !ok {
					who = police
				}
				p.at(max(day, t.From), 16*time.Hour)
				err := p.app.Duties.Say(p.ctx, who, duties.Word{Office: o.ID, Duty: d.ID, Due: t.Due, Kind: duties.Done, Text: said[(luck+n)%len(said)]})
				if err != nil && !fault.Is(err, fault.Conflict) { // what the program's records show needs no word
					return err
				}
			}
		}
	}
	return p.instructions(offices)
}

// instructions plays three letters of the chairman.
func (p *player) instructions(offices []territory.Office) error {
	boss, ok := p.who["lanhdao"]
	if !ok {
		return nil
	}
	to := func(codes ...string) (out []duties.Recipient) {
		for _, o := range offices {
			if slices.Contains(codes, o.Code) {
				out = append(out, duties.Recipient{Office: o})
			}
		}
		return out
	}
	home := p.tree.Home().ID
	all := to("ubndxa", "conganxa")
	for n, x := range []struct {
		days int
		i    duties.Instruction
		read int // of ten offices
		done int
	}{
		{20, duties.Instruction{Kind: duties.Conclusion, Number: "31/TB-UBND", Title: "Kết luận giao ban tuần 4 đợt cao điểm", Text: "Các xã, thị trấn ưu tiên kích hoạt định danh mức 2 đã được phê duyệt; tổ ấp đi buổi tối ít nhất ba tối mỗi tuần. Công an xã rà soát danh sách người đi làm xa.", Signer: "KT. CHỦ TỊCH – PHÓ CHỦ TỊCH", To: all}, 10, 0},
		{4, duties.Instruction{Kind: duties.Dispatch, Number: "05/CĐ-UBND", Title: "Đẩy nhanh kích hoạt tài khoản định danh điện tử", Text: "Yêu cầu Chủ tịch UBND các xã, thị trấn trực tiếp chỉ đạo các tổ đến từng nhà; báo kết quả về UBND huyện qua Công an huyện trước hạn.", Signer: "CHỦ TỊCH", Due: demoDay.Add(2), To: to("ubndxa")}, 8, 3},
		{1, duties.Instruction{Kind: duties.Reminder, Title: "Chuẩn bị máy 4G ưu đãi cho các điểm bán còn thiếu", Text: "Đề nghị các nhà mạng bổ sung máy cho điểm bán tại các xã đã hết hàng, báo số lượng và ngày giao.", Signer: "CHỦ TỊCH", Due: demoDay.Add(1), To: to("viettel", "vnpt", "mobifone")}, 3, 0},
	} {
		p.at(demoDay.Add(-x.days), 8*time.Hour)
		x.i.Unit = home
		no, err := p.app.Duties.Issue(p.ctx, boss, x.i, nil)
		if err != nil {
			return err
		}
		for k, r := range x.i.To {
			for _, v := range p.who {
				if v.Office != r.Office.ID || !v.MayAnywhere("duty.do") {
					continue
				}
				luck := (k*7 + n) % 10
				p.at(demoDay.Add(-x.days+1), 9*time.Hour)
				if luck < x.read {
					if err := p.app.Duties.Acknowledge(p.ctx, v, no); err != nil {
						return err
					}
				}
				if luck < x.done {
					if err := p.app.Duties.Answer(p.ctx, v, no, "Đã họp các tổ, phân công từng hộ; kết quả cập nhật hằng ngày trên chương trình."); err != nil {
						return err
					}
				}
				break
			}
		}
	}
	for office, login := range map[string]string{"phunu": "phunu", "huyendoan": "huyendoan"} {
		v, ok := p.who[login]
		if !ok {
			continue
		}
		for _, o := range offices {
			if o.Code == office {
				if err := p.app.Duties.Give(p.ctx, v, o.ID, "v8_doanthe", v.Account, "theo dõi chi hội, chi đoàn các xã"); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// firstRun is the first day on which the demo's quotas were given.
func firstRun(from clock.Day) clock.Day { return from.Add(2) }
