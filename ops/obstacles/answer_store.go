package obstacles

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Entry is one answer of the answer book.
type Entry struct {
	ID                                  int64
	Category, Question, Answer, WhoName string
	Uses                                int64
	At                                  string
}

// shown is how many answers one look gives.
const shown = 50

// Search finds answers by words without marks, those with most of the words first, then those that served most. An empty text gives all,
// newest first. Whoever may see or send obstacles anywhere may look.
func (b *Book) Search(ctx context.Context, who access.Viewer, text, category string) ([]Entry, error) {
	if !who.MayAnywhere("obstacle.see") && !who.MayAnywhere("obstacle.send") {
		return nil, who.May("obstacle.see", 0)
	}
	words := strings.Fields(vn.Fold(text))
	words = words[:min(len(words), 40)]
	type hit struct {
		Entry
		n int
	}
	var hits []hit
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		hits = nil
		return tx.Each("SELECT id, category, question, answer, who_name, uses, at, folded FROM answer_book ORDER BY at DESC, id DESC LIMIT 5000", nil, func(row func(...any) error) error {
			var h hit
			var folded string
			if err := row(&h.ID, &h.Category, &h.Question, &h.Answer, &h.WhoName, &h.Uses, &h.At, &folded); err != nil {
				return err
			}
			have := map[string]bool{}
			for _, w := range strings.Fields(folded) {
				have[w] = true
			}
			for _, w := range words {
				if have[w] {
					h.n++
				}
			}
			if (category == "" || h.Category == category) && (len(words) == 0 || h.n*3 >= len(words) && h.n > 0) {
				hits = append(hits, h)
			}
			return nil
		})
	})
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(b.Uses, a.Uses)) })
	var out []Entry
	for _, h := range hits[:min(shown, len(hits))] {
		out = append(out, h.Entry)
	}
	return out, err
}

// Helped counts that an answer served once more.
func (b *Book) Helped(ctx context.Context, who access.Viewer, entry int64) error {
	if !who.MayAnywhere("obstacle.send") {
		return who.May("obstacle.send", 0)
	}
	return b.DB.Write(ctx, who.Act("obstacle.send", 0, "answer:"+id.String(entry), "lời giải đã giúp được"), func(tx *db.Tx) error {
		n, err := tx.Exec("UPDATE answer_book SET uses = uses + 1 WHERE id=$1", entry)
		if err == nil && n == 0 {
			return fault.New(fault.Missing, "obstacles.entry", "Không tìm thấy lời giải này.")
		}
		return err
	})
}

// Erase takes every obstacle and answer with what was said of them when personal data ends (law R4). It gives how many obstacles there were.
func Erase(tx *db.Tx) (int64, error) {
	for _, table := range []string{"obstacle_step", "obstacle_photo", "answer_book"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return 0, err
		}
	}
	return tx.Exec("DELETE FROM obstacle")
}
