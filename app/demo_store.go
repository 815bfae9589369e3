package app

import (
	"strconv"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// personsByNumber reads who has which number, by its blind index.
func personsByNumber(tx *db.Tx) (map[int64]int64, error) {
	out := map[int64]int64{}
	err := tx.Each("SELECT number_ix, id FROM person WHERE number_ix IS NOT NULL AND state='live'", nil, func(scan func(...any) error) error {
		var ix, person int64
		err := scan(&ix, &person)
		out[ix] = person
		return err
	})
	return out, err
}

func teamKey(unit int64, name string) string {
	return strconv.FormatInt(unit, 36) + " " + vn.Fold(name)
}

// teamIDs reads the teams by place and name.
func teamIDs(tx *db.Tx) (map[string]int64, error) {
	out := map[string]int64{}
	err := tx.Each("SELECT id, unit_id, name_fold FROM team", nil, func(scan func(...any) error) error {
		var team, unit int64
		var name string
		err := scan(&team, &unit, &name)
		out[teamKey(unit, name)] = team
		return err
	})
	return out, err
}

// moveGrants moves what an account was granted to another unit.
func moveGrants(tx *db.Tx, account, unit int64) error {
	_, err := tx.Exec("UPDATE role_grant SET unit_id=$1 WHERE account_id=$2", unit, account)
	return err
}

// backdate sets the instant at which a demo's report was handed in.
func backdate(tx *db.Tx, period string, unit int64, day clock.Day, at string) error {
	if _, err := tx.Exec("UPDATE report SET submitted_day=$1, submitted_at=$2 WHERE period=$3 AND unit_id=$4", string(day), at, period, unit); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE report_version SET at=$1 WHERE report_id IN (SELECT id FROM report WHERE period=$2 AND unit_id=$3)", at, period, unit)
	return err
}

// pastRuns notes that quotas were given on every day before the demo's.
func (p *player) pastRuns() error {
	return p.write("quota.plan", "chỉ tiêu các ngày trước", func(tx *db.Tx) error {
		for day := firstRun(p.app.Plan().From); day < demoDay; day = day.Add(1) {
			if _, err := tx.Exec("INSERT INTO quota_run(id, day, at, who, note) VALUES ($1,$2,$3,0,$4)", id.New(), string(day), clock.Stamp(day.Time().Add(nightAt)), "dữ liệu mẫu"); err != nil {
				return err
			}
		}
		return nil
	})
}
