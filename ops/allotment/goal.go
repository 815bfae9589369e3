package allotment

import "math"

// Part is a unit with what counts there.
type Part struct {
	Unit      int64
	Code      string
	Eligible  int64
	Confirmed int64
	Given     int64 // of the target table; less than 0 when it gives none
}

// WholeOf is the number that a percentage of the eligible makes, rounded up (KH:IV.1.a: "phấn đấu … %").
func WholeOf(eligible int64, percent float64) int64 {
	if eligible <= 0 || percent <= 0 {
		return 0
	}
	return min(int64(math.Ceil(float64(eligible)*percent/100-1e-9)), max(eligible, 0))
}

// Goals gives each part its number to reach: what the target table gives where it gives one; the others share the percentage of
// their eligible, rounded up once at the whole (law A1).
func Goals(parts []Part, percent float64) []int64 {
	out := make([]int64, len(parts))
	var open []int
	var weights []int64
	var codes []string
	var eligible int64
	for i := range parts {
		if parts[i].Given >= 0 {
			out[i] = parts[i].Given
			continue
		}
		open = append(open, i)
		weights, codes = append(weights, parts[i].Eligible), append(codes, parts[i].Code)
		eligible += max(parts[i].Eligible, 0)
	}
	for k, n := range Share(WholeOf(eligible, percent), weights, codes) {
		out[open[k]] = n
	}
	return out
}

// Left gives each part what it still has to do, so that the parts add up to what the whole has to do: goals are the parts' own,
// and a part that did more than its goal relieves the others (law A2).
func Left(parts []Part, goals []int64) []int64 {
	var goal, done int64
	need, codes := make([]int64, len(parts)), make([]string, len(parts))
	for i := range parts {
		goal += goals[i]
		done += parts[i].Confirmed
		need[i], codes[i] = max(0, goals[i]-parts[i].Confirmed), parts[i].Code
	}
	if goal <= done {
		return make([]int64, len(parts))
	}
	return Share(goal-done, need, codes)
}
