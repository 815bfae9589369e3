package reconcile

import (
	"bytes"
	"context"
	"strconv"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Step is one line of a case's history (append-only).
type Step struct {
	ID        int64
	Kind      string // answer, decide, reopen, auto
	Code      Code
	Text      string
	WaitUntil clock.Day
	Photo     string // kind of the photo that lies with it ("image/jpeg"), "" for none
	Who       string
	At        string
}

// Case is an item with its history and what the viewer may do.
type Case struct {
	Item
	Steps                         []Step
	MayAnswer, MayDecide, MayOpen bool
}

func unknownCase() error {
	return fault.New(fault.Missing, "reconcile.case_unknown", "Không tìm thấy sai lệch này.")
}

func caseAt(tx *db.Tx, claim int64) (caseRow, error) {
	var c caseRow
	found := false
	err := tx.Each("SELECT "+caseColumns+" FROM claim_case WHERE claim_id=$1", []any{claim}, func(scan func(...any) error) (err error) {
		found = true
		c, err = scanCase(scan)
		return err
	})
	if err == nil && !found {
		err = unknownCase()
	}
	return c, err
}

// Case reads one case.
func (b *Book) Case(ctx context.Context, who access.Viewer, claim int64) (*Case, error) {
	var out Case
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		c, err := caseAt(tx, claim)
		if err != nil {
			return err
		}
		if err := who.May("reconcile.see", c.unit); err != nil {
			return err
		}
		if err := tx.Each("SELECT "+itemColumns+" WHERE f.person_id=$1 AND f.event_id=$2", []any{c.person, claim}, func(scan func(...any) error) (err error) {
			out.Item, _, err = scanItem(scan)
			return err
		}); err != nil {
			return err
		}
		if out.Claim == 0 {
			return unknownCase()
		}
		one := []Item{out.Item}
		if err := name(tx, one); err != nil {
			return err
		}
		out.Item = one[0]
		may := func(verb access.Verb) bool { return who.May(verb, c.unit) == nil }
		out.MayAnswer = may("reconcile.answer") && (c.state == Open || c.state == Answered)
		out.MayDecide = may("reconcile.decide") && (c.state == Answered && c.answeredBy != who.Account || c.state == Open && c.due < tx.Today())
		out.MayOpen = may("reconcile.decide") && c.state == Decided
		return tx.Each("SELECT id, kind, code, text, wait_until, photo, who_name, at FROM case_step WHERE claim_id=$1 ORDER BY at, id", []any{claim}, func(scan func(...any) error) error {
			var s Step
			var wait string
			err := scan(&s.ID, &s.Kind, &s.Code, &s.Text, &wait, &s.Photo, &s.Who, &s.At)
			s.WaitUntil = clock.Day(wait)
			out.Steps = append(out.Steps, s)
			return err
		})
	})
	return &out, err
}

// Answer is what a team says to a denied claim.
type Answer struct {
	Claim int64
	Code  Code
	Text  string
	Photo []byte // evidence: JPEG, PNG or WebP; nil for none
}

// photoMax bounds a photo, photoPart one row of it.
const (
	photoMax  = 6 << 20
	photoPart = 512 << 10
)

// kindOf tells a photo's kind from its first bytes.
func kindOf(b []byte) string {
	switch {
	case len(b) == 0:
		return ""
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case len(b) > 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return "image/webp"
	}
	return "?"
}

func checkReason(c Code, text string) error {
	switch {
	case CodeTitle(c) == "":
		return fault.New(fault.Invalid, "reconcile.code", "Hãy chọn nguyên nhân.").On("code")
	case text == "":
		return fault.New(fault.Invalid, "reconcile.text", "Hãy ghi rõ sự việc.").On("text")
	case len(text) > 2000:
		return fault.New(fault.Invalid, "reconcile.text_long", "Nội dung quá dài (tối đa 2.000 ký tự).").On("text")
	}
	return nil
}

// Answer records what the team says; it may be said again until the verdict, and the last one counts.
func (b *Book) Answer(ctx context.Context, who access.Viewer, a Answer) error {
	if err := checkReason(a.Code, a.Text); err != nil {
		return err
	}
	kind := kindOf(a.Photo)
	if kind == "?" || len(a.Photo) > photoMax {
		return fault.New(fault.Invalid, "reconcile.photo", "Ảnh phải là JPEG, PNG hoặc WebP và không quá 6 MB.").On("photo")
	}
	act := who.Act("reconcile.answer", 0, "case:"+id.String(a.Claim), string(a.Code))
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		c, err := caseAt(tx, a.Claim)
		if err != nil {
			return err
		}
		if err := who.May("reconcile.answer", c.unit); err != nil {
			return err
		}
		act.Unit = c.unit
		switch c.state {
		case Decided:
			return fault.New(fault.Conflict, "reconcile.decided", "Sai lệch này đã có kết luận, không giải trình thêm được.")
		case Closed:
			return fault.New(fault.Conflict, "reconcile.closed", "Sai lệch này đã tự đóng, không cần giải trình nữa.")
		}
		n, err := addStep(tx, step{claim: a.Claim, kind: stepAnswer, code: a.Code, text: a.Text, photo: kind, who: who.Account, whoName: who.Name})
		if err != nil {
			return err
		}
		for i, rest := 0, a.Photo; len(rest) > 0; i++ {
			part := rest[:min(photoPart, len(rest))]
			rest = rest[len(part):]
			if _, err := tx.Exec("INSERT INTO case_photo(step_id, n, sealed) VALUES ($1,$2,$3)", n, i, tx.Keys().SealBytes(part)); err != nil {
				return err
			}
		}
		_, err = tx.Exec("UPDATE claim_case SET state=$1, code=$2, answered_by=$3 WHERE claim_id=$4", string(Answered), string(a.Code), who.Account, a.Claim)
		return err
	})
}

