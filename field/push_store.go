package field

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/photo"
	"bonphu/ops/canvass"
)

const (
	mostItems = 50               // a push
	tolerated = 10 * time.Minute // by which a phone's clock may be wrong without a word
)

// slip is an item as it is worked on: its ids read, its instant corrected, its photo made clean.
type slip struct {
	item
	n         int64
	at        string // instant by the server's clock
	skew      int64
	person    int64
	of        int64 // the visit that a photo or an undoing is about
	jpeg      []byte
	badJPEG   bool
	malformed *fault.Fault
}

// push takes what a phone recorded: every item gets its verdict and is kept (law O1), and pushing twice is pushing once (law O2).
func (f *Phone) push(r *http.Request, h *holder) (any, error) {
	var ask pushAsk
	if err := read(r, &ask); err != nil {
		return nil, err
	}
	if err := speaks(ask.V); err != nil {
		return nil, err
	}
	if len(ask.Items) > mostItems {
		return nil, fault.New(fault.Invalid, "field.many", "Gửi một lần quá %d phiếu. Máy sẽ chia nhỏ và gửi lại.", mostItems)
	}
	now := f.Clock()
	out := &pushed{V: version, Now: clock.Stamp(now), Verdicts: []verdict{}}
	var skew time.Duration
	if sent, err := time.Parse(time.RFC3339, ask.Sent); err == nil {
		if skew = now.Sub(sent); skew.Abs() <= tolerated {
			skew = 0
		}
	}
	out.Skew = int64(skew / time.Minute)
	list := make([]*slip, len(ask.Items))
	for i, raw := range ask.Items {
		list[i] = newSlip(raw, now, skew)
	}
	verdicts, err := f.take(r.Context(), h, list)
	if err != nil && len(list) > 1 && r.Context().Err() == nil {
		verdicts = nil // one of them failed unexpectedly: it must not keep the others out
		for _, s := range list {
			v, alone := f.take(r.Context(), h, []*slip{s})
			if alone != nil {
				f.Log.Error("phone", "kind", s.Kind, "err", alone)
				continue // without a verdict it stays on the phone and is sent again
			}
			verdicts, err = append(verdicts, v...), nil
		}
	}
	if err != nil {
		return nil, err
	}
	out.Verdicts = append(out.Verdicts, verdicts...)
	return out, nil
}

// newSlip reads an item. One that cannot be read gets an id made of its own bytes, so that it is kept once.
func newSlip(raw json.RawMessage, now time.Time, skew time.Duration) *slip {
	s := &slip{skew: int64(skew / time.Minute)}
	bad := json.Unmarshal(raw, &s.item) != nil
	var err error
	if s.n, err = id.Parse(s.ID); err != nil || s.n <= 0 || bad {
		sum := sha256.Sum256(raw)
		s.n = int64(binary.BigEndian.Uint64(sum[:]) >> 1)
		s.malformed = fault.New(fault.Invalid, "field.item", "Máy chủ không đọc được phiếu này. Hãy cập nhật ứng dụng và ghi lại.")
	}
	at, err := time.Parse(time.RFC3339, s.At)
	if err != nil {
		s.at = clock.Stamp(now)
		if s.malformed == nil {
			s.malformed = fault.New(fault.Invalid, "field.at", "Phiếu không có thời điểm ghi. Hãy ghi lại phiếu này.")
		}
	} else if at = at.Add(skew); at.After(now) {
		s.at = clock.Stamp(now)
	} else {
		s.at = clock.Stamp(at)
	}
	s.person, _ = id.Parse(s.Person)
	switch s.Kind {
	case "photo":
		s.of, _ = id.Parse(s.Of)
	case "undo":
		s.of, _ = id.Parse(s.Visit)
	}
	if len(s.JPEG) > 0 {
		if s.jpeg, err = photo.Clean(s.JPEG); err != nil {
			s.badJPEG = true
		}
	}
	return s
}

// take works through items in one act.
func (f *Phone) take(ctx context.Context, h *holder, list []*slip) ([]verdict, error) {
	var out []verdict
	act := h.Act("visit.record", h.Units[0], "device:"+id.String(h.Device.ID), "")
	err := f.Canvass.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		out = make([]verdict, len(list))
		ids := make([]int64, len(list))
		var about []int64
		for i, s := range list {
			ids[i] = s.n
			if s.Kind == "visit" {
				about = append(about, s.n)
			}
		}
		before, err := canvass.ItemsByID(tx, ids)
		if err != nil {
			return err
		}
		t := &taking{Phone: f, tx: tx, h: h}
		if t.early, err = canvass.WaitingAbout(tx, about); err != nil {
			return err
		}
		count := map[string]int{}
		for i, s := range list {
			x, same := before[s.n]
			if !same {
				if x, err = t.one(s); err != nil {
					return err
				}
				if err := canvass.KeepItem(tx, &x); err != nil {
					return err
				}
				before[s.n] = x
			}
			out[i] = verdict{s.ID, x.Verdict, x.Code, x.Text}
			if same {
				out[i] = again(s.ID, &x)
			}
			count[out[i].Verdict]++
		}
		act.Note = fmt.Sprintf("điện thoại gửi %d mục: %d ghi, %d có sẵn, %d chờ xử lý, %d không nhận", len(list), count[canvass.ItemTaken], count[canvass.ItemSame], count[canvass.ItemHeld], count[canvass.ItemRefused])
		return nil
	})
	return out, err
}

// again is the verdict of an item that was there: the first one's, unless a person has decided of it since.
func again(ref string, x *canvass.Item) verdict {
	switch {
	case x.State == canvass.ItemSettled && x.SettledAs == canvass.SettledDrop:
		return verdict{ref, canvass.ItemRefused, x.Code, "Người có thẩm quyền đã xem và không ghi phiếu này."}
	case x.State == canvass.ItemSettled && x.SettledAs == canvass.SettledUndone:
		return verdict{ref, canvass.ItemSame, x.Code, "Phiếu đã được hủy."}
	case x.State == canvass.ItemSettled:
		return verdict{ref, canvass.ItemSame, x.Code, "Người có thẩm quyền đã xác nhận và ghi phiếu này."}
	case x.Verdict == canvass.ItemTaken:
		return verdict{ref, canvass.ItemSame, x.Code, x.Text}
	}
	return verdict{ref, x.Verdict, x.Code, x.Text}
}

// settledOf tells what became of slips that a phone knows as held, by their ids: those of which a person has decided since (law O1).
func settledOf(tx *db.Tx, refs string) ([]verdict, error) {
	var ids []int64
	for _, ref := range strings.SplitN(refs, ",", mostItems+1) {
		if n, err := id.Parse(ref); err == nil && len(ids) < mostItems {
			ids = append(ids, n)
		}
	}
	items, err := canvass.ItemsByID(tx, ids)
	var out []verdict
	for _, n := range ids {
		if x, ok := items[n]; ok && x.State == canvass.ItemSettled {
			out = append(out, again(id.String(n), &x))
		}
	}
	return out, err
}

// where tells in which unit an item waits for a person.
func (h *holder) where(unit int64) int64 {
	if h.Tree().ByID(unit) != nil {
		return unit
	}
	return h.Units[0]
}

// holds tells whether the phone carries the list of a unit.
func (h *holder) holds(unit int64) bool {
	return slices.ContainsFunc(h.Units, func(u int64) bool { return h.Tree().Within(unit, u) })
}
