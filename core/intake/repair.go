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
	main   vn.Encoding // the old encoding found in it
	mixed  bool
	cols   map[int]vn.Encoding
	row    vn.Encoding // of the present row, in a mixed sheet
	last   vn.Encoding // of the last row that told
	inList bool        // in a row of the list a column's evidence weighs more than the row's
	cache  map[string]string
	forced map[string]string
}

const cacheLimit = 1 << 16

func newRepairer() *repairer {
	return &repairer{cols: map[int]vn.Encoding{}, cache: map[string]string{}, forced: map[string]string{}}
}

// old tells whether an encoding is one of the old ones.
func old(e vn.Encoding) bool {
	return e == vn.TCVN3 || e == vn.VNI || e == vn.CP1258 || e == vn.Mojibake
}

// learn takes the evidence from a sheet's first rows and returns how many cells were in which encoding.
func (rp *repairer) learn(rows []sheet.Row) map[string]int {
	total, clean := map[vn.Encoding]int{}, 0
	seen := map[string]bool{}
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
				if len(seen) < 500 {
					seen[cell.Text] = true
				}
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
	rp.main = likeliest(total, seen)
	n := 0
	for _, k := range total {
		n += k
	}
	main := rp.main
	if n > 0 && clean*20 <= n {
		rp.sheet = main
	}
	rp.mixed = n > 0 && clean > 0
	for c, m := range colOld {
		if _, k := most(m); k > 0 && colClean[c]*3 <= k {
			rp.cols[c] = main
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

// likeliest gives the old encoding in which most cells are correct text; what was found most often at a tie.
func likeliest(found map[vn.Encoding]int, texts map[string]bool) vn.Encoding {
	first, n := most(found)
	if n == 0 {
		return ""
	}
	right := map[vn.Encoding]int{first: 0}
	for _, e := range []vn.Encoding{vn.TCVN3, vn.VNI, vn.CP1258, vn.Mojibake} {
		for s := range texts {
			if correct(vn.RepairAs(s, e)) {
				right[e]++
			}
		}
	}
	if best, k := most(right); k > right[first] {
		return best
	}
	return first
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

// startRow gathers a mixed sheet's evidence from one row: all its telling cells in one encoding, else nothing; rows that
// tell nothing are like the one before.
func (rp *repairer) startRow(cells []sheet.Cell) {
	if !rp.mixed || rp.sheet != "" {
		return
	}
	clean, found := false, vn.Encoding("")
	for i := range cells {
		switch shapeOf(cells[i].Text) {
		case plainASCII, ambiguous:
		case cleanVietnamese:
			clean = true
		default:
			if _, e := rp.mend(cells[i].Text); old(e) {
				found = rp.main
			}
		}
	}
	switch {
	case clean && found != "":
		rp.row, rp.last = "", found
	case clean:
		rp.row, rp.last = vn.UTF8, vn.UTF8
	case found != "":
		rp.row, rp.last = found, found
	default:
		rp.row = ""
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
		col := rp.cols[col]
		if enc = rp.row; enc == "" || rp.inList && col != "" {
			if enc = col; enc == "" {
				enc = rp.last
			}
		}
		if enc == vn.UTF8 {
			enc = ""
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
	if enc != "" && got != enc && got != vn.NFD { // by itself it could be something else: the evidence around it decides
		if t := vn.RepairAs(s, enc); correct(t) {
			v = t
		}
	}
	if len(cache) >= cacheLimit {
		clear(cache)
	}
	cache[key] = v
	return v
}

// sheetName mends the name of the sheet; one that names a hamlet only in the sheet's old encoding is read so.
func (rp *repairer) sheetName(s string) string {
	t := rp.text(-1, s)
	if _, ok := sectionPlace(t); ok || rp.main == "" {
		return t
	}
	if u := vn.RepairAs(s, rp.main); correct(u) {
		if _, ok := sectionPlace(u); ok {
			return u
		}
	}
	return t
}

// correct tells whether a text needs no mending.
func correct(s string) bool {
	t, enc := vn.Repair(s)
	return enc == vn.UTF8 && t == s
}
