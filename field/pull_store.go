package field

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/oversight/worklist"
)

// page is how many people one answer carries.
const page = 400

// enrol lets a phone in by its leader's code (law O3).
func (f *Phone) enrol(r *http.Request) (any, error) {
	var ask enrolAsk
	if err := read(r, &ask); err != nil {
		return nil, err
	}
	if err := speaks(ask.V); err != nil {
		return nil, err
	}
	old, _ := id.Parse(ask.Old)
	in, err := f.Door.Enrol(r.Context(), ask.Code, old, ask.Name, address(r))
	if err != nil {
		return nil, err
	}
	tree, err := f.Door.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	d := in.Device
	out := enrolled{V: version, Device: id.String(d.ID), Token: in.Token, Escrow: in.Escrow, OldEscrow: in.Old, Until: d.Until, Now: clock.Stamp(f.Clock()),
		Holder: wireHolder{d.Name, id.String(d.Team), d.TeamName, id.String(d.Member), d.Leads}}
	for _, u := range d.Units {
		out.Units = append(out.Units, wireUnit{id.String(u), tree.FullName(u)})
	}
	return out, nil
}

// cursor is how far a phone has got: in a full copy that began at change Seq, after a person; or at a change.
type cursor struct {
	full  bool
	seq   int64
	after int64
}

func parseCursor(s string) (cursor, bool) {
	p := strings.Split(s, ".")
	if len(p) < 2 {
		return cursor{}, false
	}
	seq, err := strconv.ParseInt(p[1], 10, 64)
	switch {
	case err != nil:
		return cursor{}, false
	case p[0] == "d" && len(p) == 2:
		return cursor{seq: seq}, true
	case p[0] == "f" && len(p) == 3:
		after, err := id.Parse(p[2])
		return cursor{true, seq, after}, err == nil
	}
	return cursor{}, false
}

func (c cursor) String() string {
	if c.full {
		return "f." + strconv.FormatInt(c.seq, 10) + "." + id.String(c.after)
	}
	return "d." + strconv.FormatInt(c.seq, 10)
}

// pull gives a phone what it lacks of its hamlets: everything in pages, then only what changed. It goes on from where it stopped.
func (f *Phone) pull(r *http.Request, h *holder) (any, error) {
	q := r.URL.Query()
	v, _ := strconv.Atoi(q.Get("v"))
	if err := speaks(v); err != nil {
		return nil, err
	}
	for _, u := range h.Units {
		if err := h.May("people.see", u); err != nil {
			return nil, err
		}
	}
	at, ok := parseCursor(q.Get("since"))
	p := f.wirePlan()
	out, err := f.pulled(r.Context(), h, at, !ok, q.Get("held"))
	if err != nil {
		return nil, err
	}
	if out.PlanHash = p.Hash; p.Hash != q.Get("plan") {
		out.Plan = p
	}
	if out.RollsHash == q.Get("rolls") {
		out.Rolls = nil
	}
	return out, nil
}

func (f *Phone) pulled(ctx context.Context, h *holder, at cursor, anew bool, held string) (*pulled, error) {
	out := &pulled{V: version, Now: clock.Stamp(f.Clock()), Until: h.Until, Simulated: f.Simulated}
	err := f.Work.DB.Read(ctx, func(tx *db.Tx) error {
		out.People, out.Gone, out.Full, out.More = []row{}, []string{}, false, false
		at, anew := at, anew
		var ids []int64
		if !anew && !at.full {
			changed, next, more, gap, err := f.Work.Since(tx, h.Units, at.seq, page)
			if err != nil {
				return err
			}
			if !gap {
				ids, at.seq, out.More = changed, next, more
			}
			anew = gap
		}
		if anew {
			head, err := f.Work.Head(tx)
			if err != nil {
				return err
			}
			at, out.Full = cursor{full: true, seq: head}, true
		}
		var list []worklist.Subject
		var err error
		if at.full {
			if list, err = f.Work.Subjects(tx, h.Units, at.after, page); err != nil {
				return err
			}
			if len(list) == page {
				at.after, out.More = list[len(list)-1].Person.ID, true
			} else {
				at, out.More = cursor{seq: at.seq}, true // what changed while it was copied comes next
			}
		} else if list, err = f.Work.SubjectsByID(tx, ids); err != nil {
			return err
		}
		f.fill(out, h, list, ids)
		out.Cursor = at.String()
		if !out.More {
			if err := f.rolls(tx, h, out); err != nil {
				return err
			}
			if out.Settled, err = settledOf(tx, held); err != nil {
				return err
			}
			if out.Day, err = f.Rhythm.TeamDay(tx, h.Team, tx.Today()); err != nil {
				return err
			}
			if !h.Leads {
				for i := range out.Day.Members {
					m := &out.Day.Members[i]
					if m.ID != h.Member {
						m.Quota, m.Visits, m.Sent = 0, 0, ""
					}
				}
			}
		}
		return nil
	})
	return out, err
}

