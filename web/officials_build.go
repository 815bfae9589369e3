package web

import (
	"net/url"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/internal/workbook"
	"bonphu/ops/officials"
)

const officialsHref = "/can-bo"

func metPill(name string, m officials.Met) MetPill {
	kind := ""
	switch m {
	case officials.Confirmed:
		kind = "good"
	case officials.Verified, officials.Claimed:
		kind = "note"
	case officials.Denied:
		kind = "bad"
	case officials.None:
		kind = "warn"
	}
	return MetPill{name, officials.MetTitle(m), kind}
}

// metCells counts each condition of a sum, all of them together last.
func metCells(s *officials.Sum, heads []string) []MetCell {
	var out []MetCell
	for i := range heads {
		at := i
		if i == len(heads)-1 {
			at = -1
		}
		confirmed, verified, claimed := s.AtLeast(at, officials.Confirmed), s.AtLeast(at, officials.Verified), s.AtLeast(at, officials.Claimed)
		out = append(out, MetCell{heads[i], int64(confirmed), int64(verified - confirmed), int64(claimed - verified), int64(s.Officials)})
	}
	return out
}

func metHeads(list []officials.Condition) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Short)
	}
	return append(out, "Đủ ba điều kiện")
}

func agencyRow(s *officials.Sum, heads []string) AgencyRow {
	return AgencyRow{Officials: int64(s.Officials), Linked: int64(s.Linked), Cells: metCells(s, heads), Credits: int64(s.Credits.Counted), Asked: int64(s.Credits.N),
		Waiting: int64(s.Credits.Recorded - s.Credits.Counted), Reached: int64(s.Reached)}
}

// officialStats are the figures over a board or a roster.
func officialStats(s *officials.Sum, n int) []Stat {
	of := func(part int) string { return vn.Int(int64(part)) + " / " + vn.Int(int64(s.Officials)) + " người" }
	out := []Stat{
		{Label: "Cán bộ trong danh sách", Value: vn.Int(int64(s.Officials)), Note: vn.Int(int64(s.Linked)) + " đã đối chiếu sổ dân cư"},
		{Label: "Xác nhận SIM, 4G, tài khoản", Value: vn.Percent(int64(s.Target), int64(s.Officials)), Note: of(s.Target)},
		{Label: "Đủ ba điều kiện, kể cả lời khai", Value: vn.Percent(int64(s.AtLeast(-1, officials.Claimed)), int64(s.Officials)), Note: of(s.AtLeast(-1, officials.Claimed))},
	}
	if n > 0 {
		out = append(out, Stat{Label: "Người dân đã hướng dẫn, xác nhận", Value: vn.Percent(int64(s.Credits.Counted), int64(s.Credits.N)), Note: vn.Int(int64(s.Credits.Counted)) + " / " + vn.Int(int64(s.Credits.N)) + " · chờ " + vn.Int(int64(s.Credits.Recorded-s.Credits.Counted))},
			Stat{Label: "Đạt chỉ tiêu " + vn.Int(int64(n)) + " người", Value: vn.Percent(int64(s.Reached), int64(s.Officials)), Note: of(s.Reached)})
	}
	return out
}

