// Package localplan is the commune's own plan under the district's: its dates within, its teams, its daily targets and its roadmap,
// in versions, and the sum over all communes beside the district's (KH:V.6).
//
// A plan is data (Spec). It is made from the district's plan and the commune's figures, written as a draft, and issued by the commune's
// chair; what is issued is frozen (law D1) and the allotment follows it from the next planning on. Check says in which points a draft
// contradicts the district's plan; the same is asked of an issued one when denominators move.
package localplan

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/oversight/tally"
)

// Book keeps them. Need tells who is eligible and confirmed, for one reading.
type Book struct {
	DB      *db.DB
	Plan    func() *plan.Plan
	Figures tally.Desk
	Allot   *allotment.Book
	Canvass *canvass.Book
	Need    func() allotment.Need
}

// States of a version.
const (
	Draft     = "draft"
	Issued    = "issued"
	Replaced  = "replaced"
	Withdrawn = "withdrawn"
)

// StateTitle names a state for people.
func StateTitle(state string) string {
	switch state {
	case Draft:
		return "Bản thảo"
	case Issued:
		return "Đang thực hiện"
	case Replaced:
		return "Đã được thay"
	case Withdrawn:
		return "Đã thu hồi"
	}
	return "Chưa có"
}

// Version is a commune's plan as it was kept. Why tells what it corrects, or why it was withdrawn.
type Version struct {
	ID, Unit             int64
	N                    int
	State                string
	Spec                 *Spec
	Revision             int64
	Why                  string
	WriterName, At       string
	IssuedName, IssuedAt string
	IssuedDay            clock.Day
	EndedAt, EndedName   string
}

const columns = "id, unit_id, version, state, spec, revision, why, writer_name, at, issued_name, issued_at, issued_day, ended_at, ended_name"

func scan(scan func(...any) error) (Version, error) {
	var v Version
	var spec, day string
	err := scan(&v.ID, &v.Unit, &v.N, &v.State, &spec, &v.Revision, &v.Why, &v.WriterName, &v.At, &v.IssuedName, &v.IssuedAt, &day, &v.EndedAt, &v.EndedName)
	if err != nil {
		return v, err
	}
	v.IssuedDay = clock.Day(day)
	if frozen, ok := read.Load(v.ID); ok && v.State != Draft {
		v.Spec = frozen.(*Spec)
		return v, nil
	}
	if v.Spec, err = ParseSpec([]byte(spec)); err == nil && v.State != Draft {
		read.Store(v.ID, v.Spec)
	}
	return v, err
}

// read keeps what issued versions say, by id: they are never changed, and the allotment asks for them at every counting.
var read sync.Map

// versions reads the versions of units, the newest first.
func versions(tx *db.Tx, where string, args ...any) ([]Version, error) {
	var out []Version
	err := tx.Each("SELECT "+columns+" FROM local_plan WHERE "+where+" ORDER BY unit_id, version DESC", args, func(row func(...any) error) error {
		v, err := scan(row)
		out = append(out, v)
		return err
	})
	return out, err
}

// Own gives the issued plans as far as the allotment follows them, by unit.
func (b *Book) Own(tx *db.Tx) (map[int64]allotment.Own, error) {
	p := b.Plan()
	if p == nil {
		return nil, nil
	}
	list, err := versions(tx, "state=$1", Issued)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	out := map[int64]allotment.Own{}
	for _, v := range list {
		if v.Spec.District != p.Code {
			continue // of another campaign's plan
		}
		o := allotment.Own{Percent: v.Spec.Percent, Rests: v.Spec.Rests, Until: v.Spec.Until, Numbers: map[string]int64{}}
		for _, t := range v.Spec.Targets {
			o.Numbers[t.ID] = t.Number
		}
		out[v.Unit] = o
	}
	return out, nil
}

