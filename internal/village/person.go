package village

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"bonphu/internal/clock"
)

// Person is one made-up resident.
type Person struct {
	Index     int    // in the district, from 0
	Number    string // citizen number, 12 digits, true to the rules; each person has another
	Name      string
	Year      int
	Month     int // 0 where only the year is known
	Day       int
	Female    bool
	Ethnic    string
	Hamlet    int // in District.Hamlets
	Household string
	Relation  string // to the head of the household
	Phone     string // "" for those without
	Fact      Fact   // the zero Fact for most
	Path      Path
	team      int8 // which kind of team works on this person
	mess      uint8
}

// Birth spells the birth date as lists do: 14/12/1965, or the year alone.
func (p *Person) Birth() string {
	if p.Day == 0 {
		return strconv.Itoa(p.Year)
	}
	b := []byte{'0' + byte(p.Day/10), '0' + byte(p.Day%10), '/', '0' + byte(p.Month/10), '0' + byte(p.Month%10), '/'}
	return string(strconv.AppendInt(b, int64(p.Year), 10))
}

// Gender spells the gender as lists do.
func (p *Person) Gender() string {
	if p.Female {
		return "Nữ"
	}
	return "Nam"
}

// Fact is a dated fact about a person that takes it out of a denominator or makes it a hard case (KH:IV.1.a).
type Fact struct {
	Kind     string // "abroad", "custody", "absent", "dead", "moved", "hard"; "" for none
	From     clock.Day
	Evidence string // as an official would note it
}

// kinds of facts with how they read in a register's column and note.
var factWords = map[string][2]string{
	"abroad":  {"Đi nước ngoài", "Xuất cảnh lao động"},
	"custody": {"Chấp hành án", "Đang chấp hành án tại cơ sở giam giữ"},
	"absent":  {"Vắng mặt", "Vắng mặt không rõ nơi đến"},
	"dead":    {"Đã chết", "Đã khai tử"},
	"moved":   {"Đã chuyển đi", "Đã chuyển đi nơi khác"},
	"hard":    {"Thường trú", "Biến động, khó thu nhận"},
}

var provinces = []string{"070", "070", "070", "070", "070", "070", "074", "074", "079", "095", "038", "040", "036", "034", "004", "020", "084", "094", "086", "051", "052", "001"}

// Each calls fn for every resident, hamlet by hamlet, household by household. The Person is used again after fn returns.
func (d *District) Each(fn func(*Person) error) error {
	for i := range d.Hamlets {
		if err := d.EachIn(i, fn); err != nil {
			return err
		}
	}
	return nil
}

// EachIn calls fn for every resident of a hamlet.
func (d *District) EachIn(hamlet int, fn func(*Person) error) error {
	h := &d.Hamlets[hamlet]
	r := rand.New(rand.NewPCG(d.seed, uint64(hamlet)+1000))
	m := maker{d: d, h: h, hamlet: hamlet, r: r}
	for m.made < h.Residents {
		m.household()
		for i := range m.home {
			if m.made == h.Residents {
				break
			}
			p := &m.home[i]
			p.Index = h.first + m.made
			m.made++
			m.number(p)
			m.life(p)
			if err := fn(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// maker makes the people of a hamlet.
type maker struct {
	d            *District
	h            *Hamlet
	hamlet, made int
	houses       int
	r            *rand.Rand
	home         []Person
}

// household makes the people under one roof: a head, mostly a spouse, children, sometimes an old parent.
func (m *maker) household() {
	m.home = m.home[:0]
	m.houses++
	r := m.r
	ethnic := m.h.people.pick(r)
	fam := family(r, ethnic)
	year := m.d.Start.Time().Year()
	head := year - 22 - r.IntN(28) - r.IntN(26)
	headFemale := r.IntN(100) < 22
	code := fmt.Sprintf("%s-%04d", m.h.Code, m.houses)
	add := func(born int, female bool, family, relation string) {
		p := Person{Name: nameOf(r, ethnic, family, female), Year: born, Female: female, Ethnic: ethnic, Hamlet: m.hamlet, Household: code, Relation: relation}
		p.Month = 1 + r.IntN(12)
		p.Day = 1 + r.IntN(28)
		if start := m.d.Start.Time(); born == year && p.Month >= int(start.Month()) {
			p.Month = 1 + r.IntN(int(start.Month())-1)
		}
		if born < 1960 && r.IntN(12) == 0 {
			p.Month, p.Day = 0, 0
		}
		m.home = append(m.home, p)
	}
	add(head, headFemale, fam, "Chủ hộ")
	if r.IntN(100) < 78 {
		relation := "Vợ"
		if headFemale {
			relation = "Chồng"
		}
		add(head-4+r.IntN(10), !headFemale, family(r, ethnic), relation)
	}
	children := r.IntN(4)
	if r.IntN(100) < 60 {
		children++
	}
	for range children {
		born := head + 20 + r.IntN(18)
		if grown := year-born > 24; born > year || grown && r.IntN(100) < 65 { // unborn, or in a home of their own
			continue
		}
		add(born, r.IntN(1000) < 487, fam, "Con")
	}
	if head > 1962 && r.IntN(100) < 16 {
		add(head-20-r.IntN(12), r.IntN(100) < 62, fam, "Cha mẹ")
	}
}

// number gives the citizen number: province of registration, century and gender, year, six digits that nobody else has.
func (m *maker) number(p *Person) {
	c := (p.Year/100 - 19) * 2
	if p.Female {
		c++
	}
	var b [12]byte
	copy(b[:], provinces[m.r.IntN(len(provinces))])
	b[3] = byte('0' + c)
	b[4], b[5] = byte('0'+p.Year%100/10), byte('0'+p.Year%10)
	spread(b[6:], (uint64(p.Index)*611_953+m.d.seed)%1_000_000)
	p.Number = string(b[:])
}

func spread(b []byte, n uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}

var phonePrefixes = []string{"097", "098", "096", "086", "091", "094", "088", "090", "093", "092"}

// phone gives a telephone number that nobody else has.
func (m *maker) phone(p *Person) string {
	var b [10]byte
	copy(b[:], phonePrefixes[p.Index%len(phonePrefixes)])
	spread(b[3:], (uint64(p.Index/len(phonePrefixes))*7_654_321+m.d.seed)%10_000_000)
	return string(b[:])
}
