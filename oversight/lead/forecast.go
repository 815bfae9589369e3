package lead

import (
	"math"

	"bonphu/internal/clock"
	"bonphu/internal/stat"
)

// Past is what is known of one target in one unit. N[i] is how many were confirmed at the end of From+i; the extracts of the official
// systems come in batches, so the line stands still between them and its days after the last one say nothing: Seen lists, ascending, the days on
// which the whole campaign's line moved. From is the day by which the roadmap starts (law A3).
type Past struct {
	From     clock.Day
	N        []int64
	Seen     []clock.Day
	Eligible int64
	Until    clock.Day
	Rests    func(clock.Day) bool // nil: no day of rest
}

// Forecast is where a line ends if the work goes on as in the last weeks: the middle and the 80 % interval, in citizens, and how fast it went
// of late, in citizens a working day. Known is false, with the sentence Why, where too little was seen to say anything.
type Forecast struct {
	Known          bool
	Why            string
	Mid, Low, High int64
	PerDay         float64
	Seen           clock.Day
	Days           int // working days from Seen to the end
	Blocks         int // weeks of extracts that it rests on
}

// The method's constants; docs/decisions/21-forecast.md tells how they were chosen and what the back-test says of them.
const (
	Confidence  = 0.8  // of the interval
	blockDays   = 7    // the least stretch whose work is taken as one number: extracts come about once a week
	halfLife    = 28.0 // days after which a week weighs half
	damped      = 28.0 // days after which a change of pace has lost most of its force
	fewBlocks   = 2    // weeks without which nothing is said
	drift       = 0.14 // how much the pace of a month may differ from the pace of the last weeks, as a share of it
	priorSpread = 1.5  // spread that is assumed of two weeks that nobody saw: weeks differ a little more than by chance alone
)

// block is the work between two extracts: how many came to be confirmed in so many working days that ended age days before Seen.
type block struct {
	n         int64
	days, age float64
	long      float64
}

// Predict tells where the line ends. It lays a damped trend through the last weeks' confirmed per working day, recent weeks weighing more, lets it
// go on over the working days left, and tells the interval from how much the weeks differed, how few they were and how far the end is. Never
// more than the eligible, never fewer than are confirmed. The same input gives the same forecast.
func Predict(p Past) Forecast {
	var f Forecast
	if len(p.Seen) > 0 {
		f.Seen = p.Seen[len(p.Seen)-1]
	}
	last := min(f.Seen.Sub(p.From), len(p.N)-1)
	if f.Seen == "" || last < 0 {
		f.Why = "Chưa có danh sách trích xuất nào."
		return f
	}
	now := min(max(p.N[last], p.N[len(p.N)-1]), p.Eligible)
	f.Days = p.work(f.Seen, p.Until)
	if f.Days == 0 || now >= p.Eligible {
		f.Known, f.Mid, f.Low, f.High = true, now, now, now
		return f
	}
	blocks := p.blocks(last)
	if f.Blocks = len(blocks); f.Blocks < fewBlocks {
		f.Why = "Cần dữ liệu trích xuất của ít nhất hai tuần làm việc."
		return f
	}
	t := trendOf(blocks)
	f.PerDay = max(0, t.rate)
	add, lever := 0.0, 0.0
	for d := f.Seen.Add(1); d <= p.Until; d = d.Add(1) {
		if p.Rests == nil || !p.Rests(d) {
			on := damped * (1 - math.Exp(-float64(d.Sub(f.Seen))/damped))
			add += max(0, t.rate+t.slope*on)
			lever += on - t.centre
		}
	}
	left := float64(f.Days)
	// what chance does in the days to come, how well level and slope are known, and how the pace itself may change
	variance := t.spread*max(add, 1) + left*left*t.levelVar + lever*lever*t.slopeVar + add*add*drift*drift*left/26
	wide := stat.Z(Confidence) * math.Sqrt(variance)
	f.Known = true
	f.Mid, f.Low, f.High = within(now, add, p.Eligible), within(now, add-wide, p.Eligible), within(now, add+wide, p.Eligible)
	return f
}

// trend is the pace of the last weeks: how many a working day now, and by how much that changes a day.
type trend struct {
	rate, slope, centre        float64 // centre is the weeks' mean day, counted back from now (negative)
	spread, levelVar, slopeVar float64 // spread: variance of a count against its mean; the others of the level and of the slope
}

// trendOf lays a line through the weeks' paces, recent weeks weighing more. The slope is believed only as far as it stands out of the weeks'
// chance differences.
func trendOf(blocks []block) trend {
	var t trend
	var weight, sum, at, squares float64
	for _, b := range blocks {
		w := b.weight() * b.days
		weight, sum, at, squares = weight+w, sum+b.weight()*float64(b.n), at+w*b.middle(), squares+b.weight()*w
	}
	mean := max(sum, 0) / weight
	t.centre = at / weight
	var over, under float64
	for _, b := range blocks {
		w, x := b.weight()*b.days, b.middle()-t.centre
		over, under = over+w*x*(float64(b.n)/b.days-mean), under+w*x*x
	}
	slope := over / under
	t.spread = 2 * priorSpread
	seen := 2.0
	for _, b := range blocks {
		if want := max(mean+slope*(b.middle()-t.centre), mean/4) * b.days; want > 0 {
			t.spread, seen = t.spread+b.weight()*(float64(b.n)-want)*(float64(b.n)-want)/want, seen+b.weight()
		}
	}
	t.spread = max(1, t.spread/seen)
	noise := t.spread * max(mean, 1/weight) / under
	believe := slope * slope / (slope*slope + noise)
	t.slope = slope * believe
	t.levelVar, t.slopeVar = t.spread*max(mean, 1/weight)*squares/(weight*weight), noise*believe
	t.rate = mean - t.slope*t.centre
	return t
}

func (b *block) weight() float64 { return math.Exp2(-b.age / halfLife) }

// middle is the block's mean day, counted back from now.
func (b *block) middle() float64 { return -b.age - b.long/2 }

// within adds to what is confirmed and keeps the sum between it and the eligible.
func within(now int64, add float64, eligible int64) int64 {
	return min(max(now+int64(math.Round(add)), now), max(now, eligible))
}

// work counts the working days after from up to and including until.
func (p *Past) work(from, until clock.Day) (n int) {
	for d := from.Add(1); d <= until; d = d.Add(1) {
		if p.Rests == nil || !p.Rests(d) {
			n++
		}
	}
	return n
}

// blocks cuts the line, from its last day back, into stretches of about a week that end where the line was seen to move, so that no stretch
// ends between two extracts. Stretches without a working day are left out.
func (p *Past) blocks(last int) []block {
	var out []block
	for end, i := last, len(p.Seen)-1; end > 0; {
		from := 0
		for ; i >= 0; i-- {
			if at := p.Seen[i].Sub(p.From); at <= end-blockDays {
				from = max(at, 0)
				break
			}
		}
		if days := p.work(p.From.Add(from), p.From.Add(end)); days > 0 && end-from >= blockDays-1 {
			out = append(out, block{p.N[end] - p.N[from], float64(days), float64(last - end), float64(end - from)})
		}
		end = from
	}
	return out
}
