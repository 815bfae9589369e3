package emulation

import (
	"context"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Tier is what is ranked: like is compared with like (law J3).
type Tier string

// Tiers of a table of ranks.
const (
	Communes Tier = "commune"
	Hamlets  Tier = "hamlet"
	Teams    Tier = "team"
	Agencies Tier = "agency"
	Persons  Tier = "person"
)

// Tiers lists them in the order of their tabs.
func Tiers() []Tier { return []Tier{Communes, Hamlets, Teams, Agencies, Persons} }

// TierTitle names a tier for people.
func TierTitle(t Tier) string {
	switch t {
	case Communes:
		return "Xã, thị trấn"
	case Hamlets:
		return "Ấp, sóc, khu phố"
	case Teams:
		return "Tổ công tác"
	case Agencies:
		return "Cơ quan"
	case Persons:
		return "Cá nhân"
	}
	return ""
}

// ParseTier reads a tier; "" is the communes.
func ParseTier(s string) (Tier, error) {
	if s == "" {
		return Communes, nil
	}
	if TierTitle(Tier(s)) == "" {
		return "", fault.New(fault.Invalid, "emulation.tier", "Không có bảng thi đua “%s”. Hãy chọn commune (xã), hamlet (ấp), team (tổ), agency (cơ quan) hoặc person (cá nhân).", s).On("tier")
	}
	return Tier(s), nil
}

// Lacking says in a sentence what a tier cannot be judged on yet; "" when all is there.
func Lacking(t Tier) string {
	switch t {
	case Hamlets:
		return "Lịch báo cáo giao cho cấp xã; ấp, sóc, khu phố không có báo cáo riêng nên không xét việc báo cáo."
	case Teams:
		return "Chỉ tiêu của tổ là tổng số đã giao hằng ngày; chỉ tính trường hợp tổ báo từ ngày được giao và trích xuất đã xác nhận. Người được xác nhận mà không qua tổ báo không tính cho tổ nào."
	case Agencies:
		return "Xếp theo danh sách cán bộ của từng cơ quan: cán bộ được xác nhận đủ SIM, điện thoại 4G, tài khoản (mục IV.1.c) và người dân đã hướng dẫn được xác nhận (mục IV.1.d). Bảng để theo dõi, chưa chốt thành đợt xét."
	case Persons:
		return "Kế hoạch chưa giao chỉ tiêu cho từng thành viên nên không xếp hạng cá nhân; bảng chỉ nêu số trường hợp đã báo và được xác nhận theo tài khoản, để làm căn cứ đề xuất."
	}
	return ""
}

// Ranks is a table of ranks as of a day. List holds only what the asker may see; the ranks are those among all Of.
type Ranks struct {
	Tier       Tier
	Day        clock.Day
	Thresholds Thresholds
	Calendar   bool
	List       []Verdict
	Of         int
	Lacking    string
}

// Ranks judges a tier as of a day ("" for today). The asker needs emulation.see on a unit to read its verdict. (KH:IV.2.b; law J3)
func (b *Book) Ranks(ctx context.Context, who access.Viewer, tier Tier, day clock.Day) (*Ranks, error) {
	if !who.MayAnywhere("emulation.see") {
		return nil, who.May("emulation.see", 0)
	}
	r, err := b.judge(ctx, who, tier, day)
	if err != nil {
		return nil, err
	}
	r.List = visible(who, r.List)
	return r, nil
}

// judge ranks everybody of a tier, whatever the asker may see of it.
func (b *Book) judge(ctx context.Context, who access.Viewer, tier Tier, day clock.Day) (*Ranks, error) {
	p := b.Plan()
	if p == nil {
		return nil, fault.New(fault.Missing, "emulation.no_plan", "Chưa có kế hoạch nên chưa xét thi đua.")
	}
	r := &Ranks{Tier: tier, Thresholds: ThresholdsOf(p), Lacking: Lacking(tier)}
	list, calendar, day, err := b.evidence(ctx, who, tier, day)
	if err != nil {
		return nil, err
	}
	r.Day, r.Calendar, r.List, r.Of = day, calendar, JudgeAll(list, r.Thresholds), len(list)
	return r, nil
}

// visible keeps what the viewer may see.
func visible(who access.Viewer, list []Verdict) []Verdict {
	var out []Verdict
	for _, v := range list {
		if who.May("emulation.see", v.Evidence.Unit) == nil {
			out = append(out, v)
		}
	}
	return out
}

// evidence gathers what a tier is judged on. The program itself reads, because ranks need all units; what is shown is cut by visible.
func (b *Book) evidence(ctx context.Context, who access.Viewer, tier Tier, day clock.Day) (list []Evidence, calendar bool, on clock.Day, err error) {
	var tree *territory.Tree
	err = b.DB.Read(ctx, func(tx *db.Tx) error {
		if on = tx.Today(); day != "" && day < on {
			on = day
		}
		if tree, err = territory.Given(tx, who.Tree()); err != nil {
			return err
		}
		switch tier {
		case Communes:
			list, err = b.units(tx, tree, territory.TierCommune, on)
		case Hamlets:
			list, err = b.units(tx, tree, territory.TierHamlet, on)
		case Teams:
			list, err = b.teams(tx, tree, on)
		case Agencies:
			list, err = b.agencies(tx, tree, on)
		case Persons:
			list, err = b.persons(tx, on)
		}
		return err
	})
	if err != nil {
		return nil, b.Reporting != nil, on, err
	}
	self := access.System("thi đua").On(tree)
	if tier == Communes {
		if calendar, err = b.reporting(ctx, self, list, on); err != nil {
			return nil, false, on, err
		}
	} else {
		calendar = true
		for i := range list {
			list[i].Calendar = true
		}
	}
	if tier == Communes || tier == Hamlets {
		err = b.refuted(ctx, self, list, on)
	}
	return list, calendar, on, err
}

// reporting adds how each kept the calendar; false when there is none.
func (b *Book) reporting(ctx context.Context, self access.Viewer, list []Evidence, day clock.Day) (bool, error) {
	if b.Reporting == nil {
		return false, nil
	}
	kept, err := b.Reporting(ctx, self, day)
	if err != nil || kept == nil {
		return false, err
	}
	for i := range list {
		list[i].Calendar, list[i].Reporting = true, kept[list[i].Unit]
	}
	return true, nil
}

// judged lists a plan's targets that people of the register count towards; those of officials need the agencies' lists.
func judged(p *plan.Plan) []*plan.Target {
	var out []*plan.Target
	for i := range p.Targets {
		if p.Targets[i].Basis != plan.BasisOfficials {
			out = append(out, &p.Targets[i])
		}
	}
	return out
}
