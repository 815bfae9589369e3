package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/village"
)

// What the demo district is: its size, the day to which its campaign is played, and the plan it follows.
const (
	DemoResidents = 105_000
	demoSeed      = 2024
	demoVersion   = 1
	demoPlan      = "hon-quan-2024.yaml"
	demoDay       = clock.Day("2024-05-23") // day 46 of 92
	demoHour      = 14*time.Hour + 30*time.Minute
	buildingName  = "demo.building"
)

// DemoAccount is an account of the demo district, printed with its password: nobody in it is real.
type DemoAccount struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Role     string `json:"role"`
	Unit     string `json:"unit"`
	Name     string `json:"name"`
}

// DemoReport is what `bonphu demo --json` prints.
type DemoReport struct {
	Dir       string        `json:"dir"`
	Address   string        `json:"address"`
	Units     int           `json:"units"`
	Residents int           `json:"residents"`
	Accounts  []DemoAccount `json:"accounts"`
	Seconds   float64       `json:"seconds"`
}

// BuildDemo makes the folder a demo district of so many residents, its lists brought through the real intake and half of its
// campaign played. A folder that is a demo already is left as it is; one that holds a real campaign is refused. say is told each
// step.
func BuildDemo(ctx context.Context, dir string, residents int, say func(string)) (*DemoReport, error) {
	began := clock.System()
	report := func(f *demoFile) *DemoReport {
		return &DemoReport{Dir: dir, Units: f.Units, Residents: f.Residents, Accounts: f.Accounts, Seconds: clock.System().Sub(began).Seconds()}
	}
	have, err := readDemo(dir)
	if err != nil {
		return nil, err
	}
	if have != nil && have.Version == demoVersion {
		return report(have), nil
	}
	if err := clearFor(dir, have != nil); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, buildingName), nil, 0o600); err != nil {
		return nil, noFolder(dir)
	}
	c, err := AtFolder(ctx, dir, true)
	if err != nil {
		return nil, err
	}
	play := &player{ctx: ctx, dir: dir, say: say, district: village.Build(demoSeed, village.Options{Residents: residents})}
	play.at(play.district.Start, 6*time.Hour)
	c.Clock, c.Open, c.Bulk = play.clock, true, true
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	if play.app, err = New(ctx, c); err != nil {
		return nil, err
	}
	err = play.all()
	play.app.Close()
	if err != nil {
		return nil, err
	}
	done := demoFile{Now: clock.Stamp(demoDay.Time().Add(demoHour)), Residents: play.residents, Units: play.units, Accounts: play.accounts, Version: demoVersion}
	if err := writeDemo(dir, done); err != nil {
		return nil, err
	}
	_ = os.Remove(filepath.Join(dir, buildingName))
	return report(&done), nil
}

// clearFor empties a folder for a demo, unless it holds something else.
func clearFor(dir string, demo bool) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return noFolder(dir)
	}
	_, building := os.Stat(filepath.Join(dir, buildingName))
	_, database := os.Stat(filepath.Join(dir, databaseName))
	if database == nil && !demo && building != nil {
		return fault.New(fault.Conflict, "app.demo_real", "Thư mục %s đang chứa một đợt cao điểm thật. Hãy chọn thư mục khác cho dữ liệu mẫu.", dir)
	}
	for _, name := range []string{databaseName, databaseName + "-wal", databaseName + "-shm", keyName, demoName} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return noFolder(dir)
		}
	}
	return nil
}

// player builds the demo: it sets the clock and does what the district's people would do.
type player struct {
	ctx       context.Context
	dir       string
	say       func(string)
	app       *App
	district  *village.District
	now       atomic.Int64 // nanoseconds
	tree      *territory.Tree
	who       map[string]access.Viewer // by login
	accounts  []DemoAccount
	persons   map[int64]int64  // blind index of the number → person
	atDoors   []coverage.Event // claims of the last days
	residents int
	units     int
}

func (p *player) clock() time.Time { return time.Unix(0, p.now.Load()) }

// at sets the clock to an hour of a day of the campaign.
func (p *player) at(day clock.Day, hour time.Duration) { p.now.Store(day.Time().Add(hour).UnixNano()) }

func (p *player) all() error {
	text, err := plan.Shipped(demoPlan)
	if err != nil {
		return err
	}
	if err := p.app.Begin(p.ctx, access.System("dữ liệu mẫu"), demoPlan, text); err != nil {
		return err
	}
	steps := []struct {
		what string
		do   func() error
	}{
		{"Tạo tài khoản", p.makeAccounts},
		{"Đưa danh sách vào", p.bringLists},
		{"Ghi tình trạng công dân", p.tellFacts},
		{"Diễn nửa đầu đợt cao điểm", p.playHalf},
		{"Danh sách cán bộ", p.bringRosters},
		{"Sổ hồ sơ thu nhận", p.dossiers},
		{"Ưu đãi, đơn đăng ký", p.aids},
		{"Tính số liệu", p.count},
		{"Kế hoạch của các xã", p.communePlans},
		{"Giao chỉ tiêu", p.plan},
		{"Đi từng nhà", p.visits},
		{"Đơn đăng ký từ các phiếu", p.ordersOfVisits},
		{"Phân công, cuốn chiếu", p.teamwork},
		{"Phiếu từ điện thoại chờ xử lý", p.heldSlips},
		{"Giải trình và kết luận sai lệch", p.hearings},
		{"Khó khăn, vướng mắc", p.trouble},
		{"Tuyên truyền", p.talk},
		{"Kinh phí", p.funds},
		{"Nhiệm vụ của các cơ quan", p.duty},
		{"Điểm thu nhận hồ sơ", p.collection},
		{"Kiểm tra xác suất", p.inspections},
		{"Cán bộ nêu gương", p.examples},
		{"Báo cáo của các xã", p.reports},
		{"Xét thi đua đợt 1", p.rounds},
		{"Thư nhắc việc", p.letters},
	}
	for _, s := range steps {
		from := clock.System()
		if err := s.do(); err != nil {
			return fmt.Errorf("demo: %s: %w", s.what, err)
		}
		if p.say != nil {
			p.say(fmt.Sprintf("%s: xong (%.1f giây)", s.what, clock.System().Sub(from).Seconds()))
		}
		if err := p.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// count tells every figure from the ledger, once for all that was brought and claimed (law C4: the order does not matter).
func (p *player) count() error {
	p.at(demoDay, nightAt)
	return p.app.Book.Rebuild(p.ctx, access.System("dữ liệu mẫu"), nil)
}

// plan does the night's work of the day on which the demo stands.
func (p *player) plan() error {
	p.at(demoDay, nightAt)
	err := p.app.Night(p.ctx, access.System("việc hằng đêm"))
	p.at(demoDay, demoHour)
	return err
}

// reread reads the tree anew and gives every account its view of it.
func (p *player) reread() error {
	p.app.Door.Changed()
	tree, err := p.app.Door.Tree(p.ctx)
	if err != nil {
		return err
	}
	p.tree, p.units = tree, len(tree.All())
	for login, v := range p.who {
		p.who[login] = v.On(tree)
	}
	return nil
}

// write runs one of the demo's own bulk changes.
func (p *player) write(verb access.Verb, note string, fn func(tx *db.Tx) error) error {
	act := access.System("dữ liệu mẫu").Act(verb, 0, "demo", note)
	return p.app.DB.WriteLong(p.ctx, &act, fn)
}
