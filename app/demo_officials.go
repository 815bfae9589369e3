package app

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"bonphu/core/access"
	"bonphu/core/intake"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/village"
	"bonphu/internal/workbook"
	"bonphu/ops/officials"
)

// rosterDay is when the agencies hand their lists in.
const rosterDay = clock.Day("2024-04-22")

var districtAgencies = []string{"Văn phòng Huyện ủy", "Văn phòng HĐND và UBND huyện", "Công an huyện", "Ban Chỉ huy Quân sự huyện", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Giáo dục và Đào tạo", "Phòng Văn hóa và Thông tin",
	"Phòng Lao động - Thương binh và Xã hội", "Huyện đoàn", "Hội Liên hiệp Phụ nữ huyện", "Liên đoàn Lao động huyện"}

var (
	districtPosts = []string{"Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Chuyên viên", "Chuyên viên", "Văn thư", "Kế toán"}
	communePosts  = []string{"Chủ tịch", "Phó Chủ tịch", "Công chức tư pháp - hộ tịch", "Công chức văn hóa - xã hội", "Công chức địa chính", "Trưởng Công an xã", "Chỉ huy trưởng Quân sự", "Bí thư Đoàn xã"}
)

// bringRosters has the agencies hand in their officials: made-up residents of the district, most with a number (KH:IV.1.c).
func (p *player) bringRosters() error {
	defer p.at(demoDay, nightAt)
	var grown []village.Person
	taken := map[int]int{} // by commune
	err := p.district.Each(func(x *village.Person) error {
		c := p.district.Hamlets[x.Hamlet].Commune
		if x.Index%17 == 3 && x.Day != 0 && x.Year >= 1966 && x.Year <= 1998 && x.Fact.Kind == "" && taken[c] < 18 {
			taken[c]++
			grown = append(grown, *x)
		}
		return nil
	})
	if err != nil || len(grown) == 0 {
		return err
	}
	var above, below [][]any
	inCommune := map[int]int{}
	for i, x := range grown {
		c := p.district.Hamlets[x.Hamlet].Commune
		inCommune[c]++
		if n := inCommune[c]; n <= len(communePosts) {
			commune := p.district.Communes[c]
			agency := "UBND " + commune.Title()
			if n == 6 {
				agency = "Công an " + commune.Title()
			}
			below = append(below, p.rosterRow(&x, i, agency, communePosts[n-1]))
			continue
		}
		above = append(above, p.rosterRow(&x, i, districtAgencies[len(above)%len(districtAgencies)], districtPosts[len(above)/len(districtAgencies)%len(districtPosts)]))
	}
	for i, l := range []struct {
		name string
		rows [][]any
	}{{"can-bo-khoi-huyen.xlsx", above}, {"can-bo-khoi-xa.xlsx", below}} {
		p.at(rosterDay, 9*time.Hour+time.Duration(i)*10*time.Minute)
		path := filepath.Join(p.dir, listsName, l.name)
		if err := writeRoster(path, l.rows); err != nil {
			return err
		}
		if err := p.bring(village.File{Name: l.name, Path: path, Kind: intake.KindOfficials, Unit: "694", AsOf: rosterDay}); err != nil {
			return err
		}
	}
	return p.portalList(grown)
}

// portalDay is when the portals' own office sends what it has.
const portalDay = clock.Day("2024-05-15")

// portalList has the portals' own office confirm some of the sign-ins (law C2).
func (p *player) portalList(grown []village.Person) error {
	p.at(portalDay, 9*time.Hour)
	b := workbook.Sheet{Name: "Trích xuất", Head: []string{"TRÍCH XUẤT TÀI KHOẢN ĐÃ ĐĂNG NHẬP CỔNG DỊCH VỤ CÔNG"}, Columns: []workbook.Column{{Title: "STT", Kind: workbook.Int}, {Title: "Họ và tên", Width: 26}, {Title: "Ngày sinh", Width: 12}, {Title: "Số CCCD", Width: 16},
		{Title: "Đăng nhập Cổng DVC quốc gia"}, {Title: "Đăng nhập Cổng DVC tỉnh"}}}
	for i, x := range grown {
		if x.Path.At(p.district.DayNumber(portalDay)).Active && i%3 == 0 {
			local := "x"
			if i%4 == 3 {
				local = ""
			}
			b.Rows = append(b.Rows, []any{int64(len(b.Rows) + 1), x.Name, x.Birth(), x.Number, "x", local})
		}
	}
	if len(b.Rows) == 0 {
		return nil
	}
	const name = "trich-xuat-cong-dvc.xlsx"
	path := filepath.Join(p.dir, listsName, name)
	if err := writeBook(path, workbook.Book{Title: "Trích xuất Cổng dịch vụ công", Sheets: []workbook.Sheet{b}}); err != nil {
		return err
	}
	return p.bring(village.File{Name: name, Path: path, Kind: intake.KindPortal, Unit: "694", AsOf: portalDay})
}