// Photo reads the photo of an answer and its kind.
func (b *Book) Photo(ctx context.Context, who access.Viewer, claim, stepID int64) ([]byte, string, error) {
	var out []byte
	kind := ""
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		c, err := caseAt(tx, claim)
		if err != nil {
			return err
		}
		if err := who.May("reconcile.see", c.unit); err != nil {
			return err
		}
		if err := tx.Each("SELECT photo FROM case_step WHERE id=$1 AND claim_id=$2", []any{stepID, claim}, func(scan func(...any) error) error { return scan(&kind) }); err != nil {
			return err
		}
		if kind == "" {
			return fault.New(fault.Missing, "reconcile.no_photo", "Giải trình này không có ảnh.")
		}
		return tx.Each("SELECT sealed FROM case_photo WHERE step_id=$1 ORDER BY n", []any{stepID}, func(scan func(...any) error) error {
			var sealed []byte
			if err := scan(&sealed); err != nil {
				return err
			}
			part, err := tx.Keys().OpenBytes(sealed)
			out = append(out, part...)
			return err
		})
	})
	return out, kind, err
}

// Verdict is what somebody other than the answerer decides.
type Verdict struct {
	Claim     int64
	Code      Code
	Text      string
	WaitUntil clock.Day // for ExtractLate: the last day on which it is not counted
}

// waitMax bounds how long a late extract may be waited for, in days.
const waitMax = 30

// Decide settles an answered case. Who answered may not decide; of two who decide at once, one does (law C6). Not done takes the
// claim back with its reason (law C4) and counts it; a late extract is waited for until a day; a wrong number or a twin is excused.
func (b *Book) Decide(ctx context.Context, who access.Viewer, v Verdict) error {
	if err := checkReason(v.Code, v.Text); err != nil {
		return err
	}
	if v.Code != ExtractLate {
		v.WaitUntil = ""
	}
	act := who.Act("reconcile.decide", 0, "case:"+id.String(v.Claim), string(v.Code))
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		c, err := caseAt(tx, v.Claim)
		if err != nil {
			return err
		}
		if err := who.May("reconcile.decide", c.unit); err != nil {
			return err
		}
		act.Unit = c.unit
		switch {
		case c.state == Decided:
			return fault.New(fault.Conflict, "reconcile.decided_by", "Người khác vừa kết luận sai lệch này. Hãy mở lại để xem kết luận.")
		case c.state == Closed:
			return fault.New(fault.Conflict, "reconcile.closed", "Sai lệch này đã tự đóng, không cần kết luận nữa.")
		case c.state == Open && c.due >= tx.Today():
			return fault.New(fault.Conflict, "reconcile.unanswered", "Tổ chưa giải trình và chưa hết hạn. Hãy chờ đến hết ngày %s.", c.due.Vi())
		case c.answeredBy == who.Account && c.state == Answered:
			return fault.New(fault.Forbidden, "reconcile.own", "Người giải trình không được tự kết luận. Hãy nhờ người khác có quyền kết luận.")
		}
		if v.Code == ExtractLate {
			if v.WaitUntil == "" || v.WaitUntil.Time().IsZero() || v.WaitUntil < tx.Today() || v.WaitUntil > tx.Today().Add(waitMax) {
				return fault.New(fault.Invalid, "reconcile.wait", "Hãy ghi ngày chờ bản trích xuất mới, từ hôm nay đến %s ngày nữa.", strconv.Itoa(waitMax)).On("wait")
			}
		}
		if _, err := addStep(tx, step{claim: v.Claim, kind: stepDecide, code: v.Code, text: v.Text, waitUntil: v.WaitUntil, who: who.Account, whoName: who.Name}); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE claim_case SET state=$1, ruling=$2, wait_until=$3, decided_by=$4 WHERE claim_id=$5", string(Decided), string(v.Code), string(v.WaitUntil), who.Account, v.Claim); err != nil {
			return err
		}
		if v.Code == NotDone {
			return coverage.Revoke(tx, v.Claim, "Đối soát kết luận: chưa làm", who.Account)
		}
		return nil
	})
}

// Reopen takes a verdict back with a reason, so that the case can be answered and decided again. A claim that the verdict took back
// stays taken back (law C4).
func (b *Book) Reopen(ctx context.Context, who access.Viewer, claim int64, text string) error {
	if text == "" || len(text) > 2000 {
		return fault.New(fault.Invalid, "reconcile.text", "Hãy ghi lý do mở lại (tối đa 2.000 ký tự).").On("why")
	}
	act := who.Act("reconcile.decide", 0, "case:"+id.String(claim), "mở lại")
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		c, err := caseAt(tx, claim)
		if err != nil {
			return err
		}
		if err := who.May("reconcile.decide", c.unit); err != nil {
			return err
		}
		act.Unit = c.unit
		if c.state != Decided {
			return fault.New(fault.Conflict, "reconcile.not_decided", "Sai lệch này chưa có kết luận để mở lại.")
		}
		if _, err := addStep(tx, step{claim: claim, kind: stepReopen, text: text, who: who.Account, whoName: who.Name}); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE claim_case SET state=$1, ruling='', wait_until='', decided_by=0, code='', answered_by=0 WHERE claim_id=$2", string(Open), claim)
		return err
	})
}
