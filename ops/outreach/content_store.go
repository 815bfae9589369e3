package outreach

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

const contentColumns = "id, title, kind, language, office_id, state, newest, approved, copies, seed, at"

func scanContent(row func(...any) error, more ...any) (Content, error) {
	var c Content
	err := row(append([]any{&c.ID, &c.Title, &c.Kind, &c.Language, &c.Office, &c.State, &c.Newest, &c.Approved, &c.Copies, &c.Seed, &c.At}, more...)...)
	return c, err
}

func oneContent(tx *db.Tx, n int64) (*Content, error) {
	c, err := scanContent(tx.QueryRow("SELECT "+contentColumns+" FROM outreach_content WHERE id=$1", n).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.Missing, "outreach.no_content", "Không tìm thấy nội dung này trong thư viện.")
	}
	return &c, err
}

func anywhere(who access.Viewer, verb access.Verb) error {
	if who.MayAnywhere(verb) {
		return nil
	}
	return who.May(verb, 0)
}

// unitOf is the unit of a text's office: 0, the whole campaign, where it has none.
func unitOf(tx *db.Tx, office int64) (int64, error) {
	if office == 0 {
		return 0, nil
	}
	list, err := territory.Offices(tx)
	for _, o := range list {
		if o.ID == office {
			return o.Unit, err
		}
	}
	return 0, err
}

// mayEdit tells whether a viewer writes on at a text: its own office, or who wrote its newest version, or whoever may approve it.
func mayEdit(tx *db.Tx, who access.Viewer, c *Content) error {
	if err := anywhere(who, "outreach.write"); err != nil {
		return err
	}
	if who.IsSystem() || c.Office != 0 && who.Office == c.Office {
		return nil
	}
	v, err := version(tx, c.ID, c.Newest)
	if err != nil || v.Writer == who.Account {
		return err
	}
	return mayPublish(tx, who, c)
}

func mayPublish(tx *db.Tx, who access.Viewer, c *Content) error {
	unit, err := unitOf(tx, c.Office)
	if err != nil {
		return err
	}
	return who.May("outreach.publish", unit)
}

func (b *Book) languages() []string {
	var out []string
	for _, l := range b.Plan().Canvass.Languages {
		out = append(out, l.ID)
	}
	return out
}

// Compose writes a new text into the library as a draft of the viewer's office; one that is there already stays as it is (law O2). It
// gives the id. The viewer needs outreach.write anywhere. (KH:III.1.d)
func (b *Book) Compose(ctx context.Context, who access.Viewer, t Text) (int64, error) {
	if err := anywhere(who, "outreach.write"); err != nil {
		return 0, err
	}
	if err := t.check(b.languages()); err != nil {
		return 0, err
	}
	file := t.File
	if file == nil {
		file = &attach.File{}
	}
	if t.ID == 0 {
		t.ID = id.New()
	}
	t.Seed = ""
	return t.ID, b.DB.Write(ctx, who.Act("outreach.write", 0, "content:"+id.String(t.ID), t.Kind), func(tx *db.Tx) error {
		return compose(tx, who.Office, &t, file, Draft, who.Account, who.Name)
	})
}

func compose(tx *db.Tx, office int64, t *Text, file *attach.File, state string, writer int64, name string) error {
	n, err := tx.Exec("INSERT INTO outreach_content("+contentColumns+", folded) VALUES ($1,$2,$3,$4,$5,$6,1,0,0,$7,$8,$9) ON CONFLICT DO NOTHING", t.ID, t.Title, t.Kind, t.Language, office, state, t.Seed, tx.Now(), t.folded)
	if err != nil || n == 0 {
		return err
	}
	return keepVersion(tx, t.ID, 1, t.Text, state, file, writer, name)
}

func keepVersion(tx *db.Tx, content int64, n int, text, state string, file *attach.File, writer int64, name string) error {
	var sealed []byte
	if len(file.Bytes) > 0 {
		sealed = tx.Keys().SealBytes(file.Bytes)
	}
	_, err := tx.Exec("INSERT INTO outreach_version(content_id, version, text, state, file_name, file_mime, sealed, writer, writer_name, at, decider_name, decided_at, why) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,'','','')",
		content, n, text, state, file.Name, file.MIME, sealed, writer, name, tx.Now())
	return err
}

const versionColumns = "version, text, state, file_name, writer, writer_name, at, decider_name, decided_at, why"

