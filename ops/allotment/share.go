package allotment

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// Share divides total in proportion to weights so that the parts add up to it (law A1): each part is cut to a whole number and
// what is left goes, one each, to the largest remainders, ties by code. Negative weights count as 0; when all are 0 the parts
// are as equal as can be. A negative total is divided as its opposite. There must be as many codes as weights.
func Share(total int64, weights []int64, codes []string) []int64 {
	parts := make([]int64, len(weights))
	if len(weights) == 0 || total == 0 {
		return parts
	}
	w := make([]uint64, len(weights))
	var sum, carry uint64
	for i, x := range weights {
		w[i] = uint64(max(x, 0))
		var c uint64
		sum, c = bits.Add64(sum, w[i], 0)
		carry += c
	}
	if sum == 0 && carry == 0 {
		for i := range w {
			w[i] = 1
		}
		sum = uint64(len(w))
	}
	whole := uint64(total)
	if total < 0 {
		whole = -whole
	}
	given, rests := uint64(0), make([]rest, len(w))
	if carry == 0 {
		for i := range w {
			hi, lo := bits.Mul64(whole, w[i])
			q, r := bits.Div64(hi, lo, sum)
			parts[i], rests[i] = int64(q), rest{i, r}
			given += q
		}
	} else {
		given = shareBig(whole, w, parts, rests)
	}
	slices.SortFunc(rests, func(a, b rest) int {
		return cmp.Or(cmp.Compare(b.left, a.left), cmp.Compare(codes[a.at], codes[b.at]), cmp.Compare(a.at, b.at))
	})
	for i := range whole - given {
		parts[rests[i].at]++
	}
	if total < 0 {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts
}

// rest is what a part lost when it was cut.
type rest struct {
	at   int
	left uint64
}

// shareBig is Share for weights whose sum is beyond 64 bits; the remainders are compared by their leading 63 bits.
func shareBig(whole uint64, w []uint64, parts []int64, rests []rest) (given uint64) {
	sum := new(big.Int)
	for _, x := range w {
		sum.Add(sum, new(big.Int).SetUint64(x))
	}
	shift := uint(max(0, sum.BitLen()-63))
	t := new(big.Int).SetUint64(whole)
	for i, x := range w {
		q, r := new(big.Int).QuoRem(new(big.Int).Mul(t, new(big.Int).SetUint64(x)), sum, new(big.Int))
		parts[i], rests[i] = q.Int64(), rest{i, new(big.Int).Rsh(r, shift).Uint64()}
		given += q.Uint64()
	}
	return given
}

// shareUpTo is Share with a bound on each part: what goes beyond a bound is shared among the others. What no bound holds comes back
// as over and is in no part.
func shareUpTo(total int64, weights, most []int64, codes []string) (parts []int64, over int64) {
	parts = make([]int64, len(weights))
	var open []int
	for i := range weights {
		if most[i] > 0 {
			open = append(open, i)
		}
	}
	for total > 0 && len(open) > 0 {
		ws, cs := make([]int64, len(open)), make([]string, len(open))
		for k, i := range open {
			ws[k], cs[k] = weights[i], codes[i]
		}
		got := Share(total, ws, cs)
		var kept []int
		for k, i := range open {
			if got[k] > most[i] {
				parts[i] = most[i]
				total -= most[i]
			} else {
				kept = append(kept, i)
			}
		}
		if len(kept) == len(open) {
			for k, i := range open {
				parts[i] = got[k]
			}
			return parts, 0
		}
		open = kept
	}
	return parts, total
}
