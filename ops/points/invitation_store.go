package points

import (
	"bonphu/internal/db"
	"bonphu/internal/id"
)

const invitationColumns = "id, session_id, person_id, unit_id, house, channel, state, reason, code, n, told, at, came_at"

func invitations(tx *db.Tx, where string, args ...any) ([]Invitation, error) {
	var out []Invitation
	err := tx.Each("SELECT "+invitationColumns+" FROM invitation "+where+" ORDER BY session_id, n, id", args, func(scan func(...any) error) error {
		var i Invitation
		err := scan(&i.ID, &i.Session, &i.Person, &i.Unit, &i.House, &i.Channel, &i.State, &i.Reason, &i.Code, &i.N, &i.Told, &i.At, &i.CameAt)
		out = append(out, i)
		return err
	})
	return out, err
}

func insertInvitation(tx *db.Tx, i *Invitation) error {
	if i.ID == 0 {
		i.ID = id.New()
	}
	_, err := tx.Exec("INSERT INTO invitation("+invitationColumns+") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)",
		i.ID, i.Session, i.Person, i.Unit, i.House, i.Channel, i.State, i.Reason, i.Code, i.N, i.Told, tx.Now(), i.CameAt)
	return err
}

// moveInvited invites to a new session everybody who had an open invitation to the old, and gives how many are to be told.
func moveInvited(tx *db.Tx, from, to int64) (int64, error) {
	list, err := invitations(tx, "WHERE session_id=$1 AND state IN ('invited','confirmed')", from)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec("UPDATE invitation SET state='moved', told=$1 WHERE session_id=$2 AND state IN ('invited','confirmed')", false, from); err != nil {
		return 0, err
	}
	for i := range list {
		n := list[i]
		n.ID, n.Session, n.State, n.Reason = 0, to, Invited, ""
		if err := insertInvitation(tx, &n); err != nil {
			return 0, err
		}
	}
	return int64(len(list)), nil
}
