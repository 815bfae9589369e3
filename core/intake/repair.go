package intake

import (
	"strings"

	"bonphu/internal/sheet"
	"bonphu/internal/vn"
)

// shape is what a look at a cell's characters tells about its encoding.
type shape int

const (
	plainASCII      shape = iota
	cleanVietnamese       // has letters that only composed Unicode has, and nothing odd
	ambiguous             // Latin-1 letters only: Vietnamese as it is, or an old font
	odd                   // anything else
)

func shapeOf(s string) shape {
	i := 0
	for i < len(s) && s[i] < 0x80 {
		i++
	}
	if i == len(s) {
		return plainASCII
	}
	clean, latin := false, false
	for _, r := range s[i:] {
		switch {
		case r < 0x80:
		case r >= 0x1EA0 && r <= 0x1EF9:
			clean = true
		case r == 'ă' || r == 'Ă' || r == 'đ' || r == 'Đ' || r == 'ĩ' || r == 'Ĩ' || r == 'ũ' || r == 'Ũ' || r == 'ơ' || r == 'Ơ' || r == 'ư' || r == 'Ư':
			clean = true
		case r == 0xA0 || r == '–' || r == '“' || r == '”' || r == '’' || r == '…' || r == '—':
			// marks that correct text has too
		case r < 0x100 && strings.ContainsRune("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ", r):
			latin = true
		default:
			return odd
		}
	}
	if clean {
		return cleanVietnamese
	}
	if latin {
		return ambiguous
	}
	return odd
}

// repairer mends the texts of one sheet. Cells that can be read both ways follow their sheet, column or row.
type repairer struct {
	sheet  vn.Encoding // all unclear cells are in this one; "" when there is none or the sheet is mixed
	mixed  bool
	cols   map[int]vn.Encoding
	row    vn.Encoding // of the present row, in a mixed sheet
	cache  map[string]string
	forced map[string]string
}

const cacheLimit = 1 << 16

func newRepairer() *repairer {
	return &repairer{cols: map[int]vn.Encoding{}, cache: map[string]string{}, forced: map[string]string{}}
}

// old tells whether an encoding is one of the old ones.
func old(e vn.Encoding) bool { return e == vn.TCVN3 || e == vn.VNI || e == vn.CP1258 || e == vn.Mojibake }

// learn takes the evidence from a sheet's first rows and returns how many cells were in which encoding.
func (rp *repairer) learn(rows []sheet.Row) map[string]int {
	total, clean := map[vn.Encoding]int{}, 0
	colOld, colClean := map[int]map[vn.Encoding]int{}, map[int]int{}
	for _, r := range rows {
		for c, cell := range r.Cells {
			switch shapeOf(cell.Text) {
			case plainASCII:
			case cleanVietnamese:
				clean++
				colClean[c]++
			default:
				_, enc := rp.mend(cell.Text)
				if !old(enc) {
					continue
				}
				total[enc]++
				if colOld[c] == nil {
					colOld[c] = map[vn.Encoding]int{}
				}
				colOld[c][enc]++
			}
		}
	}
	main, n := most(total)
	if n > 0 && clean*20 <= n {
		rp.sheet = main
	}
	rp.mixed = n > 0 && clean > 0
	for c, m := range colOld {
		if e, k := most(m); k > 0 && colClean[c]*20 <= k {
			rp.cols[c] = e
		}
	}
	out := map[string]int{}
	for e, k := range total {
		out[string(e)] = k
	}
	if clean > 0 {
		out["utf-8"] = clean
	}
	return out
}

func most(m map[vn.Encoding]int) (best vn.Encoding, n int) {
	for e, k := range m {
		if k > n || k == n && e < best {
			best, n = e, k
		}
	}
	return best, n
}

func (rp *repairer) mend(s string) (string, vn.Encoding) { return vn.Repair(s) }

// startRow gathers a mixed sheet's evidence from one row.
func (rp *repairer) startRow(cells []sheet.Cell) {
	if !rp.mixed || rp.sheet != "" {
		return
	}
	rp.row = ""
	for i := range cells {
		switch shapeOf(cells[i].Text) {
		case plainASCII, ambiguous:
		case cleanVietnamese:
			rp.row = ""
			return
		default:
			if _, e := rp.mend(cells[i].Text); old(e) {
				rp.row = e
			}
		}
	}
}

// text gives a cell's text, mended.
func (rp *repairer) text(col int, s string) string {
	switch shapeOf(s) {
	case plainASCII, cleanVietnamese:
		return s
	}
	enc := rp.sheet
	if enc == "" && rp.mixed {
		if enc = rp.row; enc == "" {
			enc = rp.cols[col]
		}
	}
	cache := rp.cache
	if enc != "" {
		cache = rp.forced
	}
	key := s
	if enc != "" {
		key = string(enc) + s
	}
	if v, ok := cache[key]; ok {
		return v
	}
	v, got := rp.mend(s)
	if enc != "" && !old(got) {
		v = vn.RepairAs(s, enc)
	}
	if len(cache) >= cacheLimit {
		clear(cache)
	}
	cache[key] = v
	return v
}
