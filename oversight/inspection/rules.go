package inspection

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"bonphu/internal/stat"
	"bonphu/ops/allotment"
)

// Stratum is the people of one hamlet in a frame. Those whose hamlet is not known are the commune's own stratum.
type Stratum struct {
	Code    string // of the unit: part of what is hashed
	Unit    int64
	Persons []int64 // ascending
}

// Size is how many of a frame are drawn: the sample size with the finite-population correction, and at least one of every stratum.
func Size(sizes []int64, expected, margin, conf float64) int64 {
	var all, strata int64
	for _, n := range sizes {
		if n > 0 {
			all += n
			strata++
		}
	}
	return max(stat.SampleSize(all, expected, margin, conf), strata)
}

// Allocate parts n among strata by their sizes, at least one to each that is not empty and to none more than it has. codes break
// ties. The parts sum to n when n is at least the number of strata and at most the frame.
func Allocate(n int64, sizes []int64, codes []string) []int64 {
	parts := allotment.Share(n, sizes, codes)
	var over int64
	for i, size := range sizes {
		switch {
		case size <= 0:
			over += parts[i]
			parts[i] = 0
		case parts[i] < 1:
			over -= 1 - parts[i]
			parts[i] = 1
		case parts[i] > size:
			over += parts[i] - size
			parts[i] = size
		}
	}
	order := make([]int, len(sizes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(codes[a], codes[b])) })
	for moved := true; over != 0 && moved; {
		moved = false
		for _, i := range order {
			switch {
			case over > 0 && parts[i] < sizes[i]:
				parts[i]++
				over--
				moved = true
			case over < 0 && parts[i] > 1:
				parts[i]--
				over++
				moved = true
			}
		}
	}
	return parts
}

// DrawnPerson is one drawn person. Place counts from 1 within the stratum.
type DrawnPerson struct {
	Person, Unit int64
	Code         string
	Place        int64
}

// Ticket is what a person draws: SHA-256 in hex of seed, stratum code and person id, joined by "|" (law J1). The smallest are
// taken; `printf '%s' 'SEED|CODE|ID' | sha256sum` gives the same.
func Ticket(seed, code string, person int64) string {
	sum := sha256.Sum256([]byte(seed + "|" + code + "|" + strconv.FormatInt(person, 10)))
	return hex.EncodeToString(sum[:])
}

// Draw takes the sample of a frame by a seed: strata by their codes, in each the persons of the smallest tickets. The same seed
// and frame always give the same list (law J1).
func Draw(seed string, strata []Stratum, n int64) []DrawnPerson {
	strata = slices.Clone(strata)
	slices.SortFunc(strata, func(a, b Stratum) int { return cmp.Compare(a.Code, b.Code) })
	sizes, codes := make([]int64, len(strata)), make([]string, len(strata))
	for i := range strata {
		sizes[i], codes[i] = int64(len(strata[i].Persons)), strata[i].Code
	}
	type ticket struct {
		text   string
		person int64
	}
	var out []DrawnPerson
	for i, k := range Allocate(n, sizes, codes) {
		s := &strata[i]
		tickets := make([]ticket, len(s.Persons))
		for j, p := range s.Persons {
			tickets[j] = ticket{Ticket(seed, s.Code, p), p}
		}
		slices.SortFunc(tickets, func(a, b ticket) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.person, b.person)) })
		for j := range k {
			out = append(out, DrawnPerson{Person: tickets[j].person, Unit: s.Unit, Code: s.Code, Place: j + 1})
		}
	}
	return out
}

// FrameSHA is the hash that is published of a frame: SHA-256 in hex of its lines "code|id\n", sorted as text.
func FrameSHA(strata []Stratum) string {
	sum := sha256.Sum256([]byte(strings.Join(frameLines(strata), "\n") + "\n"))
	return hex.EncodeToString(sum[:])
}

// frameLines gives "code|id" of everybody in a frame, sorted as lines.
func frameLines(strata []Stratum) []string {
	var lines []string
	for i := range strata {
		for _, p := range strata[i].Persons {
			lines = append(lines, strata[i].Code+"|"+strconv.FormatInt(p, 10)+"\n")
		}
	}
	slices.Sort(lines)
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\n")
	}
	return lines
}