func scanVersion(row func(...any) error) (Version, error) {
	var v Version
	err := row(&v.N, &v.Text, &v.State, &v.File, &v.Writer, &v.WriterName, &v.At, &v.DeciderName, &v.DecidedAt, &v.Why)
	return v, err
}

func version(tx *db.Tx, content int64, n int) (*Version, error) {
	v, err := scanVersion(tx.QueryRow("SELECT "+versionColumns+" FROM outreach_version WHERE content_id=$1 AND version=$2", content, n).Scan)
	return &v, err
}

// move runs a change of one text.
func (b *Book) move(ctx context.Context, who access.Viewer, verb access.Verb, n int64, note string, do func(tx *db.Tx, c *Content) error) error {
	if err := anywhere(who, verb); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act(verb, 0, "content:"+id.String(n), note), func(tx *db.Tx) error {
		c, err := oneContent(tx, n)
		if err != nil {
			return err
		}
		return do(tx, c)
	})
}

func setState(tx *db.Tx, c *Content, state string, approved int) error {
	_, err := tx.Exec("UPDATE outreach_content SET state=$1, approved=$2, at=$3 WHERE id=$4", state, approved, tx.Now(), c.ID)
	return err
}

// Revise writes on at a text: over its draft, or as a new version beside the approved one, which stays in use until the new one is approved
// too. A nil file keeps the one of the version before. Who may: the office of the text, its writer, and who may approve it.
func (b *Book) Revise(ctx context.Context, who access.Viewer, n int64, t Text) error {
	return b.move(ctx, who, "outreach.write", n, "sửa", func(tx *db.Tx, c *Content) error {
		if err := mayEdit(tx, who, c); err != nil {
			return err
		}
		t.Kind, t.Language = cmp.Or(t.Kind, c.Kind), c.Language
		if err := t.check(b.languages()); err != nil {
			return err
		}
		if c.State == Submitted {
			return fault.New(fault.Conflict, "outreach.submitted", "Nội dung đang chờ duyệt. Hãy chờ kết quả duyệt trước khi sửa.")
		}
		file := t.File
		if file == nil {
			file = &attach.File{}
			var sealed []byte
			var err error
			if err := tx.QueryRow("SELECT file_name, file_mime, sealed FROM outreach_version WHERE content_id=$1 AND version=$2", n, c.Newest).Scan(&file.Name, &file.MIME, &sealed); err != nil {
				return err
			}
			if len(sealed) > 0 {
				if file.Bytes, err = tx.Keys().OpenBytes(sealed); err != nil {
					return err
				}
			}
		}
		next := c.Newest
		if c.State == Draft {
			if _, err := tx.Exec("DELETE FROM outreach_version WHERE content_id=$1 AND version=$2", n, next); err != nil {
				return err
			}
		} else {
			next++
		}
		if err := keepVersion(tx, n, next, t.Text, Draft, file, who.Account, who.Name); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE outreach_content SET title=$1, kind=$2, folded=$3, state=$4, newest=$5, at=$6 WHERE id=$7", t.Title, t.Kind, t.folded, Draft, next, tx.Now(), n)
		return err
	})
}

// Submit asks for approval. Who may: as Revise.
func (b *Book) Submit(ctx context.Context, who access.Viewer, n int64) error {
	return b.move(ctx, who, "outreach.write", n, Submitted, func(tx *db.Tx, c *Content) error {
		if err := mayEdit(tx, who, c); err != nil {
			return err
		}
		if c.State != Draft {
			return fault.New(fault.Conflict, "outreach.not_draft", "Chỉ gửi duyệt được bản nháp.")
		}
		if _, err := tx.Exec("UPDATE outreach_version SET state=$1 WHERE content_id=$2 AND version=$3", Submitted, n, c.Newest); err != nil {
			return err
		}
		return setState(tx, c, Submitted, c.Approved)
	})
}

func decide(tx *db.Tx, who access.Viewer, c *Content, n int, state, why string) error {
	_, err := tx.Exec("UPDATE outreach_version SET state=$1, decider_name=$2, decided_at=$3, why=$4 WHERE content_id=$5 AND version=$6", state, who.Name, tx.Now(), why, c.ID, n)
	return err
}

