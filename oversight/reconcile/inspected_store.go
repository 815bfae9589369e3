package reconcile

import (
	"bonphu/internal/clock"
	"bonphu/internal/db"
)

// Inspected opens a case for a claim that an inspection found false before any extract told of it: the team is asked as for a denial,
// and a later extract that confirms closes it by itself (KH:IV.2.a, law C6). A claim that extracts have settled, or that has its case,
// stays as it is; without a waiting claim nothing is opened. The caller's transaction has asked for the rights.
func Inspected(tx *db.Tx, person int64, coverage, text string, by int64, byName string) error {
	fates, err := kept(tx, []int64{person})
	if err != nil {
		return err
	}
	var claim *entry
	for i := range fates[person] {
		if e := &fates[person][i]; e.coverage == coverage && e.fate == Pending && (claim == nil || e.day > claim.day) {
			claim = e
		}
	}
	if claim == nil {
		return nil
	}
	now := tx.Now()
	row := []any{claim.event, person, coverage, claim.unit, claim.team, int64(0), now, string(clock.DayOf(clock.ParseStamp(now)).Add(answerDays)), string(Open), "", int64(0), "", "", int64(0), ""}
	if err := tx.Upsert("claim_case", caseFields, "ON CONFLICT (claim_id) DO NOTHING", row); err != nil {
		return err
	}
	_, err = addStep(tx, step{claim: claim.event, kind: stepInspect, text: text, who: by, whoName: byName})
	return err
}
