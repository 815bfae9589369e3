package outreach

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/core/access"
	"bonphu/internal/attach"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Sheet is one text of the library with its versions, newest first, and what the viewer may do with it now.
type Sheet struct {
	Content
	Versions                           []Version
	Edit, Submit, Decide, TakeOut, Use bool
}

// Version finds a version; nil when there is none.
func (s *Sheet) Version(n int) *Version {
	for i := range s.Versions {
		if s.Versions[i].N == n {
			return &s.Versions[i]
		}
	}
	return nil
}

// Content reads one text. The viewer needs outreach.see anywhere.
func (b *Book) Content(ctx context.Context, who access.Viewer, n int64) (*Sheet, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, err
	}
	var s *Sheet
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		c, err := oneContent(tx, n)
		if err != nil {
			return err
		}
		s = &Sheet{Content: *c}
		if err := tx.QueryRow("SELECT count(*) FROM outreach_activity WHERE content_id=$1 AND state <> 'cancelled'", n).Scan(&s.Uses); err != nil {
			return err
		}
		if err := tx.Each("SELECT "+versionColumns+" FROM outreach_version WHERE content_id=$1 ORDER BY version DESC", []any{n}, func(row func(...any) error) error {
			v, err := scanVersion(row)
			s.Versions = append(s.Versions, v)
			return err
		}); err != nil {
			return err
		}
		edit, publish := mayEdit(tx, who, c) == nil, mayPublish(tx, who, c) == nil
		own := len(s.Versions) > 0 && s.Versions[0].Writer != 0 && s.Versions[0].Writer == who.Account
		s.Edit, s.Submit = edit && c.State != Submitted, edit && c.State == Draft
		s.Decide, s.TakeOut, s.Use = publish && c.State == Submitted && !own, publish && c.Approved != 0, c.Approved != 0
		return nil
	})
	return s, err
}

// Copy gives the approved version for printing, reading out or posting, and counts it. The viewer needs outreach.see anywhere; a text
// without an approved version is not given.
func (b *Book) Copy(ctx context.Context, who access.Viewer, n int64) (*Content, *Version, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, nil, err
	}
	var c *Content
	var v *Version
	err := b.DB.Write(ctx, who.Act("outreach.see", 0, "content:"+id.String(n), "lấy bản đã duyệt"), func(tx *db.Tx) (err error) {
		if c, err = oneContent(tx, n); err != nil {
			return err
		}
		if c.Approved == 0 {
			return fault.New(fault.Conflict, "outreach.unapproved", "Nội dung này chưa được duyệt hoặc đã rút nên chưa dùng được.")
		}
		if v, err = version(tx, n, c.Approved); err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE outreach_content SET copies = copies + 1 WHERE id=$1", n)
		return err
	})
	return c, v, err
}

// File reads the file of a version. The viewer needs outreach.see anywhere.
func (b *Book) File(ctx context.Context, who access.Viewer, n int64, number int) (*attach.File, error) {
	if err := anywhere(who, "outreach.see"); err != nil {
		return nil, err
	}
	f := &attach.File{}
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var sealed []byte
		err := tx.QueryRow("SELECT file_name, file_mime, sealed FROM outreach_version WHERE content_id=$1 AND version=$2", n, number).Scan(&f.Name, &f.MIME, &sealed)
		if errors.Is(err, sql.ErrNoRows) || err == nil && len(sealed) == 0 {
			return fault.New(fault.Missing, "outreach.no_file", "Bản này không kèm tệp nào.")
		}
		if err != nil {
			return err
		}
		f.Bytes, err = tx.Keys().OpenBytes(sealed)
		return err
	})
	return f, err
}

// Erase takes photos, notes and the names of who wrote them when personal data ends (law R4); what was done, where and how many it reached
// stays. It gives how many activities it touched.
func Erase(tx *db.Tx) (int64, error) {
	if _, err := tx.Exec("DELETE FROM outreach_photo"); err != nil {
		return 0, err
	}
	if _, err := tx.Exec("UPDATE outreach_version SET writer_name='', decider_name='', why=''"); err != nil {
		return 0, err
	}
	return tx.Exec("UPDATE outreach_activity SET note='', reason='', who_name='', photos=0")
}