// commune finds a unit directly under the campaign's place.
func (b *Book) commune(tx *db.Tx, who access.Viewer, verb access.Verb, unit int64) (*territory.Tree, *territory.Unit, error) {
	if err := who.May(verb, unit); err != nil {
		return nil, nil, err
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, nil, err
	}
	p := b.Plan()
	if p == nil {
		return nil, nil, fault.New(fault.Missing, "localplan.no_campaign", "Chưa có kế hoạch của huyện để lập kế hoạch của xã.")
	}
	u, home := tree.ByID(unit), tree.Place(p.Place.Unit)
	if u == nil || home == nil || u.Parent != home.ID {
		return nil, nil, fault.New(fault.Missing, "localplan.unit", "Chỉ xã, phường, thị trấn của đợt mới có kế hoạch riêng. Hãy chọn một xã.")
	}
	return tree, u, nil
}

// asked gives a commune's part of the district's division with its figures, in the plan's order of targets.
func (b *Book) asked(tx *db.Tx, tree *territory.Tree, unit int64) ([]Target, error) {
	all, err := b.askedAll(tx, tree, []int64{unit})
	return all[unit], err
}

func (b *Book) askedAll(tx *db.Tx, tree *territory.Tree, units []int64) (map[int64][]Target, error) {
	goals, err := b.Allot.AskedOf(tx, tree, tx.Today(), b.Need())
	if err != nil {
		return nil, err
	}
	out := map[int64][]Target{}
	for i := range b.Plan().Targets {
		t := &b.Plan().Targets[i]
		by, ok := goals[t.ID]
		if !ok {
			continue
		}
		for _, u := range units {
			g := by[u]
			out[u] = append(out[u], Target{ID: t.ID, Short: t.Short, Eligible: g.Eligible, Confirmed: g.Confirmed, District: g.N, Number: g.N})
		}
	}
	return out, nil
}

func parts(targets []Target) map[string]int64 {
	out := map[string]int64{}
	for _, t := range targets {
		out[t.ID] = t.District
	}
	return out
}

// generate makes a plan from the district's plan and the commune's figures.
func (b *Book) generate(tx *db.Tx, tree *territory.Tree, u *territory.Unit) (*Spec, error) {
	p := b.Plan()
	s := &Spec{District: p.Code, Unit: u.Code, Title: "Kế hoạch thực hiện đợt cao điểm “" + vn.UpperFirst(strings.TrimSpace(p.ShortTitle)) + "” trên địa bàn " + u.Kind + " " + u.Name, Position: "CHỦ TỊCH", From: p.From, Until: p.Until, AsOf: tx.Today(),
		Roadmap: slices.Clone(p.Roadmap), RestWeekdays: slices.Clone(p.RestWeekdays), RestDays: slices.Clone(p.RestDays)}
	var err error
	if s.Targets, err = b.asked(tx, tree, u.ID); err != nil {
		return nil, err
	}
	if s.Teams, err = b.teams(tx, tree, u, s); err != nil {
		return nil, err
	}
	for _, m := range []struct{ title, text string }{
		{"Tuyên truyền", "Phát thanh hằng ngày trên loa xã; họp ấp, sóc, khu phố mỗi tuần một lần; đến từng nhà người chưa có tài khoản."},
		{"Thu nhận, kích hoạt", "Công an cung cấp danh sách cho từng tổ; tổ đi theo danh sách, ghi kết quả từng người; bố trí điểm thu nhận theo lịch của huyện."},
		{"Máy 4G, SIM chính chủ", "Đăng ký nhu cầu khi đến nhà; phối hợp nhà mạng giao máy, SIM tại ấp."},
		{"Phân công", "Chủ tịch UBND chỉ đạo chung; Công an kiểm tra, đối chiếu số liệu; Mặt trận, đoàn thể lập tổ tình nguyện."},
		{"Kinh phí", "Từ ngân sách của xã và hỗ trợ của huyện cho lực lượng không hưởng lương."},
	} {
		s.Measures = append(s.Measures, Measure{m.title, m.text})
	}
	return s, nil
}

