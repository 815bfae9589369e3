package outreach

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/core/access"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/photo"
)

const activityColumns = "id, office_id, channel, audience, language, content_id, version, day, hour, state, reason, reach, counted, cost, note, series, photos, who, who_name, at"

func scanActivity(row func(...any) error) (Activity, error) {
	var a Activity
	var day string
	err := row(&a.ID, &a.Office, &a.Channel, &a.Audience, &a.Language, &a.Content, &a.Version, &day, &a.Hour, &a.State, &a.Reason, &a.Reach, &a.Counted, &a.Cost, &a.Note, &a.Series, &a.Photos, &a.Who, &a.WhoName, &a.At)
	a.Day = clock.Day(day)
	return a, err
}

// may asks for a verb on every place of an activity; one without a place, for the whole campaign.
func may(who access.Viewer, verb access.Verb, units []int64) error {
	if len(units) == 0 {
		return who.May(verb, 0)
	}
	for _, u := range units {
		if err := who.May(verb, u); err != nil {
			return err
		}
	}
	return nil
}

// MayChange tells whether a viewer changes an activity: its own office or who wrote it, with outreach.write on its places; and whoever
// holds outreach.publish there.
func MayChange(who access.Viewer, a *Activity) error {
	if err := may(who, "outreach.write", a.Units); err != nil {
		return err
	}
	if who.IsSystem() || a.Office != 0 && who.Office == a.Office || who.Account == a.Who {
		return nil
	}
	return may(who, "outreach.publish", a.Units)
}

// Repeat is how often a planned activity is held again: every so many days up to a day. The zero Repeat is once.
type Repeat struct {
	Every int // days: 7 for every week
	Until clock.Day
}

// Write keeps an activity, planned or done, with its photos (JPEG or PNG; made anew without what the camera wrote into them); one that is
// there already stays as it is (law O2). A planned one may be repeated. It gives the id. The viewer needs outreach.write on every place;
// the activity belongs to its office. (KH:III.1.a)
func (b *Book) Write(ctx context.Context, who access.Viewer, a Activity, again Repeat, photos [][]byte) (int64, error) {
	if err := may(who, "outreach.write", a.Units); err != nil {
		return 0, err
	}
	if a.ID == 0 {
		a.ID = id.New()
	}
	clean, err := cleaned(photos, 0)
	if err != nil {
		return 0, err
	}
	a.Office, a.Reason = who.Office, ""
	unit := int64(0)
	if len(a.Units) > 0 {
		unit = a.Units[0]
	}
	return a.ID, b.DB.Write(ctx, who.Act("outreach.write", unit, "outreach:"+id.String(a.ID), a.Channel), func(tx *db.Tx) error {
		x := a
		if err := x.check(b.Plan(), tx.Today()); err != nil {
			return err
		}
		x.Who, x.WhoName, x.At = who.Account, who.Name, tx.Now()
		if err := fits(tx, &x); err != nil {
			return err
		}
		if x.State == Done {
			x.Photos = len(clean)
		}
		turns, err := x.turns(again, b.Plan().Until)
		if err != nil {
			return err
		}
		if len(turns) > 1 {
			x.Series = x.ID
		}
		for i, day := range turns {
			t := x
			t.Day = day
			if i > 0 {
				t.ID = id.New()
			}
			there, err := insert(tx, &t)
			if err != nil || there {
				return err // sent before: so were its turns
			}
		}
		if x.State != Done {
			return nil
		}
		return keepPhotos(tx, x.ID, clean)
	})
}

