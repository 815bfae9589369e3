package outreach

import (
	"maps"
	"math"
	"slices"

	"bonphu/internal/clock"
	"bonphu/internal/stat"
)

// Line is one unit day by day: Adults who live there, and on From+i the Active among them at the end of the day.
type Line struct {
	From   clock.Day
	Adults int64
	Active []int64
}

// gained gives how many came between the end of one day and the end of another; ok is false where the line does not tell.
func (l Line) gained(after, until clock.Day) (n int64, ok bool) {
	i, j := after.Sub(l.From), until.Sub(l.From)
	if i < 0 || j >= len(l.Active) || j < i {
		return 0, false
	}
	return l.Active[j] - l.Active[i], true
}

// Window is how many days before and from an activity are compared.
const Window = 7

// minControls and minHamlets bound how few hamlets a comparison may rest on.
const (
	minControls = 5
	minHamlets  = 10
)

// Treated is a hamlet and the day on which something was done there.
type Treated struct {
	Unit int64
	Day  clock.Day
}

// Followed compares the seven days before something was done with the seven from that day on, in the hamlets where it was done and in those
// where nothing was done in both weeks. Change and OthersChange are how many more there were per thousand adults in the second week than in
// the first, those of the others taken on the same days; Difference is the first less the second, and Lo and Hi hold it with 95 % confidence. It shows no cause: hamlets are not chosen by lot. Enough is false where too few stand behind it, and then only the
// numbers of hamlets are told.
type Followed struct {
	Hamlets, Others           int
	Before, After             int64 // activations in the hamlets where it was done
	OthersBefore, OthersAfter int64
	Adults, OthersAdults      int64
	Change, OthersChange      float64
	Difference, Lo, Hi        float64
	Enough, Complete          bool // Complete is false where the figures do not reach seven days back or on
}

// Covers tells whether the interval holds nothing: the difference may be chance.
func (f Followed) Covers() bool { return f.Lo <= 0 && f.Hi >= 0 }

// Compare is the difference in differences. lines are the hamlets' figures; busy tells whether anything else was done in a hamlet between
// two days. A hamlet treated more than once counts once, on its first day. least is how many activations there must be in all. (KH:III.1.a)
func Compare(treated []Treated, lines map[int64]Line, busy func(unit int64, from, until clock.Day) bool, least int) Followed {
	f := Followed{Complete: true}
	first := map[int64]clock.Day{}
	for _, t := range treated {
		if d, ok := first[t.Unit]; !ok || t.Day < d {
			first[t.Unit] = t.Day
		}
	}
	type group struct{ mine, others []spot }
	groups := map[clock.Day]*group{}
	others := map[int64]bool{}
	change := func(unit int64, day clock.Day) (x spot, before, after int64, ok bool) {
		l := lines[unit]
		before, ok1 := l.gained(day.Add(-Window-1), day.Add(-1))
		after, ok2 := l.gained(day.Add(-1), day.Add(Window-1))
		if !ok1 || !ok2 || l.Adults == 0 {
			return spot{}, 0, 0, false
		}
		return spot{1000 * float64(after-before) / float64(l.Adults), float64(l.Adults)}, before, after, true
	}
	for _, unit := range slices.Sorted(maps.Keys(first)) {
		day := first[unit]
		x, before, after, ok := change(unit, day)
		if !ok {
			f.Complete = false
			continue
		}
		if groups[day] == nil {
			groups[day] = &group{}
		}
		groups[day].mine = append(groups[day].mine, x)
		f.Hamlets++
		f.Before, f.After, f.Adults = f.Before+before, f.After+after, f.Adults+lines[unit].Adults
	}
	days := slices.Sorted(maps.Keys(groups))
	for _, day := range days {
		g := groups[day]
		for _, unit := range slices.Sorted(maps.Keys(lines)) {
			if _, mine := first[unit]; mine || busy(unit, day.Add(-Window), day.Add(Window-1)) {
				continue
			}
			x, before, after, ok := change(unit, day)
			if !ok {
				continue
			}
			g.others = append(g.others, x)
			if !others[unit] { // counts of the others are told once, of the first day met with them
				others[unit] = true
				f.Others++
				f.OthersBefore, f.OthersAfter, f.OthersAdults = f.OthersBefore+before, f.OthersAfter+after, f.OthersAdults+lines[unit].Adults
			}
		}
	}
	var squares, free, adults, fewer float64
	n, fewest := 0, math.MaxInt
	for _, day := range days {
		g := groups[day]
		if len(g.others) < minControls {
			return f
		}
		mine, mean, ss := spread(g.mine)
		squares, free = squares+ss, free+float64(len(g.mine)-1)
		theirs, other, ss := spread(g.others)
		squares, free = squares+ss, free+float64(len(g.others)-1)
		if fewer == 0 || theirs < fewer {
			fewer = theirs
		}
		fewest = min(fewest, len(g.others))
		n += len(g.mine)
		adults += mine
		f.Change, f.OthersChange = f.Change+mean*mine, f.OthersChange+other*mine
	}
	if n == 0 || n+fewest < minHamlets || f.Before+f.After+f.OthersBefore+f.OthersAfter < int64(least) {
		f.Change, f.OthersChange = 0, 0
		return f
	}
	f.Enough = true
	f.Change, f.OthersChange = f.Change/adults, f.OthersChange/adults
	f.Difference = f.Change - f.OthersChange
	// Hamlets weigh by their adults. The spread of both groups together is taken, so that one hamlet can be compared; the others are the same
	// hamlets day after day, so that they count no more often than on the day with fewest.
	half := student(free) * math.Sqrt(squares/free*(1/adults+1/fewer))
	f.Lo, f.Hi = f.Difference-half, f.Difference+half
	return f
}

// spot is one hamlet's change per thousand adults, and its adults.
type spot struct{ x, adults float64 }

// spread gives the adults of some hamlets, the mean of their changes weighted by adults, and the weighted squares around it.
func spread(list []spot) (adults, mean, squares float64) {
	for _, s := range list {
		adults += s.adults
		mean += s.x * s.adults
	}
	mean /= adults
	for _, s := range list {
		squares += (s.x - mean) * (s.x - mean) * s.adults
	}
	return adults, mean, squares
}

// student is the two-sided 95 % quantile of Student's distribution with so many degrees of freedom (Cornish and Fisher's expansion).
func student(free float64) float64 {
	z := stat.Z(0.95)
	return z + (z*z*z+z)/(4*free) + (5*math.Pow(z, 5)+16*z*z*z+3*z)/(96*free*free)
}