// teams lists the commune's teams with what falls to each on a working day: what is left of every number, shared by capacity within the days
// that are left (law A1).
func (b *Book) teams(tx *db.Tx, tree *territory.Tree, u *territory.Unit, s *Spec) ([]Team, error) {
	all, err := canvass.All(tx)
	if err != nil {
		return nil, err
	}
	var out []Team
	var weights []int64
	var codes []string
	for _, t := range all {
		if !tree.Within(t.Unit, u.ID) || !t.Own() {
			continue
		}
		place := tree.ByID(t.Unit)
		out = append(out, Team{Name: t.Name, Place: place.Title(), Members: t.Members, Capacity: t.Capacity, Daily: map[string]int64{}})
		weights, codes = append(weights, t.Capacity), append(codes, place.Code+" "+t.Name)
	}
	days := max(1, s.Days(max(s.From, s.AsOf), s.Until))
	for _, x := range s.Targets {
		t := b.Plan().Target(x.ID)
		if t == nil || t.Coverage == "" {
			continue
		}
		for i, n := range allotment.Share(max(0, x.Number-x.Confirmed), weights, codes) {
			if n > 0 {
				out[i].Daily[x.ID] = (n + days - 1) / days
			}
		}
	}
	return out, nil
}

// maxWhy bounds a reason in letters.
const maxWhy = 500

func reason(why string, must bool) (string, error) {
	why = strings.TrimSpace(vn.NFC(why))
	n := utf8.RuneCountInString(why)
	switch {
	case must && n < 5, n > maxWhy:
		return "", fault.New(fault.Invalid, "localplan.why", "Hãy ghi lý do (5 đến 500 chữ).").On("why")
	case vn.HoldsNumber(why):
		return "", fault.New(fault.Invalid, "localplan.private", "Lý do không được chứa số định danh hay số điện thoại của ai.").On("why")
	}
	return why, nil
}

// Make makes a draft of a commune's plan from the district's plan and today's figures, on top of the issued one's words where there is one. A
// draft that is there already is a Conflict. The viewer needs localplan.write there.
func (b *Book) Make(ctx context.Context, who access.Viewer, unit int64) error {
	return b.write(ctx, who, unit, "tạo từ kế hoạch của huyện", func(tx *db.Tx, tree *territory.Tree, u *territory.Unit, list []Version) (*Spec, error) {
		if len(list) > 0 && list[0].State == Draft {
			return nil, fault.New(fault.Conflict, "localplan.drafted", "Xã đã có bản thảo do %s viết lúc %s. Hãy sửa tiếp bản đó hoặc bỏ đi rồi tạo lại.", list[0].WriterName, clock.DayOf(clock.ParseStamp(list[0].At)).Vi())
		}
		s, err := b.generate(tx, tree, u)
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			if v.State == Issued && v.Spec.District == s.District {
				renew(s, v.Spec)
				break
			}
		}
		return s, nil
	})
}

// renew keeps what a commune wrote itself in an older version, and larger numbers where they still are.
func renew(s, was *Spec) {
	s.Title, s.Signer, s.Position, s.Measures = was.Title, was.Signer, was.Position, was.Measures
	s.From, s.Until, s.Roadmap, s.RestWeekdays, s.RestDays = was.From, was.Until, was.Roadmap, was.RestWeekdays, was.RestDays
	for i := range s.Targets {
		t := &s.Targets[i]
		if old := was.Target(t.ID); old != nil && old.Number > old.District {
			t.Number = max(t.Number, min(old.Number, t.Eligible))
		}
	}
}

// Save keeps a draft as it was written. revision is that of the draft which the writer saw: when somebody saved in between, it is a Conflict
// and nothing is lost on either side. Figures (eligible, confirmed, the district's part, teams) are the book's own and not taken from s.
func (b *Book) Save(ctx context.Context, who access.Viewer, unit, revision int64, s *Spec) error {
	return b.write(ctx, who, unit, "sửa bản thảo", func(tx *db.Tx, tree *territory.Tree, u *territory.Unit, list []Version) (*Spec, error) {
		if len(list) == 0 || list[0].State != Draft {
			return nil, fault.New(fault.Conflict, "localplan.no_draft", "Bản thảo không còn: đã được ban hành hoặc đã bỏ. Hãy tải lại trang.")
		}
		if list[0].Revision != revision {
			return nil, fault.New(fault.Conflict, "localplan.changed", "%s vừa lưu bản thảo này. Hãy mở trang ở thẻ khác để đối chiếu rồi lưu lại; phần bạn đang viết vẫn ở dưới đây.", list[0].WriterName)
		}
		return b.own(tx, tree, u, s)
	})
}