// fill writes the rows of subjects, and who of the changed is not on this phone any more.
func (f *Phone) fill(out *pulled, h *holder, list []worklist.Subject, asked []int64) {
	segments := map[string]int{}
	p := f.Plan()
	for i := range p.Segments {
		segments[p.Segments[i].ID] = i
	}
	mac := numberKey(h.token)
	here := map[int64]bool{}
	for i := range list {
		s := &list[i]
		unit := slices.Index(h.Units, s.Person.Unit)
		if unit < 0 {
			unit = slices.IndexFunc(h.Units, func(u int64) bool { return h.Tree().Within(s.Person.Unit, u) })
		}
		if unit < 0 {
			continue
		}
		here[s.Person.ID] = true
		x := row{Subject: s, unit: unit, key: keyOf(mac, string(s.Person.Number))}
		for _, n := range s.Needs {
			x.needs = append(x.needs, segments[n])
		}
		switch {
		case s.Assigned.Team == h.Team && s.Assigned.Member == h.Member:
			x.mine = 2
		case s.Assigned.Team == h.Team || s.Assigned.Team == 0:
			x.mine = 1
		}
		out.People = append(out.People, x)
	}
	for _, n := range asked {
		if !here[n] {
			out.Gone = append(out.Gone, id.String(n))
		}
	}
}

// numberKey is the secret under which a phone's list names citizen numbers: the phone finds a card's owner without holding any number.
func numberKey(token string) hash.Hash {
	secret := sha256.Sum256([]byte("number:" + token))
	return hmac.New(sha256.New, secret[:])
}

func keyOf(mac hash.Hash, number string) string {
	if number == "" {
		return ""
	}
	mac.Reset()
	mac.Write([]byte(number))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)[:6])
}

// wirePlan is the part of the plan that a phone needs.
func (f *Phone) wirePlan() *wirePlan {
	p := f.Plan()
	out := &wirePlan{Photo: p.Canvass.Photo, Evening: p.Canvass.EveningFrom(), From: string(p.From), Until: string(p.Until), Reasons: []wireReason{}, Languages: []wireState{}}
	for i := range p.Coverages {
		c := &p.Coverages[i]
		w := wireCoverage{ID: c.ID, Title: c.Title, Short: c.Short, Goal: c.Rank(c.Goal)}
		for _, s := range c.States {
			w.States = append(w.States, wireState{s.ID, s.Title})
		}
		out.Coverages = append(out.Coverages, w)
	}
	for i := range p.Segments {
		s := &p.Segments[i]
		w := wireSegment{ID: s.ID, Title: s.Title, Work: s.Work, After: []wireFirst{}}
		for _, a := range s.After {
			w.After = append(w.After, wireFirst{a.Segment, a.Why})
		}
		out.Segments = append(out.Segments, w)
	}
	for _, r := range p.Canvass.Reasons {
		out.Reasons = append(out.Reasons, wireReason{r.ID, r.Result, r.Title})
	}
	for _, l := range p.Canvass.Languages {
		out.Languages = append(out.Languages, wireState{l.ID, l.Title})
	}
	for _, c := range p.Obstacles.List() {
		out.Categories = append(out.Categories, wireState{c.ID, c.Title})
	}
	text, _ := json.Marshal(out)
	sum := sha256.Sum256(text)
	out.Hash = hex.EncodeToString(sum[:6])
	return out
}

// rolls gives a phone the sessions of today at which its holder may check people in (KH:III.3.c), so that it can be done without a network.
func (f *Phone) rolls(tx *db.Tx, h *holder, out *pulled) error {
	if f.Points == nil {
		return nil
	}
	list, err := f.Points.Rolls(tx, h.Viewer, tx.Today())
	if err != nil {
		return err
	}
	mac := numberKey(h.token)
	rolls := []wireRoll{}
	for _, r := range list {
		w := wireRoll{ID: id.String(r.Session.ID), Title: r.Session.PointName, Hours: r.Session.Hours(), Quota: r.Session.Quota, Came: r.Session.Came, Rows: []rollRow{}}
		for _, x := range r.Invited {
			came := 0
			if x.Came {
				came = 1
			}
			w.Rows = append(w.Rows, rollRow{id.String(x.Person), x.Name, x.Birth, x.Code, came, keyOf(mac, x.Number)})
		}
		rolls = append(rolls, w)
	}
	text, err := json.Marshal(rolls)
	sum := sha256.Sum256(text)
	out.Rolls, out.RollsHash = &rolls, hex.EncodeToString(sum[:6])
	return err
}