// officialsBoard reads the board asked for, less the agencies that the filters leave out.
func (a *Ask) officialsBoard() (*Officials, *officials.Board, error) {
	u, err := a.askedUnit("officials.see")
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, nil, err
	}
	board, err := a.Officials.Board(a.Ctx(), a.Who, u.ID)
	if err != nil {
		return nil, nil, err
	}
	s := &Officials{Units: a.unitChoices("officials.see", u.ID), Unit: u.Code, Text: a.R.FormValue("tim"), Heads: metHeads(board.Conditions), N: int64(board.N),
		MayManage: a.Who.May("officials.manage", u.ID) == nil, MayBring: a.Who.MayAnywhere("intake.bring"),
		None: Empty{Icon: "account", Title: "Chưa có cơ quan nào", Text: "Nhập danh sách cán bộ, công chức, viên chức của các cơ quan (.xlsx): mỗi dòng một người, có đơn vị công tác, chức vụ, số định danh."}}
	s.Title, s.Area, s.Lead = "Cán bộ nêu gương", officialsHref, u.Title()+": ba điều kiện của từng cán bộ (mục IV.1.c) và người dân đã hướng dẫn (mục IV.1.d), tính đến "+board.Day.Vi()+"."
	if s.MayBring {
		s.None.Href, s.None.Do = "/danh-sach", "Nhập danh sách"
	}
	kind := a.R.FormValue("loai")
	seen := map[string]bool{}
	for _, g := range board.Agencies {
		if !seen[g.Kind] {
			seen[g.Kind] = true
			s.Kinds = append(s.Kinds, Choice{g.Kind, officials.KindTitle(g.Kind), g.Kind == kind && kind != ""})
		}
	}
	board.Agencies = slices.DeleteFunc(board.Agencies, func(g officials.Agency) bool {
		return kind != "" && g.Kind != kind || s.Text != "" && !strings.Contains(vn.Fold(g.Name), vn.Fold(s.Text))
	})
	s.Sheet = officialsHref + "/xlsx?" + url.Values{"don_vi": {u.Code}, "loai": {kind}, "tim": {s.Text}}.Encode()
	return s, board, nil
}

func (a *Ask) officialsScreen() (*Officials, error) {
	s, board, err := a.officialsBoard()
	if err != nil {
		return nil, err
	}
	for i := range board.Agencies {
		g := &board.Agencies[i]
		row := agencyRow(g.Sum, s.Heads)
		row.Name, row.Href, row.Kind = g.Name, officialsHref+"/"+id.String(g.ID), officials.KindTitle(g.Kind)
		if u := a.Who.Tree().ByID(g.Unit); u != nil {
			row.Place = u.Title()
		}
		s.Rows = append(s.Rows, row)
	}
	if board.Total.Officials > 0 {
		s.Stats = officialStats(board.Total, board.N)
		if sum := agencyRow(board.Total, s.Heads); s.Text == "" && a.R.FormValue("loai") == "" {
			s.Sum = &sum
		}
	}
	if len(s.Rows) == 0 && len(s.Kinds) > 0 {
		s.None = Empty{Icon: "filter", Title: "Không có cơ quan nào khớp", Text: "Bỏ bớt điều kiện lọc để xem các cơ quan khác."}
	}
	return s, nil
}

