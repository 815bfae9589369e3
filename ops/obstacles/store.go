package obstacles

import (
	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/photo"
)

// Book keeps them.
type Book struct {
	DB   *db.DB
	Plan func() *plan.Plan
}

// SendIn keeps an obstacle inside a transaction; one that is there already stays as it is (law O2). A photo is made anew without what the
// camera wrote into it. The viewer needs obstacle.send on its unit.
func (b *Book) SendIn(tx *db.Tx, who access.Viewer, o *Obstacle) error {
	if err := who.May("obstacle.send", o.Unit); err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	if o.ID == 0 {
		o.ID = id.New()
	}
	if o.At == "" || o.At > tx.Now() {
		o.At = tx.Now()
	}
	o.Day, o.Who, o.WhoName = clock.DayOf(clock.ParseStamp(o.At)), who.Account, who.Name
	var clean []byte
	if len(o.Photo) > 0 {
		var err error
		if clean, err = photo.Clean(o.Photo); err != nil {
			return err
		}
	}
	c := b.Plan().Obstacles.Of(o.Category)
	o.Category = c.ID
	office, err := b.officeOf(tx, who, o.Unit, c.Office)
	if err != nil {
		return err
	}
	due := max(o.Day, tx.Today()).Add(c.Answer()) // from when it was heard of: a phone may have been without a network
	n, err := tx.Exec(`INSERT INTO obstacle(id, unit_id, category, text, people, team_id, device_id, who, who_name, at, day, due_day, level, state, photo, office_id)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,'open',$14,$15) ON CONFLICT DO NOTHING`, o.ID, o.Unit, o.Category, o.Text, o.People, o.Team, o.Device, o.Who, o.WhoName, o.At, string(o.Day), string(due), c.Level(), len(clean) > 0, office)
	if err != nil || n == 0 {
		return err
	}
	if len(clean) > 0 {
		if _, err := tx.Exec("INSERT INTO obstacle_photo(obstacle_id, sealed) VALUES ($1,$2)", o.ID, tx.Keys().SealBytes(clean)); err != nil {
			return err
		}
	}
	_, err = tx.Exec("INSERT INTO obstacle_step(id, obstacle_id, kind, text, who, who_name, at) VALUES ($1,$2,'sent','',$3,$4,$5)", id.New(), o.ID, o.Who, o.WhoName, o.At)
	return err
}