// Decide approves the submitted version, which may then be used, or returns it as a draft with a reason. The viewer needs outreach.publish
// on the unit of the text's office, and must not be who wrote the version. (KH:III.1.d)
func (b *Book) Decide(ctx context.Context, who access.Viewer, n int64, approve bool, why string) error {
	if err := anywhere(who, "outreach.publish"); err != nil {
		return err
	}
	why, err := words(why, "why", maxText)
	if err != nil {
		return err
	}
	if !approve && why == "" {
		return bad("why", "why", "Hãy ghi cần sửa gì.")
	}
	note := Approved
	if !approve {
		note = Draft
	}
	return b.move(ctx, who, "outreach.publish", n, note, func(tx *db.Tx, c *Content) error {
		if err := mayPublish(tx, who, c); err != nil {
			return err
		}
		if c.State != Submitted {
			return fault.New(fault.Conflict, "outreach.not_submitted", "Nội dung này không ở bước chờ duyệt.")
		}
		v, err := version(tx, n, c.Newest)
		if err != nil {
			return err
		}
		if v.Writer != 0 && v.Writer == who.Account {
			return fault.New(fault.Forbidden, "outreach.own", "Người viết không tự duyệt nội dung của mình. Hãy nhờ người khác có quyền duyệt.")
		}
		if !approve {
			if err := decide(tx, who, c, c.Newest, Draft, why); err != nil {
				return err
			}
			return setState(tx, c, Draft, c.Approved)
		}
		if err := decide(tx, who, c, c.Newest, Approved, why); err != nil {
			return err
		}
		return setState(tx, c, Approved, c.Newest)
	})
}

// Withdraw takes an approved text out of use, and says why; what used it stays. The viewer needs outreach.publish on the unit of its office.
func (b *Book) Withdraw(ctx context.Context, who access.Viewer, n int64, why string) error {
	if err := anywhere(who, "outreach.publish"); err != nil {
		return err
	}
	why, err := words(why, "why", maxText)
	if err == nil && why == "" {
		err = bad("why", "why", "Hãy ghi vì sao rút nội dung này.")
	}
	if err != nil {
		return err
	}
	return b.move(ctx, who, "outreach.publish", n, Withdrawn, func(tx *db.Tx, c *Content) error {
		if err := mayPublish(tx, who, c); err != nil {
			return err
		}
		if c.Approved == 0 {
			return fault.New(fault.Conflict, "outreach.not_approved", "Nội dung này chưa có bản được duyệt nên không cần rút.")
		}
		if err := decide(tx, who, c, c.Approved, Withdrawn, why); err != nil {
			return err
		}
		state := c.State
		if c.Newest == c.Approved {
			state = Withdrawn
		}
		return setState(tx, c, state, 0)
	})
}

// ContentQuery narrows the library. Text is found without marks; the rest are ids, "" for all.
type ContentQuery struct{ Text, Kind, Language, State string }

// Library lists the texts: those that wait for approval first, then those used most. The viewer needs outreach.see anywhere.
func (b *Book) Library(ctx context.Context, who access.Viewer, q ContentQuery) ([]Content, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, err
	}
	wanted := strings.Fields(vn.Fold(q.Text))
	var out []Content
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		uses, err := used(tx)
		if err != nil {
			return err
		}
		return tx.Each("SELECT "+contentColumns+", folded FROM outreach_content ORDER BY at DESC, id DESC LIMIT 5000", nil, func(row func(...any) error) error {
			var folded string
			c, err := scanContent(row, &folded)
			if err != nil {
				return err
			}
			for _, w := range wanted {
				if !strings.Contains(folded, w) {
					return nil
				}
			}
			if q.Kind != "" && c.Kind != q.Kind || q.Language != "" && c.Language != q.Language || q.State != "" && c.State != q.State {
				return nil
			}
			c.Uses = uses[c.ID]
			out = append(out, c)
			return nil
		})
	})
	order := func(c *Content) int { return slices.Index([]string{Submitted, Draft, Approved, Withdrawn}, c.State) }
	slices.SortStableFunc(out, func(a, b Content) int {
		return cmp.Or(cmp.Compare(order(&a), order(&b)), cmp.Compare(b.Uses+b.Copies, a.Uses+a.Copies), cmp.Compare(a.Title, b.Title))
	})
	return out, err
}

// used counts by text the activities that used it or plan to.
func used(tx *db.Tx) (map[int64]int64, error) {
	out := map[int64]int64{}
	err := tx.Each("SELECT content_id, count(*) FROM outreach_activity WHERE content_id <> 0 AND state <> 'cancelled' GROUP BY content_id", nil, func(row func(...any) error) error {
		var c, n int64
		err := row(&c, &n)
		out[c] = n
		return err
	})
	return out, err
}