func showOfficials(a *Ask) error {
	s, err := a.officialsScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// officialsSheet is the board as a workbook.
func officialsSheet(a *Ask) error {
	s, board, err := a.officialsBoard()
	if err != nil {
		return err
	}
	w := workbook.Sheet{Name: "Cơ quan", Head: []string{s.Title, s.Lead}, Total: true, Columns: []workbook.Column{{Title: "Cơ quan", Width: 38}, {Title: "Địa bàn", Width: 20}, {Title: "Cán bộ", Kind: workbook.Int}, {Title: "Đã đối chiếu", Kind: workbook.Int}}}
	for _, h := range s.Heads {
		n := len(w.Columns)
		w.Columns = append(w.Columns, workbook.Column{Title: "Xác nhận", Group: h, Kind: workbook.Int}, workbook.Column{Title: "Kiểm chứng", Group: h, Kind: workbook.Int}, workbook.Column{Title: "Tự khai", Group: h, Kind: workbook.Int},
			workbook.Column{Title: "Tỷ lệ", Group: h, Kind: workbook.Percent, Of: [2]int{n, 2}})
	}
	n := len(w.Columns)
	w.Columns = append(w.Columns, workbook.Column{Title: "Chỉ tiêu", Group: "Hướng dẫn người dân", Kind: workbook.Int}, workbook.Column{Title: "Xác nhận", Group: "Hướng dẫn người dân", Kind: workbook.Int},
		workbook.Column{Title: "Chờ", Group: "Hướng dẫn người dân", Kind: workbook.Int}, workbook.Column{Title: "Tỷ lệ", Group: "Hướng dẫn người dân", Kind: workbook.Percent, Of: [2]int{n + 1, n}})
	for i := range board.Agencies {
		g := &board.Agencies[i]
		r := agencyRow(g.Sum, s.Heads)
		place := ""
		if u := a.Who.Tree().ByID(g.Unit); u != nil {
			place = u.Title()
		}
		row := []any{g.Name, place, r.Officials, r.Linked}
		for _, c := range r.Cells {
			row = append(row, c.Confirmed, c.Verified, c.Claimed, nil)
		}
		w.Rows = append(w.Rows, append(row, r.Asked, r.Credits, r.Waiting, nil))
	}
	book := workbook.Book{Title: s.Title, Notes: []string{"Số liệu đến " + board.Day.Vi() + ". Chỉ số đã xác nhận được tính; kiểm chứng và tự khai đứng cạnh."}, Sheets: []workbook.Sheet{w}}
	a.attach("can-bo-neu-guong-"+string(board.Day)+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return book.Write(a.W)
}

// addAgency makes an agency by hand.
func addAgency(a *Ask) error {
	s, err := a.officialsScreen()
	if err != nil {
		return err
	}
	u, err := a.askedUnit("officials.manage")
	if err != nil {
		return err
	}
	n, err := a.Officials.AddAgency(a.Ctx(), a.Who, u.ID, a.Post("agency"))
	if err != nil {
		return Again(s, err)
	}
	return a.Go(officialsHref + "/" + id.String(n))
}

func (a *Ask) agencyInPath() (int64, error) {
	n, err := id.Parse(a.R.PathValue("agency"))
	if err != nil {
		return 0, fault.New(fault.Missing, "web.no_agency", "Không có cơ quan này.")
	}
	return n, nil
}

func (a *Ask) agencyScreen() (*AgencySheet, error) {
	n, err := a.agencyInPath()
	if err != nil {
		return nil, err
	}
	if _, err := a.campaignPlan(); err != nil {
		return nil, err
	}
	g, board, lines, err := a.Officials.Agency(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, err
	}
	s := &AgencySheet{Href: officialsHref + "/" + id.String(n), Stats: officialStats(g.Sum, board.N), MayManage: a.Who.May("officials.manage", g.Unit) == nil, MayOpen: a.Who.May("account.manage", g.Unit) == nil, Today: string(board.Day),
		None: Empty{Icon: "account", Title: "Chưa có cán bộ nào", Text: "Nhập danh sách của cơ quan, hoặc thêm từng người ở dưới."}}
	place := ""
	if u := a.Who.Tree().ByID(g.Unit); u != nil {
		place = u.Title()
	}
	s.Title, s.Area, s.Lead = g.Name, officialsHref, officials.KindTitle(g.Kind)+" · "+place+" · tính đến "+board.Day.Vi()
	s.Crumbs = []Crumb{{"Cán bộ nêu gương", officialsHref}, {g.Name, ""}}
	for _, c := range board.Conditions {
		s.Heads = append(s.Heads, c.Short)
	}
	for i := range lines {
		l := &lines[i]
		row := OfficialRow{ID: id.String(l.ID), Name: l.Name, Birth: people.BirthTitle(l.Birth), Position: l.Position, Number: l.Number.Mask(), Phone: l.Phone.Mask(), Home: l.Home, Linked: l.Person != 0, Account: l.Account != 0,
			National: metPill("Quốc gia", l.Portals[0]), Provincial: metPill("Tỉnh", l.Portals[1]), Counted: int64(l.Tally.Counted), Waiting: int64(l.Tally.Recorded - l.Tally.Counted), N: int64(l.Tally.N), Suggest: loginFor(l.Name)}
		for k, m := range l.Met {
			row.Met = append(row.Met, metPill(board.Conditions[k].Short, m))
		}
		s.Rows = append(s.Rows, row)
	}
	s.choose(a.Query("nguoi"))
	return s, nil
}

// choose opens the forms of one official, for whoever keeps the roster.
func (s *AgencySheet) choose(ref string) {
	for i := range s.Rows {
		if s.MayManage && s.Rows[i].ID == ref {
			s.Wrong, s.Chosen = ref, &s.Rows[i]
		}
	}
}

// loginFor makes a login from a name as offices do: the given name, then the initials: "cb.on.vt".
func loginFor(name string) string {
	words := strings.FieldsFunc(vn.Fold(name), func(r rune) bool { return r < 'a' || r > 'z' })
	if len(words) == 0 {
		return "cb."
	}
	last := len(words) - 1
	short := ""
	for _, w := range words[:last] {
		short += w[:1]
	}
	return strings.TrimSuffix("cb."+words[last]+"."+short, ".")
}

func showAgency(a *Ask) error {
	s, err := a.agencyScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// addOfficial puts somebody on the roster by hand.
func addOfficial(a *Ask) error {
	s, err := a.agencyScreen()
	if err != nil {
		return err
	}
	n, err := a.agencyInPath()
	if err != nil {
		return err
	}
	if _, err := a.Officials.Add(a.Ctx(), a.Who, officials.Official{Office: n, Name: a.Post("name"), Birth: a.Post("birth"), Position: a.Post("position"), Number: people.Number(strings.ReplaceAll(a.Post("number"), " ", ""))}); err != nil {
		return Again(s, err)
	}
	return a.Go(s.Href)
}

// onOfficial runs one change of an official, named by the form's field "what".
func onOfficial(a *Ask) error {
	s, err := a.agencyScreen()
	if err != nil {
		return err
	}
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return fault.New(fault.Missing, "web.no_official", "Không có cán bộ này.")
	}
	if s.choose(id.String(n)); s.Chosen == nil {
		return fault.New(fault.Missing, "web.no_official", "Không có cán bộ này trong cơ quan.")
	}
	b, day := a.Officials, clock.Day(a.Post("day"))
	switch a.Post("what") {
	case "edit":
		err = b.Edit(a.Ctx(), a.Who, officials.Official{ID: n, Name: a.Post("name"), Position: a.Post("position"), Birth: a.Post("birth")})
	case "link":
		err = b.Link(a.Ctx(), a.Who, n, a.Post("number"))
	case "leave":
		err = b.Leave(a.Ctx(), a.Who, n, day)
	case "portal":
		err = b.VerifyPortal(a.Ctx(), a.Who, n, a.Post("portal"), day, a.Post("evidence"))
	case "unaccount":
		err = b.LinkAccount(a.Ctx(), a.Who, n, 0)
	case "account":
		return a.openOfficial(s, n, s.Chosen.Name)
	default:
		err = fault.New(fault.Invalid, "web.what", "Không rõ việc cần làm; hãy thử lại.")
	}
	if err != nil {
		return Again(s, err)
	}
	if a.Post("what") == "leave" {
		return a.Go(s.Href)
	}
	return a.Go(s.Href + "?" + url.Values{"nguoi": {s.Wrong}}.Encode() + "#sua")
}

// openOfficial opens an account for an official and shows its one-time password on this answer only.
func (a *Ask) openOfficial(s *AgencySheet, official int64, name string) error {
	agency, err := a.agencyInPath()
	if err != nil {
		return err
	}
	g, _, _, err := a.Officials.Agency(a.Ctx(), a.Who, agency)
	if err != nil {
		return err
	}
	if err := a.Who.May("officials.manage", g.Unit); err != nil {
		return err
	}
	account, secret, err := a.Door.Create(a.Ctx(), a.Who, access.Account{Login: a.Post("login"), Name: name, Office: agency, Grants: []access.Grant{{Role: "official", Unit: g.Unit}}})
	if err != nil {
		return Again(s, err)
	}
	if err := a.Officials.LinkAccount(a.Ctx(), a.Who, official, account); err != nil {
		return Again(s, err)
	}
	if s, err = a.agencyScreen(); err != nil {
		return err
	}
	s.Secret, s.Login = secret, strings.ToLower(a.Post("login"))
	return a.Show(s)
}
