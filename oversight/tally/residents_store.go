package tally

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// Query asks for residents: the people behind a number (law N2) or those one looks for.
type Query struct {
	Text   string    // part of a name without marks, a whole citizen number or a telephone; "" for all
	Units  []int64   // where to look, in the order to show; the caller has narrowed them to the asker's scope
	Series string    // who is counted in it now; "" for all
	Not    string    // and not in this one; "" for none
	Day    clock.Day // as of the end of which past day; "" is now
	After  string    // Next of the page before
	N      int       // rows a page, at most 1000
}

// Page is a page of residents.
type Page struct {
	People []people.Person
	Next   string // "" on the last page
	Total  int64  // how many in all where that is kept, else -1
}

// Residents reads a page. Every unit asked for must be one the asker may see people of.
func (b *Book) Residents(ctx context.Context, who access.Viewer, q Query) (*Page, error) {
	if q.N <= 0 || q.N > 1000 {
		q.N = 50
	}
	if len(q.Text) > 200 {
		return nil, fault.New(fault.Invalid, "tally.text_long", "Từ tìm quá dài. Hãy gõ một phần họ tên, số định danh hoặc số điện thoại.").On("q")
	}
	for _, s := range []string{q.Series, q.Not} {
		if s != "" && !b.SeriesNow().Known(s) {
			return nil, fault.New(fault.Invalid, "tally.series", "Nhóm này không có trong kế hoạch đang dùng.").On("nhom")
		}
	}
	for _, u := range q.Units {
		if err := who.May("people.see", u); err != nil {
			return nil, err
		}
	}
	page := &Page{Total: -1}
	if len(q.Units) == 0 {
		return page, nil
	}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		if b.past(tx, q.Day) {
			past, err := b.onDay(tx, q)
			if err == nil {
				*page = *past
			}
			return err
		}
		f, err := b.filter(tx, q)
		if err != nil {
			return err
		}
		var ids []int64
		switch digits := onlyDigits(q.Text); {
		case len(digits) == 12:
			ids, err = byIndex(tx, "number_ix", tx.Keys().Index(digits), f)
		case len(digits) >= 9 && len(digits) <= 11:
			phone, _ := vn.Phone(digits)
			ids, err = byIndex(tx, "phone_ix", tx.Keys().Index(phone), f)
		case digits != "" && len(digits) != 12:
			return fault.New(fault.Invalid, "tally.digits", "Hãy gõ đủ 12 chữ số của số định danh, hoặc đủ 10 chữ số của số điện thoại.").On("q")
		case strings.TrimSpace(q.Text) != "":
			ids, page.Next, err = byName(tx, q, f)
		default:
			page.Total, err = countPeople(tx, f)
			if err == nil {
				ids, page.Next, err = byUnit(tx, q, f)
			}
		}
		if err != nil {
			return err
		}
		list, err := people.Load(tx, ids)
		for _, i := range ids {
			if p, ok := list[i]; ok {
				page.People = append(page.People, p)
			}
		}
		return err
	})
	return page, err
}

// filter is a query's conditions, ready.
type filter struct {
	units    map[int64]bool
	order    []int64
	profiles []int64 // nil for any
	narrow   bool
	in       map[int64]bool
}

func (b *Book) filter(tx *db.Tx, q Query) (*filter, error) {
	f := &filter{units: map[int64]bool{}, order: q.Units, in: map[int64]bool{}}
	for _, u := range q.Units {
		f.units[u] = true
	}
	if q.Series == "" && q.Not == "" {
		return f, nil
	}
	f.narrow = true
	in, err := b.profilesIn(tx, cmp.Or(q.Series, "p:all"))
	if err != nil {
		return nil, err
	}
	if q.Not != "" {
		out, err := b.profilesIn(tx, q.Not)
		if err != nil {
			return nil, err
		}
		in = slices.DeleteFunc(in, func(p int64) bool { return slices.Contains(out, p) })
	}
	f.profiles = in
	for _, p := range in {
		f.in[p] = true
	}
	return f, nil
}

// keep drops those outside the asked units and series.
func (f *filter) keep(tx *db.Tx, ids []int64) ([]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rolled, err := rolls(tx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ids, func(p int64) bool {
		r, ok := rolled[p]
		return !ok || !f.units[r.unit] || f.narrow && !f.in[r.profile]
	}), nil
}