// turns lists the days of a recurring plan.
func (a *Activity) turns(r Repeat, last clock.Day) ([]clock.Day, error) {
	out := []clock.Day{a.Day}
	if r.Every == 0 || a.State != Planned {
		return out, nil
	}
	if r.Until == "" || r.Until > last {
		r.Until = last
	}
	if r.Every < 1 || r.Every > 31 {
		return nil, bad("every", "every", "Lặp lại sau 1 đến 31 ngày.")
	}
	if r.Until < a.Day {
		return nil, bad("until", "until", "Ngày cuối của việc lặp lại phải sau ngày đầu.")
	}
	for d := a.Day.Add(r.Every); d <= r.Until; d = d.Add(r.Every) {
		if len(out) == maxTurns {
			return nil, bad("until", "turns", "Lặp quá nhiều lần: tối đa 30 lần một lượt.")
		}
		out = append(out, d)
	}
	return out, nil
}

func insert(tx *db.Tx, a *Activity) (there bool, err error) {
	n, err := tx.Exec("INSERT INTO outreach_activity("+activityColumns+") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20) ON CONFLICT DO NOTHING",
		a.ID, a.Office, a.Channel, a.Audience, a.Language, a.Content, a.Version, string(a.Day), a.Hour, a.State, a.Reason, a.Reach, a.Counted, a.Cost, a.Note, a.Series, a.Photos, a.Who, a.WhoName, a.At)
	if err != nil || n == 0 {
		return n == 0, err
	}
	for _, u := range a.Units {
		if _, err := tx.Exec("INSERT INTO outreach_place(activity_id, unit_id) VALUES ($1,$2)", a.ID, u); err != nil {
			return false, err
		}
	}
	return false, nil
}

// fits refuses a text that the library has not approved, and takes the version that may be used now.
func fits(tx *db.Tx, a *Activity) error {
	a.Version = 0
	if a.Content == 0 {
		return nil
	}
	c, err := oneContent(tx, a.Content)
	if err != nil {
		return err
	}
	if c.Approved == 0 {
		return fault.New(fault.Conflict, "outreach.unapproved", "Nội dung này chưa được duyệt hoặc đã rút nên chưa dùng được.").On("content")
	}
	a.Version = c.Approved
	return nil
}

func cleaned(photos [][]byte, have int) ([][]byte, error) {
	if len(photos)+have > MaxPhotos {
		return nil, fault.New(fault.Invalid, "outreach.photos", "Mỗi hoạt động giữ tối đa %d ảnh.", MaxPhotos).On("photo")
	}
	var out [][]byte
	for _, x := range photos {
		c, err := photo.Clean(x)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func keepPhotos(tx *db.Tx, activity int64, clean [][]byte) error {
	for _, x := range clean {
		if _, err := tx.Exec("INSERT INTO outreach_photo(id, activity_id, sealed) VALUES ($1,$2,$3)", id.New(), activity, tx.Keys().SealBytes(x)); err != nil {
			return err
		}
	}
	return nil
}

func one(tx *db.Tx, n int64) (*Activity, error) {
	a, err := scanActivity(tx.QueryRow("SELECT "+activityColumns+" FROM outreach_activity WHERE id=$1", n).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.Missing, "outreach.unknown", "Không tìm thấy hoạt động tuyên truyền này.")
	}
	if err != nil {
		return nil, err
	}
	err = tx.Each("SELECT unit_id FROM outreach_place WHERE activity_id=$1 ORDER BY unit_id", []any{n}, func(row func(...any) error) error {
		var u int64
		err := row(&u)
		a.Units = append(a.Units, u)
		return err
	})
	return &a, err
}

// change runs a change of one activity by whoever may change it.
func (b *Book) change(ctx context.Context, who access.Viewer, n int64, note string, do func(tx *db.Tx, a *Activity) error) error {
	if !who.MayAnywhere("outreach.write") {
		return who.May("outreach.write", 0)
	}
	act := who.Act("outreach.write", 0, "outreach:"+id.String(n), note)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		a, err := one(tx, n)
		if err != nil {
			return err
		}
		if err := MayChange(who, a); err != nil {
			return err
		}
		if len(a.Units) > 0 {
			act.Unit = a.Units[0]
		}
		return do(tx, a)
	})
}