// rosterRow is what an agency writes of one of its own: mostly true, some without a number, a few ahead of what is so.
func (p *player) rosterRow(x *village.Person, i int, agency, post string) []any {
	mark := func(yes bool) any {
		if yes {
			return "x"
		}
		return ""
	}
	s := x.Path.At(p.district.DayNumber(rosterDay))
	number := x.Number
	if i%14 == 5 {
		number = ""
	}
	return []any{int64(i + 1), x.Name, number, x.Birth(), post, agency, mark(s.Owner && s.Sign || i%9 == 4), mark(s.Device == "4G" || i%11 == 2), mark(s.Active && i%5 != 1), mark(s.Active && i%5 != 1 && i%3 != 2)}
}

func writeRoster(path string, rows [][]any) error {
	b := workbook.Book{Title: "Danh sách cán bộ", Sheets: []workbook.Sheet{{Name: "Danh sách", Head: []string{"DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC, LỰC LƯỢNG VŨ TRANG", "Thực hiện ba điều kiện tại mục IV.1.c"}, Rows: rows,
		Columns: []workbook.Column{{Title: "TT", Kind: workbook.Int}, {Title: "Họ và tên", Width: 26}, {Title: "Số CCCD", Width: 16}, {Title: "Ngày sinh", Width: 12}, {Title: "Chức vụ", Width: 24}, {Title: "Đơn vị công tác", Width: 34}, {Title: "SIM chính chủ + CKS"}, {Title: "Điện thoại 4G"},
			{Title: "Đăng nhập Cổng DVC quốc gia"}, {Title: "Đăng nhập Cổng DVC tỉnh"}}}}}
	return writeBook(path, b)
}

func writeBook(path string, b workbook.Book) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := b.Write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// examples has officials guide citizens (KH:IV.1.d), some sign-ins verified by the police, and one official with an account.
func (p *player) examples() error {
	police, ok := p.who["congan"]
	if !ok {
		return nil
	}
	p.at(demoDay, 10*time.Hour)
	defer p.at(demoDay, demoHour)
	board, err := p.app.Officials.Board(p.ctx, police, p.tree.ByCode("694").ID)
	if err != nil {
		return err
	}
	var list []officials.Line
	first := int64(0)
	for _, g := range board.Agencies {
		_, _, lines, err := p.app.Officials.Agency(p.ctx, police, g.ID)
		if err != nil {
			return err
		}
		if g.Name == "Phòng Văn hóa và Thông tin" && len(lines) > 0 {
			first = lines[0].ID
		}
		list = append(list, lines...)
	}
	if len(list) == 0 {
		return nil
	}
	if first == 0 {
		first = list[0].ID
	}
	for i := range list {
		if o := &list[i]; i%4 == 1 && o.Portals == [2]officials.Met{officials.Claimed, officials.Claimed} {
			for _, portal := range officials.Portals() {
				if err := p.app.Officials.VerifyPortal(p.ctx, police, o.ID, portal, demoDay.Add(-3), "xem màn hình tài khoản trên máy của cán bộ"); err != nil {
					return err
				}
			}
		}
	}
	if err := p.guide(police, list, first); err != nil {
		return err
	}
	return p.exampleAccount(police, list, first)
}

// guide has every official guide between none and a dozen citizens, the one with an account seven.
func (p *player) guide(police access.Viewer, list []officials.Line, first int64) error {
	var asks []officials.Ask
	today := p.district.DayNumber(demoDay)
	err := p.district.Each(func(x *village.Person) error {
		day := int(x.Path.Active)
		switch {
		case len(asks) >= 6*len(list) || x.Path.Level == 0:
			return nil
		case day > today-25 && day < today:
		case x.Index%4 == 2 && day > today: // guided, nothing to be seen of it yet
			day = today - x.Index%9
		default:
			return nil
		}
		asks = append(asks, officials.Ask{Number: x.Number, Name: x.Name, What: []string{officials.Level2, officials.Level1, officials.Install}[x.Index%3], Day: p.district.Start.Add(day), Consent: true})
		return nil
	})
	if err != nil {
		return err
	}
	return p.write("officials.credit", "người dân được hướng dẫn", func(tx *db.Tx) error {
		next := 0
		slices.SortStableFunc(list, func(x, y officials.Line) int { // whose list is shown to visitors comes first
			switch first {
			case x.ID:
				return -1
			case y.ID:
				return 1
			}
			return 0
		})
		for i := range list {
			n := []int{3, 12, 0, 6, 10, 1, 8, 5}[i%8]
			if list[i].ID == first {
				n = 7
			}
			for ; n > 0 && next < len(asks); n-- {
				err := p.app.Officials.CreditFor(tx, police, list[i].ID, asks[next])
				if _, told := fault.As(err); err != nil && !told { // who is not in the register, or was active before, is passed over
					return err
				}
				next++
			}
		}
		return nil
	})
}

// exampleAccount lets one official sign in.
func (p *player) exampleAccount(police access.Viewer, list []officials.Line, first int64) error {
	for i := range list {
		if list[i].ID != first {
			continue
		}
		hash := access.Hash(demoPassword)
		if err := p.write("account.manage", "tài khoản cán bộ", func(tx *db.Tx) error {
			return p.account(tx, hash, "canbo", list[i].Name, "official", "694", "")
		}); err != nil {
			return err
		}
		return p.app.Officials.LinkAccount(p.ctx, police, first, p.who["canbo"].Account)
	}
	return nil
}
