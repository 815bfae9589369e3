package app

import (
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/vn"
)

// demoPassword opens every account of the demo district.
const demoPassword = "bon-phu-2024"

// demoPeople are the district's accounts and those of one commune and hamlet; every commune's police and chair are added.
var demoPeople = []struct{ login, name, role, unit, office string }{
	{"lanhdao", "Nguyễn Quốc Vượng", "district_leader", "694", ""},
	{"congan", "Trần Hữu Nghĩa", "district_police", "694", ""},
	{"vanhoa", "Lê Thị Ngọc Trâm", "information", "694", "vhtt"},
	{"tuyengiao", "Hồ Đức Thành", "information", "694", "tuyengiao"},
	{"taichinh", "Mai Thị Hồng Vân", "finance", "694", "taichinh"},
	{"noivu", "Dương Văn Lâm", "department", "694", "noivu"},
	{"huyendoan", "Thị Mỹ Hạnh", "department", "694", "huyendoan"},
	{"phunu", "Ngô Thị Bích", "department", "694", "phunu"},
	{"nhamang", "Phan Minh Tài", "operator", "694", "viettel"},
	{"vnpt", "Lưu Quốc Bảo", "operator", "694", "vnpt"},
	{"kiemtra", "Đặng Xuân Khôi", "auditor", "694", ""},
	{"quantri", "Võ Thanh Sang", "sysadmin", "694", ""},
	{"totruong", "Điểu Khôn", "team_leader", "25330.01", ""},
	{"thanhvien", "Thị Lượm", "member", "25330.01", ""},
}

// Logins of a commune's police and chair: ca.an-khuong, ct.an-khuong.
func policeOf(commune string) string { return "ca." + slugOf(commune) }
func chairOf(commune string) string  { return "ct." + slugOf(commune) }

func slugOf(name string) string { return strings.ReplaceAll(vn.Fold(name), " ", "-") }

// makeAccounts opens the demo's accounts: no forced change and no second factor, so that a visitor gets in at once. The hamlet of
// the team's leader is not there yet; those accounts come after the list of units.
func (p *player) makeAccounts() error {
	p.who = map[string]access.Viewer{}
	if err := p.reread(); err != nil {
		return err
	}
	hash := access.Hash(demoPassword)
	return p.write("account.manage", "tài khoản mẫu", func(tx *db.Tx) error {
		for _, d := range demoPeople {
			if err := p.account(tx, hash, d.login, d.name, d.role, d.unit, d.office); err != nil {
				return err
			}
		}
		given := []string{"Vinh", "Hạnh", "Thắng", "Liên", "Phước", "Sương", "Toàn", "Duyên", "Lực", "Hiền", "Nhân", "Loan", "Bình"}
		for i, c := range p.district.Communes {
			if err := p.account(tx, hash, policeOf(c.Name), "Phạm Công "+given[i%len(given)], "commune_police", c.Code, "conganxa"); err != nil {
				return err
			}
			if err := p.account(tx, hash, chairOf(c.Name), "Bùi Xuân "+given[(i+5)%len(given)], "commune_chair", c.Code, "ubndxa"); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *player) account(tx *db.Tx, hash, login, name, role, unit, office string) error {
	u := p.tree.ByCode(unit)
	if u == nil { // a hamlet that a list will bring: its commune stands in
		commune, _, _ := strings.Cut(unit, ".")
		u = p.tree.ByCode(commune)
	}
	grants := []access.Grant{{Role: role, Unit: u.ID}}
	offices, err := territory.Offices(tx)
	if err != nil {
		return err
	}
	var at int64
	for _, o := range offices {
		if o.Unit == u.ID && o.Code == office && office != "" {
			at = o.ID
		}
	}
	account, err := access.CreateWith(tx, access.Account{Login: login, Name: name, Office: at, Grants: grants}, hash, false)
	if err != nil {
		return err
	}
	v := access.NewViewer(account, login, name, "demo", grants, p.tree)
	if v.Office = at; at == 0 {
		if v.Office, err = p.app.officeFor(tx, grants); err != nil {
			return err
		}
	}
	p.who[login] = v
	p.accounts = append(p.accounts, DemoAccount{Login: login, Password: demoPassword, Role: role, Unit: u.Code, Name: name + " · " + access.RoleTitle(role) + " · " + u.Title()})
	return nil
}

// settleTeamAccounts moves the accounts of a team to its hamlet, once the list of units has brought it.
func (p *player) settleTeamAccounts(tx *db.Tx) error {
	for i := range p.accounts {
		for _, d := range demoPeople {
			u := p.tree.ByCode(d.unit)
			if p.accounts[i].Login != d.login || u == nil || p.accounts[i].Unit == u.Code {
				continue
			}
			v := p.who[d.login]
			if err := moveGrants(tx, v.Account, u.ID); err != nil {
				return err
			}
			v.Grants = []access.Grant{{Role: d.role, Unit: u.ID}}
			p.who[d.login] = v
			p.accounts[i].Unit = u.Code
			p.accounts[i].Name = d.name + " · " + access.RoleTitle(d.role) + " · " + p.tree.FullName(u.ID)
		}
	}
	return nil
}