// Bring takes a plan file as a new draft, in place of the one of that revision (0 for none): a draft that somebody saved in between stays.
func (b *Book) Bring(ctx context.Context, who access.Viewer, unit, revision int64, file []byte) error {
	s, err := ParseSpec(file)
	if err != nil {
		return err
	}
	return b.write(ctx, who, unit, "nhập tệp kế hoạch", func(tx *db.Tx, tree *territory.Tree, u *territory.Unit, list []Version) (*Spec, error) {
		if err := unchanged(list, revision); err != nil {
			return nil, err
		}
		if s.Unit != u.Code {
			return nil, fault.New(fault.Invalid, "localplan.foreign", "Tệp này là kế hoạch của đơn vị mang mã %s, không phải %s.", s.Unit, u.Title()).On("file")
		}
		return b.own(tx, tree, u, s)
	})
}

// unchanged refuses to replace or to drop a draft that is not the one that was seen.
func unchanged(list []Version, revision int64) error {
	if len(list) > 0 && list[0].State == Draft && list[0].Revision != revision {
		return fault.New(fault.Conflict, "localplan.changed_draft", "%s vừa lưu bản thảo. Hãy tải lại trang, đọc bản đó rồi mới thay hoặc bỏ.", list[0].WriterName)
	}
	return nil
}

// own puts the book's figures in place of what a writer or a file says of them.
func (b *Book) own(tx *db.Tx, tree *territory.Tree, u *territory.Unit, s *Spec) (*Spec, error) {
	p := b.Plan()
	figures, err := b.asked(tx, tree, u.ID)
	if err != nil {
		return nil, err
	}
	for i := range figures {
		if t := s.Target(figures[i].ID); t != nil {
			figures[i].Number = t.Number
		}
	}
	s.District, s.Unit, s.AsOf, s.Targets = p.Code, u.Code, tx.Today(), figures
	for _, f := range s.Check(p, parts(figures)) {
		switch f.Code { // what cannot be kept or counted with; the rest is told and keeps it from being issued
		case "localplan.dates", "localplan.knot_day", "localplan.knot_order", "localplan.knot_percent", "localplan.roadmap", "localplan.rest", "localplan.rest_days", "localplan.long", "localplan.measure", "localplan.many", "localplan.private", "localplan.title":
			return nil, f
		}
	}
	s.Teams, err = b.teams(tx, tree, u, s)
	return s, err
}

// write keeps a draft: the one there is, or a new version.
func (b *Book) write(ctx context.Context, who access.Viewer, unit int64, note string, do func(*db.Tx, *territory.Tree, *territory.Unit, []Version) (*Spec, error)) error {
	if err := who.May("localplan.write", unit); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("localplan.write", unit, "localplan:"+id.String(unit), note), func(tx *db.Tx) error {
		tree, u, err := b.commune(tx, who, "localplan.write", unit)
		if err != nil {
			return err
		}
		list, err := versions(tx, "unit_id=$1", unit)
		if err != nil {
			return err
		}
		s, err := do(tx, tree, u, list)
		if err != nil {
			return err
		}
		text, err := s.YAML()
		if err != nil {
			return err
		}
		if len(list) > 0 && list[0].State == Draft {
			_, err = tx.Exec("UPDATE local_plan SET spec=$1, revision=revision+1, writer_name=$2, at=$3 WHERE id=$4", string(text), who.Name, tx.Now(), list[0].ID)
			return err
		}
		n := 1
		if len(list) > 0 {
			n = list[0].N + 1
		}
		_, err = tx.Exec("INSERT INTO local_plan("+columns+") VALUES ($1,$2,$3,'draft',$4,1,'',$5,$6,'','','','','')", id.New(), unit, n, string(text), who.Name, tx.Now())
		return err
	})
}
