package web

import (
	"sync"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
	"bonphu/ops/dossier"
)

// The bounds of the public look-up: how many tries an address has at once, how long until it has another, and how many addresses are
// remembered.
const (
	lookBurst  = 12
	lookEvery  = 5 * time.Second
	lookMemory = 4096
)

// throttle is a bucket of tries for each address. The zero throttle is ready.
type throttle struct {
	mu   sync.Mutex
	left map[string]bucket
}

type bucket struct {
	tries float64
	at    time.Time
}

// take uses up one try of an address; false when it has none left. Where too many addresses are remembered, those whose bucket is full
// again are forgotten, and, if that is not enough, all are: memory stays bounded whoever comes.
func (t *throttle) take(from string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left == nil {
		t.left = map[string]bucket{}
	}
	b, known := t.left[from]
	if !known {
		if len(t.left) >= lookMemory {
			for k, o := range t.left {
				if now.Sub(o.at) > lookBurst*lookEvery {
					delete(t.left, k)
				}
			}
			if len(t.left) >= lookMemory {
				clear(t.left)
			}
		}
		b = bucket{lookBurst, now}
	}
	b.tries = min(lookBurst, b.tries+float64(now.Sub(b.at))/float64(lookEvery))
	b.at = now
	ok := b.tries >= 1
	if ok {
		b.tries--
	}
	t.left[from] = b
	return ok
}

// lookDelay is the time that every answer takes at least, so that how long it took tells nothing.
const lookDelay = 40 * time.Millisecond

func whereIs() *WhereIs {
	s := &WhereIs{}
	s.Title = "Hồ sơ của tôi đang ở đâu?"
	return s
}

func showWhereIs(a *Ask) error { return a.Show(whereIs()) }

// lookUpDossier answers by a code alone; the code stands in no address and no log (law R3).
func lookUpDossier(a *Ask) error {
	a.W.Header().Set("Cache-Control", "no-store")
	s := whereIs()
	now := clock.System() // real time, whatever day the campaign plays
	if !a.lookups.take(fromAddr(a.R), now) {
		a.W.Header().Set("Retry-After", "60")
		return Again(s, fault.New(fault.Busy, "web.look_often", "Bạn đã tra quá nhiều lần. Xin đợi một phút rồi tra lại.").On("code"))
	}
	t, err := a.Dossiers.LookUp(a.Ctx(), a.Post("code"))
	pause(a, lookDelay-clock.System().Sub(now))
	if err != nil {
		return Again(s, err)
	}
	s.Asked, s.Kind, s.State, s.Since, s.Taken, s.Next = true, dossier.KindTitle(t.Kind), dossier.Title(t.State), t.Since.Vi(), t.Day.Vi(), whatNext(t)
	s.Stages = wayOf(t.Kind, t.State, t.State == dossier.Rejected)
	return a.Show(s)
}

func pause(a *Ask, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-time.After(d):
	case <-a.R.Context().Done():
	}
}

// whatNext tells a citizen what happens next, or what is theirs to do.
func whatNext(t *dossier.Told) string {
	due := ""
	if t.Norm > 0 {
		due = " Thời hạn thường là " + vn.Int(int64(t.Norm)) + " ngày kể từ ngày trên."
	}
	switch t.State {
	case dossier.Collected:
		return "Công an sẽ truyền hồ sơ về Bộ." + due
	case dossier.Transmitted:
		return "Bộ Công an đang duyệt." + due
	case dossier.Rejected:
		if t.Redone {
			return "Hồ sơ đã được làm lại với mã mới. Xin dùng mã mới trên giấy hẹn."
		}
		return "Hồ sơ phải làm lại. Xin đến Công an xã nơi đã làm hồ sơ để được hướng dẫn, không mất phí."
	case dossier.Approved:
		return "Hồ sơ đã được duyệt, thẻ đang được in và chuyển về."
	case dossier.Issued:
		return "Thẻ đã có. Xin đến nơi làm hồ sơ để nhận thẻ, hoặc chờ thẻ gửi về nhà nếu đã đăng ký."
	case dossier.Handed:
		if t.Kind == dossier.Card {
			return "Đã trả thẻ. Hồ sơ hoàn tất."
		}
		return "Đã trả thẻ. Tài khoản định danh đang được duyệt; xin chờ tin nhắn."
	case dossier.Account:
		return "Tài khoản đã được duyệt. Hãy cài VNeID và kích hoạt bằng mã gửi tới SIM của bạn." + due
	case dossier.Activated:
		return "Tài khoản đã kích hoạt. Hồ sơ hoàn tất."
	}
	return "Hồ sơ đã hủy. Xin hỏi Công an xã nơi làm hồ sơ."
}
