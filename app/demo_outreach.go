package app

import (
	"slices"
	"time"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/id"
	"bonphu/ops/outreach"
)

// talk plays how people were told (KH:I.1, KH:III.1): the library filled and approved, six weeks of activities by offices and communes, some
// planned for days to come, one day past that nobody told of, and hamlets in which nothing was done.
func (p *player) talk() error {
	culture, ok := p.who["vanhoa"]
	chief, ok2 := p.who["tuyengiao"]
	if !ok || !ok2 {
		return nil
	}
	defer p.at(demoDay, demoHour)
	texts, err := p.library(culture, chief)
	if err != nil {
		return err
	}
	for i := range p.district.Communes {
		if err := p.communeTalk(i, texts); err != nil {
			return err
		}
	}
	home := p.tree.Home()
	wide := []struct {
		login, channel, audience, kind string
		first, every                   int
		reach, cost                    int64
	}{
		{"vanhoa", "mang_xa_hoi", "tat_ca", "huong_dan", 2, 7, 8400, 0},
		{"vanhoa", "cong_thong_tin", "tat_ca", "hoi_dap", 4, 14, 1250, 0},
		{"tuyengiao", "chi_bo", "dang_vien", "bao_cao_vien", 5, 21, 640, 0},
		{"huyendoan", "mang_xa_hoi", "hoc_sinh", "huong_dan", 9, 14, 3100, 0},
		{"phunu", "mang_xa_hoi", "tieu_thuong", "to_roi", 13, 14, 1900, 0},
		{"vanhoa", "bang_dien_tu", "tat_ca", "loa", 1, 30, 2500, 3_600_000},
	}
	for _, x := range wide {
		who, ok := p.who[x.login]
		if !ok || home == nil {
			continue
		}
		for n := x.first; n < demoDay.Sub(p.district.Start)+10; n += x.every {
			a := outreach.Activity{Units: []int64{home.ID}, Channel: x.channel, Audience: x.audience, Content: texts[x.kind], Day: p.district.Start.Add(n), Hour: "08:00", Reach: x.reach + int64(137*n%900), Counted: true, Cost: x.cost}
			if err := p.told(who, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// library fills the library: what came with the program, all but two approved, and three texts of offices' own. It gives a text to use by kind.
func (p *player) library(culture, chief access.Viewer) (map[string]int64, error) {
	p.at(p.district.Start.Add(-4), 9*time.Hour)
	if _, err := p.app.Outreach.BringSeeds(p.ctx, culture); err != nil {
		return nil, err
	}
	p.at(p.district.Start.Add(-2), 15*time.Hour)
	list, err := p.app.Outreach.Library(p.ctx, chief, outreach.ContentQuery{State: outreach.Submitted})
	if err != nil {
		return nil, err
	}
	use := map[string]int64{}
	for i := range list {
		if i == len(list)-1 {
			break // one waits
		}
		if err := p.app.Outreach.Decide(p.ctx, chief, list[i].ID, true, ""); err != nil {
			return nil, err
		}
		use[list[i].Kind] = list[i].ID
	}
	own := []struct {
		login, title, kind, language, text string
		days                               int
		approved                           bool
	}{
		{"vanhoa", "Bài loa bằng tiếng S’tiêng: mời bà con đến nhà văn hóa sóc", "loa", "stieng", "Bản tiếng Việt để người đọc dịch tại chỗ.\n\nMời bà con tối thứ năm, 18 giờ 30, đến nhà văn hóa sóc. Tổ công tác giúp cài VNeID và kích hoạt tài khoản. Bà con mang theo thẻ, điện thoại và SIM của mình. Không thu tiền.", 38, true},
		{"congan", "Ba lỗi hay gặp khi kích hoạt và cách xử lý", "hoi_dap", "", "Mã không đến: kiểm tra SIM có đúng số đã đăng ký không.\nMã hết hạn: nhờ Công an xã hướng dẫn lấy lại mã.\nMáy không cài được: kiểm tra bộ nhớ, hoặc dùng máy khác của gia đình.", 20, true},
		{"huyendoan", "Bài đăng: giúp ông bà kích hoạt VNeID trong kỳ nghỉ", "bai_dang", "", "Mỗi đoàn viên giúp một người lớn tuổi trong nhà kích hoạt VNeID. Chỉ mất vài phút, nhưng ông bà đỡ phải mang giấy tờ khi đi khám bệnh.", 2, false},
	}
	for _, x := range own {
		who, ok := p.who[x.login]
		if !ok {
			continue
		}
		p.at(demoDay.Add(-x.days), 10*time.Hour)
		n, err := p.app.Outreach.Compose(p.ctx, who, outreach.Text{Title: x.title, Kind: x.kind, Language: x.language, Text: x.text})
		if err != nil {
			return nil, err
		}
		if err := p.app.Outreach.Submit(p.ctx, who, n); err != nil {
			return nil, err
		}
		if x.approved {
			p.at(demoDay.Add(-x.days+1), 8*time.Hour)
			if err := p.app.Outreach.Decide(p.ctx, chief, n, true, ""); err != nil {
				return nil, err
			}
			use[x.kind+x.language] = n
		}
	}
	return use, nil
}

// told records one activity: done with its figures when its day is past, else planned.
func (p *player) told(who access.Viewer, a outreach.Activity) error {
	a.ID = id.New()
	a.State = outreach.Done
	p.at(a.Day, 17*time.Hour)
	if a.Day >= demoDay {
		a.State = outreach.Planned
		p.at(demoDay.Add(-1), 17*time.Hour)
	}
	_, err := p.app.Outreach.Write(p.ctx, who, a, outreach.Repeat{}, nil)
	return err
}

// communeTalk plays one commune: a loudspeaker for all of it where there is one, meetings and visits in its hamlets. The last hamlets of some
// communes were forgotten.
func (p *player) communeTalk(i int, texts map[string]int64) error {
	c := &p.district.Communes[i]
	u := p.tree.ByCode(c.Code)
	chair, ok := p.who[chairOf(c.Name)]
	police, ok2 := p.who[policeOf(c.Name)]
	if u == nil || !ok || !ok2 {
		return nil
	}
	hamlets := slices.DeleteFunc(p.tree.Children(u.ID, demoDay), func(h *territory.Unit) bool { return h.Provisional })
	days := demoDay.Sub(p.district.Start)
	if i%3 != 2 { // a loudspeaker for the whole commune, later in some, and it stopped in one
		for n := 1 + 5*(i%4); n < days+7; n += 7 {
			if i == 3 && n > days-15 {
				break
			}
			if err := p.told(chair, outreach.Activity{Units: []int64{u.ID}, Channel: "loa", Audience: "tat_ca", Content: texts["loa"], Day: p.district.Start.Add(n), Hour: "17:30", Reach: int64(c.Count) * 420, Note: "Phát hai buổi sáng, chiều."}); err != nil {
				return err
			}
		}
	}
	for j, h := range hamlets {
		if (i%3 == 2 || i == 3) && j%4 == 3 {
			continue // forgotten: no loudspeaker reaches it either
		}
		for n := 3 + (5*j+2*i)%16; n < days+6; n += 11 + (j+i)%9 {
			day := p.district.Start.Add(n)
			a := outreach.Activity{Units: []int64{h.ID}, Channel: "hop_ap", Audience: "tat_ca", Content: texts["huong_dan"], Day: day, Hour: "19:00", Reach: int64(34 + (17*j+11*n)%60), Counted: true, Cost: 200_000}
			who := chair
			switch (j + n) % 6 {
			case 1:
				a.Channel, a.Audience, a.Hour, a.Cost, who = "den_nha", "cao_tuoi", "18:00", 0, police
				a.Reach = int64(9 + n%14)
			case 2:
				a.Channel, a.Content, a.Hour = "nha_van_hoa", texts["hoi_dap"], "18:30"
				if j%2 == 0 {
					a.Audience, a.Language, a.Content = "dong_bao", "stieng", texts["loastieng"]
				}
			case 3:
				a.Channel, a.Content, a.Counted, a.Hour, a.Cost = "pa_no", 0, false, "", 850_000
				a.Reach = int64(150 + 10*(n%20))
			case 4:
				if v, ok := p.who["nhamang"]; ok {
					a.Channel, a.Content, a.Cost, who = "diem_ban", texts["to_roi"], 0, v
				}
			}
			if err := p.told(who, a); err != nil {
				return err
			}
		}
	}
	return p.untold(i, u, chair)
}

// untold leaves plans of days past without a word of what came of them, in two communes, and one that was called off.
func (p *player) untold(i int, u *territory.Unit, chair access.Viewer) error {
	if i != 1 && i != 4 {
		return nil
	}
	p.at(demoDay.Add(-6), 9*time.Hour)
	n, err := p.app.Outreach.Write(p.ctx, chair, outreach.Activity{Units: []int64{u.ID}, Channel: "bang_ron", Audience: "cong_nhan", Day: demoDay.Add(-2), Cost: 1_200_000}, outreach.Repeat{}, nil)
	if err != nil || i == 1 {
		return err
	}
	return p.app.Outreach.Cancel(p.ctx, chair, n, "Khu công nghiệp đổi ca, dời sang tháng sau.", false)
}
