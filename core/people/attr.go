package people

import (
	"slices"
	"strings"

	"bonphu/internal/clock"
)

// The attributes that carry a source and an as-of time each (law P2), as written in the database.
const (
	AttrNumber   = "number"
	AttrOldID    = "old"
	AttrName     = "name"
	AttrBirth    = "birth"
	AttrGender   = "gender"
	AttrUnit     = "unit"
	AttrPhone    = "phone"
	AttrAddress  = "address"
	AttrEthnic   = "ethnic"
	AttrHouse    = "house"
	AttrRelation = "relation"
	AttrNote     = "note"
)

// Attrs lists the attributes in the order screens show them.
func Attrs() []string {
	return []string{AttrNumber, AttrName, AttrBirth, AttrGender, AttrUnit, AttrAddress, AttrPhone, AttrEthnic, AttrHouse, AttrRelation, AttrOldID, AttrNote}
}

var attrTitles = map[string]string{
	AttrNumber: "Số định danh", AttrOldID: "Số CMND cũ", AttrName: "Họ và tên", AttrBirth: "Ngày sinh", AttrGender: "Giới tính",
	AttrUnit: "Địa bàn", AttrPhone: "Điện thoại", AttrAddress: "Nơi ở", AttrEthnic: "Dân tộc", AttrHouse: "Hộ", AttrRelation: "Quan hệ với chủ hộ", AttrNote: "Ghi chú",
}

// AttrTitle names an attribute for people.
func AttrTitle(attr string) string { return attrTitles[attr] }

// Get gives an attribute's value as text; personal numbers come whole, for the store only.
func (p *Person) get(attr string) string {
	switch attr {
	case AttrNumber:
		return string(p.Number)
	case AttrOldID:
		return string(p.OldID)
	case AttrName:
		return p.Name
	case AttrBirth:
		return p.Birth
	case AttrGender:
		return p.Gender
	case AttrUnit:
		return unitText(p.Unit)
	case AttrPhone:
		return string(p.Phone)
	case AttrAddress:
		return p.Address
	case AttrEthnic:
		return p.Ethnic
	case AttrHouse:
		return p.House
	case AttrRelation:
		return p.Relation
	case AttrNote:
		return p.Note
	}
	return ""
}

func (p *Person) set(attr, v string) {
	switch attr {
	case AttrNumber:
		p.Number = Number(v)
	case AttrOldID:
		p.OldID = Number(v)
	case AttrName:
		p.Name = v
	case AttrBirth:
		p.Birth = v
	case AttrGender:
		p.Gender = v
	case AttrUnit:
		p.Unit = unitOf(v)
	case AttrPhone:
		p.Phone = Number(v)
	case AttrAddress:
		p.Address = v
	case AttrEthnic:
		p.Ethnic = v
	case AttrHouse:
		p.House = v
	case AttrRelation:
		p.Relation = v
	case AttrNote:
		p.Note = v
	}
}

// origin says where a value came from.
type origin struct {
	asOf   string
	source Source
	batch  int64
}

// newer tells whether o wins over b: the newer as-of, at a tie the higher source (law P2).
func (o origin) newer(b origin) bool {
	if o.asOf != b.asOf {
		return o.asOf > b.asOf
	}
	return o.source > b.source
}

// provenance holds the attributes whose origin is not the person's own default, spelled "name=2024-05-01T…Z/4/17;…".
type provenance map[string]origin

func parseProvenance(s string) provenance {
	p := provenance{}
	for part := range strings.SplitSeq(s, ";") {
		attr, rest, ok := strings.Cut(part, "=")
		f := strings.Split(rest, "/")
		if !ok || len(f) != 3 {
			continue
		}
		p[attr] = origin{f[0], Source(unitOf(f[1])), unitOf(f[2])}
	}
	return p
}

func (p provenance) String() string {
	keys := make([]string, 0, len(p))
	for k := range p {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var b strings.Builder
	for _, k := range keys {
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		o := p[k]
		b.WriteString(k + "=" + o.asOf + "/" + unitText(int64(o.source)) + "/" + unitText(o.batch))
	}
	return b.String()
}

// Entry is one value an attribute had or was said to have.
type Entry struct {
	ID     int64
	Attr   string
	Value  string
	Source Source
	AsOf   string
	Batch  int64
	Void   bool
}

// FoldAttr gives the entry that wins among those said of one attribute: newest as-of, then higher source, then the greater
// value, so that the order of arrival does not matter (law P2). false when there is none.
func FoldAttr(entries []Entry) (Entry, bool) {
	var best Entry
	found := false
	for _, e := range entries {
		if e.Void {
			continue
		}
		o, b := origin{e.AsOf, e.Source, 0}, origin{best.AsOf, best.Source, 0}
		if !found || o.newer(b) || (!b.newer(o) && e.Value > best.Value) {
			best, found = e, true
		}
	}
	return best, found
}

// Day gives the campaign day of an instant, for showing as-of times.
func Day(stamp string) clock.Day { return clock.DayOf(clock.ParseStamp(stamp)) }
