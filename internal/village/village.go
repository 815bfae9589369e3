// Package village builds a synthetic district: made-up people in the real communes of Hớn Quản, what each of them lacks, how the
// campaign goes for them day by day, and the lists that offices would bring of them, as real files. The demo, the benchmarks
// and the tests live in it. The same seed builds the same district; no person in it is real.
//
// People are made household by household as they are asked for and never all kept, so that a district of a million residents
// takes no more memory than one of a hundred.
package village

import (
	"fmt"
	"math/rand/v2"

	"bonphu/internal/clock"
)

// Options is how large a district to build and when its campaign runs; zero fields take the values of the plan of Hớn Quản
// (KH:0.a): 105,000 residents, 08/4/2024 to 08/7/2024.
type Options struct {
	Residents  int
	Start, End clock.Day
}

// District is the whole synthetic place.
type District struct {
	Code, Kind, Name       string
	ProvinceCode, Province string
	Start, End             clock.Day
	Residents              int
	Communes               []Commune
	Hamlets                []Hamlet
	Teams                  []Team

	seed uint64
}

// Commune is one of the 13, with its official code.
type Commune struct {
	Code, Kind, Name string
	Lat, Lon         float64
	First, Count     int // its hamlets in District.Hamlets
	Residents        int
	pace             float64 // how well its teams do: 1 follows the roadmap
}

// Title is the name with its kind: "Xã An Khương".
func (c *Commune) Title() string { return c.Kind + " " + c.Name }

// Hamlet is an ấp, sóc or khu phố; its name is invented.
type Hamlet struct {
	Code, Kind, Name string
	Commune          int // in District.Communes
	Residents        int
	first            int     // number of its first resident in the district
	people           peoples // shares of the peoples living there
	pace             float64
}

// Title is the name with its kind: "Ấp 3".
func (h *Hamlet) Title() string { return h.Kind + " " + h.Name }

// communeSeed is what is known of a commune: codes from public data, co-ordinates approximate, sizes and paces invented.
type communeSeed struct {
	code, kind, name string
	lat, lon         float64
	hamlets, weight  int
	pace             float64
	named            []string // hamlets with a name instead of a number, the last ones
}

var communeSeeds = []communeSeed{
	{"25327", "Xã", "Thanh An", 11.654, 106.541, 9, 92, 0.98, []string{"Sóc Bàu Tre", "Ấp Suối Cạn"}},
	{"25330", "Xã", "An Khương", 11.685, 106.621, 7, 72, 0.82, []string{"Sóc Đồi Dầu"}},
	{"25339", "Xã", "An Phú", 11.700, 106.560, 7, 60, 0.74, []string{"Sóc Cầu Mây"}},
	{"25342", "Xã", "Tân Lợi", 11.611, 106.582, 8, 74, 1.02, []string{"Ấp Bàu Lùng", "Sóc Rẫy Mới"}},
	{"25345", "Xã", "Tân Hưng", 11.640, 106.680, 9, 104, 1.06, []string{"Ấp Hưng Thịnh", "Sóc Suối Đỏ"}},
	{"25348", "Xã", "Minh Đức", 11.730, 106.520, 8, 70, 0.90, nil},
	{"25349", "Xã", "Minh Tâm", 11.720, 106.490, 6, 54, 0.68, []string{"Sóc Lộc Xoay"}},
	{"25351", "Xã", "Phước An", 11.568, 106.634, 9, 84, 1.00, []string{"Sóc Ruộng Ngoài", "Ấp Đồng Tâm"}},
	{"25354", "Xã", "Thanh Bình", 11.660, 106.600, 7, 82, 1.10, []string{"Ấp Sở Nhì"}},
	{"25357", "Thị trấn", "Tân Khai", 11.624, 106.602, 10, 142, 1.16, nil},
	{"25360", "Xã", "Đồng Nơ", 11.642, 106.654, 7, 66, 0.86, []string{"Sóc Cây Gõ"}},
	{"25361", "Xã", "Tân Hiệp", 11.589, 106.568, 8, 78, 0.95, []string{"Sóc Đất Sét", "Ấp Bàu Nghệ"}},
	{"25438", "Xã", "Tân Quan", 11.545, 106.610, 7, 72, 1.04, []string{"Ấp Xạc Mới"}},
}

// Build makes the district of a seed.
func Build(seed uint64, o Options) *District {
	if o.Residents <= 0 {
		o.Residents = 105_000
	}
	if o.Start == "" {
		o.Start, o.End = "2024-04-08", "2024-07-08"
	}
	d := &District{Code: "694", Kind: "Huyện", Name: "Hớn Quản", ProvinceCode: "70", Province: "Bình Phước",
		Start: o.Start, End: o.End, Residents: o.Residents, seed: seed}
	r := rand.New(rand.NewPCG(seed, 0xd15))
	var weights []int
	for ci, s := range communeSeeds {
		c := Commune{Code: s.code, Kind: s.kind, Name: s.name, Lat: s.lat, Lon: s.lon, First: len(d.Hamlets), Count: s.hamlets, pace: s.pace}
		for i := range s.hamlets {
			h := Hamlet{Code: fmt.Sprintf("%s.%02d", s.code, i+1), Kind: "Ấp", Name: fmt.Sprint(i + 1), Commune: ci, people: mixed, pace: s.pace * (0.8 + 0.4*r.Float64())}
			if s.kind == "Thị trấn" {
				h.Kind, h.people = "Khu phố", town
			}
			if k := i - (s.hamlets - len(s.named)); k >= 0 {
				kind, name := cutKind(s.named[k])
				h.Kind, h.Name = kind, name
				if kind == "Sóc" {
					h.people = []peoples{stieng, khmer}[r.IntN(4)/3]
				}
			}
			weights = append(weights, s.weight*100/s.hamlets*(60+r.IntN(80))/100)
			d.Hamlets = append(d.Hamlets, h)
		}
		d.Communes = append(d.Communes, c)
	}
	d.settle(weights)
	d.raiseTeams(r)
	return d
}

func cutKind(s string) (kind, name string) {
	for i := range s {
		if s[i] == ' ' {
			return s[:i], s[i+1:]
		}
	}
	return "", s
}

// settle deals the residents out to the hamlets by weight; the last part of a unit goes where the fraction was cut.
func (d *District) settle(weights []int) {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	given, seen := 0, 0
	for i := range d.Hamlets {
		seen += weights[i]
		h := &d.Hamlets[i]
		h.first = given
		upTo := int(int64(d.Residents) * int64(seen) / int64(sum))
		h.Residents = upTo - given
		given = upTo
		d.Communes[h.Commune].Residents += h.Residents
	}
}

// DayNumber counts the days from the campaign's first day (0).
func (d *District) DayNumber(day clock.Day) int { return day.Sub(d.Start) }

// Days counts the campaign's days, both ends included.
func (d *District) Days() int { return d.End.Sub(d.Start) + 1 }
