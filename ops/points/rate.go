package points

import (
	"math"

	"bonphu/internal/stat"
)

// Strength is how many invitations the belief held before is worth, at each step from the whole district to a channel to a hamlet.
const strength = 10

// Conf is the confidence of the intervals shown beside show-up rates.
const conf = 0.8

// UsualTurnout is believed of show-up before anything was seen.
const UsualTurnout = 0.6

// MaxFactor bounds a list: never more than so many invited a dossier that the session can take (KH:III.3.c).
const MaxFactor = 2.5

// Rate is the share of those invited who come: its mean, an interval that holds it with 80 %, and on how many invitations it rests.
type Rate struct {
	Mean, Low, High float64
	N               int64
}

// seen counts invitations whose end is known.
type count struct{ came, n int64 }

// Rates are the show-up rates of hamlets by channel.
type Rates struct {
	prior   float64
	all     count
	channel map[string]count
	hamlet  map[int64]count
	both    map[hamletChannel]count
}

type hamletChannel struct {
	unit    int64
	channel string
}

// Learn tells what is believed of a show-up rate after n invitations of which came many came, when before it was believed to be prior:
// a Beta distribution worth ten invitations.
func Learn(prior float64, came, n int64) Rate {
	prior = min(max(prior, 0.01), 0.99)
	mean, lo, hi := stat.Beta(prior*strength+float64(came), (1-prior)*strength+float64(n-came), conf)
	return Rate{mean, lo, hi, n}
}

// of gives the rate of a hamlet by a channel ("" for any): what the hamlet showed, drawn towards what the channel showed, and that
// towards what the whole district showed.
func (r *Rates) of(unit int64, channel string) Rate {
	mean := Learn(r.prior, r.all.came, r.all.n).Mean
	if channel == "" {
		c := r.hamlet[unit]
		return Learn(mean, c.came, c.n)
	}
	c := r.channel[channel]
	mean = Learn(mean, c.came, c.n).Mean
	c = r.both[hamletChannel{unit, channel}]
	return Learn(mean, c.came, c.n)
}

func (r *Rates) add(unit int64, channel string, came, n int64) {
	plus := func(c count) count { return count{c.came + came, c.n + n} }
	r.all = plus(r.all)
	r.channel[channel] = plus(r.channel[channel])
	r.hamlet[unit] = plus(r.hamlet[unit])
	r.both[hamletChannel{unit, channel}] = plus(r.both[hamletChannel{unit, channel}])
}

func newRates(prior float64) *Rates {
	return &Rates{prior: prior, channel: map[string]count{}, hamlet: map[int64]count{}, both: map[hamletChannel]count{}}
}

// Candidate is somebody who may be invited: those of one House stay together; Far is the distance to the session in kilometres; Last puts
// at the end those who twice did not come.
type Candidate struct {
	Person, Unit int64
	House        string
	Far          float64
	Rate         Rate
	Last         bool
}

// Chosen is a list of whom to invite and how many of them are expected, with the 80 % interval.
type Chosen struct {
	People          []Candidate
	Mean, Low, High float64
}

// Choose takes candidates, in their order and households whole, until the expected arrivals meet want; the list never grows beyond room
// (KH:III.3.c). The interval adds the chance of each person to the uncertainty of the rates.
func Choose(list []Candidate, want float64, room int) Chosen {
	var out Chosen
	var order []string
	houses := map[string][]Candidate{}
	for i, c := range list {
		key := c.House
		if key == "" {
			key = "\x00" + string(rune(i+1))
		}
		if houses[key] == nil {
			order = append(order, key)
		}
		houses[key] = append(houses[key], c)
	}
	var low, high, variance float64
	for _, key := range order {
		if out.Mean >= want-1e-9 {
			break
		}
		if len(out.People)+len(houses[key]) > room {
			continue
		}
		for _, c := range houses[key] {
			out.People = append(out.People, c)
			out.Mean += c.Rate.Mean
			low, high, variance = low+c.Rate.Low, high+c.Rate.High, variance+c.Rate.Mean*(1-c.Rate.Mean)
		}
	}
	chance := stat.Z(conf) * math.Sqrt(variance)
	out.Low = max(out.Mean-math.Hypot(out.Mean-low, chance), 0)
	out.High = min(out.Mean+math.Hypot(high-out.Mean, chance), float64(len(out.People)))
	return out
}

// NextStep tells what follows for somebody who was invited so many times in vain: by which channel, and what is done, in Vietnamese.
func NextStep(missed int64, hard bool) (channel, text string) {
	switch {
	case hard || missed >= 3:
		return ByTeam, "Tổ lưu động đến thu nhận tại nhà"
	case missed == 2:
		return ByTeam, "Tổ của ấp đến tận nhà đưa đi"
	case missed == 1:
		return ByCall, "Gọi điện hẹn lại, mời vào buổi sau"
	}
	return ByLetter, "Mời lần đầu"
}