// Result is what came of an activity.
type Result struct {
	Day     clock.Day // when it was done; "" for the day it was planned for
	Reach   int64
	Counted bool
	Cost    int64
	Note    string
	Photos  [][]byte
}

// Did says that an activity was done, or corrects what was said of one that was; photos are added. Who may: MayChange.
func (b *Book) Did(ctx context.Context, who access.Viewer, n int64, r Result) error {
	return b.change(ctx, who, n, Done, func(tx *db.Tx, a *Activity) error {
		if a.State == Cancelled {
			return fault.New(fault.Conflict, "outreach.cancelled", "Hoạt động này đã hủy. Hãy khôi phục trước khi ghi kết quả.")
		}
		clean, err := cleaned(r.Photos, a.Photos)
		if err != nil {
			return err
		}
		if r.Day != "" {
			a.Day = r.Day
		}
		if a.State == Planned { // the text may have been withdrawn since it was planned
			if err := fits(tx, a); err != nil {
				return err
			}
		}
		a.State, a.Reach, a.Counted, a.Cost, a.Note, a.Photos = Done, r.Reach, r.Counted, r.Cost, r.Note, a.Photos+len(clean)
		kept := a.Photos
		if err := a.check(b.Plan(), tx.Today()); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE outreach_activity SET state=$1, day=$2, version=$3, reach=$4, counted=$5, cost=$6, note=$7, photos=$8 WHERE id=$9", a.State, string(a.Day), a.Version, a.Reach, a.Counted, a.Cost, a.Note, kept, n); err != nil {
			return err
		}
		return keepPhotos(tx, n, clean)
	})
}

// Cancel says that a planned activity will not be held, and why; with rest, those of its recurring plan that come after it too. Who may:
// MayChange.
func (b *Book) Cancel(ctx context.Context, who access.Viewer, n int64, why string, rest bool) error {
	why, err := words(why, "why", maxText)
	if err == nil && why == "" {
		err = bad("why", "why", "Hãy ghi lý do hủy.")
	}
	if err != nil {
		return err
	}
	return b.change(ctx, who, n, Cancelled, func(tx *db.Tx, a *Activity) error {
		if a.State != Planned {
			return fault.New(fault.Conflict, "outreach.not_planned", "Chỉ hủy được hoạt động còn là dự kiến. Hoạt động ghi nhầm là đã làm thì lùi về dự kiến trước.")
		}
		if _, err := tx.Exec("UPDATE outreach_activity SET state=$1, reason=$2 WHERE id=$3", Cancelled, why, n); err != nil || !rest || a.Series == 0 {
			return err
		}
		_, err := tx.Exec("UPDATE outreach_activity SET state=$1, reason=$2 WHERE series=$3 AND state=$4 AND day > $5", Cancelled, why, a.Series, Planned, string(a.Day))
		return err
	})
}

// Undo takes the last step back: done or cancelled becomes planned again. Photos stay. Who may: MayChange.
func (b *Book) Undo(ctx context.Context, who access.Viewer, n int64) error {
	return b.change(ctx, who, n, Planned, func(tx *db.Tx, a *Activity) error {
		if a.State == Planned {
			return fault.New(fault.Conflict, "outreach.planned", "Hoạt động này đang là dự kiến.")
		}
		_, err := tx.Exec("UPDATE outreach_activity SET state=$1, reason='', reach=0, counted=$2 WHERE id=$3", Planned, false, n)
		return err
	})
}

// DropPhoto takes a photo away. Who may: MayChange.
func (b *Book) DropPhoto(ctx context.Context, who access.Viewer, n, picture int64) error {
	return b.change(ctx, who, n, "bỏ ảnh", func(tx *db.Tx, a *Activity) error {
		gone, err := tx.Exec("DELETE FROM outreach_photo WHERE id=$1 AND activity_id=$2", picture, n)
		if err != nil || gone == 0 {
			return err
		}
		_, err = tx.Exec("UPDATE outreach_activity SET photos = photos - 1 WHERE id=$1", n)
		return err
	})
}
