package app

import (
	"time"

	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/ops/canvass"
	"bonphu/ops/duties"
)

// A record is counted for an office by the office that made it, by the unit it is about (the office's own unit or one under it), or for
// every office there is.
const (
	byOffice = iota
	byUnit
	byAll
)

// records tell where the program's own records of each kind are kept: office or unit, day or instant, how many (KH:I.3). What was
// taken back does not count.
var records = map[string]struct {
	by   int
	text string
}{
	"lists":       {byUnit, "SELECT unit_id, applied_at, count(*) FROM batch WHERE applied_at<>'' AND withdrawn_at='' GROUP BY unit_id, applied_at"},
	"teams":       {byOffice, "SELECT office_id, from_day, count(*) FROM team WHERE kind='" + canvass.KindVolunteer + "' AND office_id<>0 GROUP BY office_id, from_day"},
	"sessions":    {byUnit, "SELECT unit_id, day, count(*) FROM point_session WHERE state<>'cancelled' GROUP BY unit_id, day"},
	"inspections": {byUnit, "SELECT unit_id, closed_day, count(*) FROM inspection WHERE closed_day<>'' GROUP BY unit_id, closed_day"},
	"letters":     {byUnit, "SELECT unit_id, day, count(*) FROM document WHERE form IN ('cong-van', 'bao-cao') GROUP BY unit_id, day"},
	"proposals":   {byAll, "SELECT 0, day, count(*) FROM emulation_proposal WHERE undoes=0 GROUP BY day"},
	"quotas":      {byAll, "SELECT 0, day, count(*) FROM quota_run GROUP BY day"},
	"obstacles":   {byUnit, "SELECT unit_id, day, count(*) FROM obstacle GROUP BY unit_id, day"},
	"outreach":    {byOffice, "SELECT office_id, day, count(*) FROM outreach_activity WHERE state='done' GROUP BY office_id, day"},
	"content":     {byOffice, "SELECT c.office_id, v.decided_at, count(*) FROM outreach_version v JOIN outreach_content c ON c.id=v.content_id WHERE v.state='approved' GROUP BY c.office_id, v.decided_at"},
	"localplan":   {byUnit, "SELECT unit_id, issued_day, count(*) FROM local_plan WHERE issued_day<>'' AND state<>'withdrawn' GROUP BY unit_id, issued_day"},
	"budget":      {byOffice, "SELECT office_id, sent_day, count(*) FROM budget_proposal WHERE sent_day<>'' GROUP BY office_id, sent_day"},
	"offers":      {byOffice, "SELECT office_id, from_day, count(*) FROM aid_offer WHERE withdrawn_at='' GROUP BY office_id, from_day"},
}

// shownBy counts the program's own records of a kind by office and day, for the duties board. Those of communes' offices are counted from the
// units they hang on; the place's own offices answer for records about the whole place only.
func (a *App) shownBy(tx *db.Tx, kind string, offices []territory.Office) (map[int64]map[clock.Day]int, error) {
	r, ok := records[kind]
	if !ok {
		return nil, nil
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return nil, err
	}
	home := int64(0)
	if h := tree.Place(a.Plan().Place.Unit); h != nil {
		home = h.ID
	}
	out := map[int64]map[clock.Day]int{}
	err = tx.Each(r.text, nil, func(scan func(...any) error) error {
		var of int64
		var at string
		var n int
		if err := scan(&of, &at, &n); err != nil {
			return err
		}
		day := clock.Day(at)
		if len(at) > len(time.DateOnly) {
			day = clock.DayOf(clock.ParseStamp(at))
		}
		for _, o := range offices {
			switch {
			case r.by == byOffice && o.ID != of, r.by == byUnit && o.Unit == home && o.Kind != plan.PoliceKind && of != home, r.by == byUnit && !tree.Within(of, o.Unit):
				continue
			}
			if out[o.ID] == nil {
				out[o.ID] = map[clock.Day]int{}
			}
			out[o.ID][day] += n
		}
		return nil
	})
	return out, err
}

// staffOf lists the accounts that belong to an office: those that say so, and those that say none whose role on its unit it names.
func (a *App) staffOf(tx *db.Tx, o territory.Office) ([]duties.Person, error) {
	var out []duties.Person
	err := tx.Each("SELECT id, name FROM account WHERE office_id=$1 AND NOT disabled ORDER BY name, id", []any{o.ID}, func(scan func(...any) error) error {
		var p duties.Person
		err := scan(&p.Account, &p.Name)
		out = append(out, p)
		return err
	})
	of := a.Plan().Office(o.Code)
	if err != nil || of == nil {
		return out, err
	}
	for _, role := range of.Roles {
		if err := tx.Each("SELECT a.id, a.name FROM account a JOIN role_grant g ON g.account_id=a.id WHERE a.office_id=0 AND NOT a.disabled AND g.role=$1 AND g.unit_id=$2 ORDER BY a.name, a.id", []any{role, o.Unit},
			func(scan func(...any) error) error {
				var p duties.Person
				err := scan(&p.Account, &p.Name)
				out = append(out, p)
				return err
			}); err != nil {
			return nil, err
		}
	}
	return out, nil
}