func byIndex(tx *db.Tx, column string, ix int64, f *filter) ([]int64, error) {
	var ids []int64
	err := tx.Each("SELECT id FROM person WHERE "+column+" = $1 AND state = 'live' ORDER BY id LIMIT 200", []any{ix}, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		ids = append(ids, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return f.keep(tx, ids)
}

// scanLimit bounds how far one page looks along an index for matches that a filter drops.
const scanLimit = 60_000

// byName walks the index of name ends from the text on. Words that do not follow one another in the name are found by the last
// of them, the others compared.
func byName(tx *db.Tx, q Query, f *filter) ([]int64, string, error) {
	fold := vn.Fold(q.Text)
	ids, next, err := alongNames(tx, fold, nil, q, f)
	words := strings.Fields(fold)
	if err != nil || len(ids) > 0 || len(words) < 2 || q.After != "" && !strings.HasPrefix(q.After, "w|") {
		return ids, next, err
	}
	return alongNames(tx, words[len(words)-1], words[:len(words)-1], q, f)
}

func alongNames(tx *db.Tx, prefix string, others []string, q Query, f *filter) ([]int64, string, error) {
	from, fromID := prefix, int64(0)
	if parts := strings.Split(q.After, "|"); len(parts) == 3 && parts[0] == "w" {
		from = parts[1]
		fromID, _ = strconv.ParseInt(parts[2], 36, 64)
	}
	var ids []int64
	seen := map[int64]bool{}
	for looked := 0; looked < scanLimit; {
		type hit struct {
			suffix string
			person int64
		}
		size := max(2*q.N, 200)
		if f.narrow || len(f.order) == 1 || len(others) > 0 {
			size = 2000
		}
		var hits []hit
		err := tx.Each("SELECT suffix, person_id FROM person_name WHERE (suffix, person_id) > ($1, $2) AND suffix < $3 ORDER BY suffix, person_id LIMIT $4",
			[]any{from, fromID, prefix + "\uffff", size}, func(scan func(...any) error) error {
				var h hit
				err := scan(&h.suffix, &h.person)
				hits = append(hits, h)
				return err
			})
		if err != nil {
			return nil, "", err
		}
		looked += len(hits)
		batch := make([]int64, 0, len(hits))
		for _, h := range hits {
			if !seen[h.person] {
				batch = append(batch, h.person)
			}
		}
		kept, err := f.keep(tx, batch)
		if err == nil && len(others) > 0 {
			kept, err = havingWords(tx, kept, others)
		}
		if err != nil {
			return nil, "", err
		}
		ok := make(map[int64]bool, len(kept))
		for _, p := range kept {
			ok[p] = true
		}
		for _, h := range hits {
			if !ok[h.person] || seen[h.person] {
				continue
			}
			if len(ids) == q.N {
				return ids, "w|" + from + "|" + strconv.FormatInt(fromID, 36), nil
			}
			seen[h.person] = true
			ids = append(ids, h.person)
			from, fromID = h.suffix, h.person
		}
		if len(hits) < size {
			return ids, "", nil
		}
		if len(ids) < q.N {
			from, fromID = hits[len(hits)-1].suffix, hits[len(hits)-1].person
		}
	}
	return ids, "", nil
}

func havingWords(tx *db.Tx, ids []int64, words []string) ([]int64, error) {
	list, err := people.Load(tx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(ids, func(p int64) bool {
		name := " " + vn.Fold(list[p].Name) + " "
		for _, w := range words {
			if !strings.Contains(name, " "+w) {
				return true
			}
		}
		return false
	}), nil
}

// countPeople tells how many there are: by units and profiles, in the index alone.
func countPeople(tx *db.Tx, f *filter) (int64, error) {
	var total int64
	if f.narrow && len(f.profiles) == 0 {
		return 0, nil
	}
	args := []any{}
	for _, u := range f.order {
		args = append(args, u)
	}
	text := "SELECT count(*) FROM person_roll WHERE unit_id IN (" + tx.In(len(args), 1) + ")"
	if f.narrow {
		n := len(args)
		for _, p := range f.profiles {
			args = append(args, p)
		}
		text += " AND profile_id IN (" + tx.In(len(f.profiles), n+1) + ")"
	}
	err := tx.QueryRow(text, args...).Scan(&total)
	return total, err
}

// byUnit walks the units in the given order and each unit's people in the order of names.
func byUnit(tx *db.Tx, q Query, f *filter) ([]int64, string, error) {
	if f.narrow && len(f.profiles) == 0 {
		return nil, "", nil
	}
	start, sort, last := 0, "", int64(0)
	if parts := strings.Split(q.After, "|"); len(parts) == 4 && parts[0] == "u" {
		unit, _ := strconv.ParseInt(parts[1], 36, 64)
		start = max(slices.Index(f.order, unit), 0)
		sort = parts[2]
		last, _ = strconv.ParseInt(parts[3], 36, 64)
	}
	var ids []int64
	for _, unit := range f.order[start:] {
		for {
			type hit struct {
				person int64
				sort   string
			}
			var hits []hit
			size := q.N + 1
			if f.narrow {
				size = max(size, 1000)
			}
			err := tx.Each("SELECT id, name_sort FROM person WHERE unit_id=$1 AND (name_sort, id) > ($2, $3) AND state='live' ORDER BY name_sort, id LIMIT $4",
				[]any{unit, sort, last, size}, func(scan func(...any) error) error {
					var h hit
					err := scan(&h.person, &h.sort)
					hits = append(hits, h)
					return err
				})
			if err != nil {
				return nil, "", err
			}
			all := make([]int64, len(hits))
			for i, h := range hits {
				all[i] = h.person
			}
			if f.narrow {
				if all, err = f.keep(tx, all); err != nil {
					return nil, "", err
				}
			}
			ok := map[int64]bool{}
			for _, p := range all {
				ok[p] = true
			}
			for _, h := range hits {
				if ok[h.person] {
					if len(ids) == q.N {
						return ids, "u|" + strconv.FormatInt(unit, 36) + "|" + sort + "|" + strconv.FormatInt(last, 36), nil
					}
					ids = append(ids, h.person)
				}
				sort, last = h.sort, h.person
			}
			if len(hits) < size {
				break
			}
		}
		sort, last = "", 0
	}
	return ids, "", nil
}

// onlyDigits gives the digits of a text that has nothing else but spaces and dots; "" otherwise.
func onlyDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '.' || r == '+':
		default:
			return ""
		}
	}
	return b.String()
}
