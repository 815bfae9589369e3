package canvass

import (
	"context"
	"slices"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// Item is one thing that a phone sent, with its verdict (laws O1, O2). Payload is what was sent, kept while a person must decide.
type Item struct {
	ID, Device, Person, Unit int64
	Kind                     string
	At, Recorded             string
	Verdict, Code, Text      string
	Payload                  string
	State                    string // ItemDone, ItemWaiting, ItemSettled
	SettledBy                int64
	SettledAt, SettledAs     string
	SettledPerson            int64
}

// Verdicts of an item, as on the phone.
const (
	ItemTaken   = "done"
	ItemSame    = "same"
	ItemHeld    = "held"    // a person must decide
	ItemRefused = "refused" // nothing could be made of it
)

// States of an item.
const (
	ItemDone    = "done"
	ItemWaiting = "waiting"
	ItemSettled = "settled"
)

const itemColumns = "id, device_id, kind, person_id, unit_id, at, recorded, verdict, code, text, payload_sealed, state, settled_by, settled_at, settled_as, settled_person"

func scanItem(tx *db.Tx, scan func(...any) error) (Item, error) {
	var x Item
	var sealed string
	err := scan(&x.ID, &x.Device, &x.Kind, &x.Person, &x.Unit, &x.At, &x.Recorded, &x.Verdict, &x.Code, &x.Text, &sealed, &x.State, &x.SettledBy, &x.SettledAt, &x.SettledAs, &x.SettledPerson)
	if err != nil {
		return x, err
	}
	x.Payload, err = tx.Keys().Open(sealed)
	return x, err
}

// ItemsByID reads what became of items that were sent before.
func ItemsByID(tx *db.Tx, ids []int64) (map[int64]Item, error) {
	out := map[int64]Item{}
	err := tx.EachIn("SELECT "+itemColumns+" FROM field_item WHERE id IN (%s)", nil, ids, func(scan func(...any) error) error {
		x, err := scanItem(tx, scan)
		out[x.ID] = x
		return err
	})
	return out, err
}

// KeepItem keeps an item with its verdict.
func KeepItem(tx *db.Tx, x *Item) error {
	_, err := tx.Exec("INSERT INTO field_item("+itemColumns+") VALUES ("+tx.In(16, 1)+")", x.ID, x.Device, x.Kind, x.Person, x.Unit, x.At, x.Recorded, x.Verdict, x.Code, x.Text,
		tx.Keys().Seal(x.Payload), x.State, x.SettledBy, x.SettledAt, x.SettledAs, x.SettledPerson)
	return err
}

// WaitingFor reads the items that wait for a person of the field to be known.
func WaitingFor(tx *db.Tx, person int64) ([]Item, error) {
	var out []Item
	err := tx.Each("SELECT "+itemColumns+" FROM field_item WHERE person_id=$1 AND state='waiting' ORDER BY id", []any{person}, func(scan func(...any) error) error {
		x, err := scanItem(tx, scan)
		out = append(out, x)
		return err
	})
	return out, err
}

// WaitingAbout reads the items that wait for these persons or visits: what was sent before that of which it speaks (law O2).
func WaitingAbout(tx *db.Tx, of []int64) (map[int64][]Item, error) {
	out := map[int64][]Item{}
	err := tx.EachIn("SELECT "+itemColumns+" FROM field_item WHERE state='waiting' AND person_id IN (%s)", nil, of, func(scan func(...any) error) error {
		x, err := scanItem(tx, scan)
		out[x.Person] = append(out[x.Person], x)
		return err
	})
	return out, err
}

// Settle writes what a person decided of an item. What it said stays with it, but for a visit, which is told by its own row then.
func Settle(tx *db.Tx, item int64, as string, person, by int64) error {
	n, err := tx.Exec("UPDATE field_item SET state='settled', settled_by=$1, settled_at=$2, settled_as=$3, settled_person=$4, payload_sealed=CASE WHEN kind='visit' AND $3<>'drop' THEN '' ELSE payload_sealed END WHERE id=$5 AND state='waiting'", by, tx.Now(), as, person, item)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "canvass.item_settled", "Phiếu này đã được người khác xử lý.")
	}
	return err
}

// Held lists the items that wait for a person in a unit and under it, oldest first, at most n. The viewer needs field.settle there.
func (b *Book) Held(ctx context.Context, who access.Viewer, unit int64, n int) ([]Item, error) {
	if err := who.May("field.settle", unit); err != nil {
		return nil, err
	}
	var out []Item
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		err := tx.EachIn("SELECT "+itemColumns+" FROM field_item WHERE state='waiting' AND unit_id IN (%s)", nil, who.Tree().Descendants(unit), func(scan func(...any) error) error {
			x, err := scanItem(tx, scan)
			out = append(out, x)
			return err
		})
		slices.SortFunc(out, func(a, b Item) int {
			if a.At != b.At {
				if a.At < b.At {
					return -1
				}
				return 1
			}
			return int(min(1, max(-1, a.ID-b.ID)))
		})
		out = out[:min(n, len(out))]
		return err
	})
	return out, err
}

// HeldItem reads one item that a phone sent. The viewer needs field.settle where it came from.
func (b *Book) HeldItem(ctx context.Context, who access.Viewer, item int64) (*Item, error) {
	var out *Item
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		m, err := ItemsByID(tx, []int64{item})
		if err != nil {
			return err
		}
		x, ok := m[item]
		if !ok {
			return fault.New(fault.Missing, "canvass.item_unknown", "Không tìm thấy phiếu này.")
		}
		out = &x
		return who.May("field.settle", x.Unit)
	})
	return out, err
}

// KeepPhoto keeps a photo of a visit, cleaned of what the camera wrote, sealed (law R3); the same id again changes nothing.
func KeepPhoto(tx *db.Tx, photo, visit int64, jpeg []byte) error {
	_, err := tx.Exec("INSERT INTO visit_photo(id, visit_id, sealed, at) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING", photo, visit, tx.Keys().SealBytes(jpeg), tx.Now())
	return err
}

// WaitingByDevice counts what waits for a person by the phone that sent it.
func WaitingByDevice(tx *db.Tx) (map[int64]int, error) {
	out := map[int64]int{}
	err := tx.Each("SELECT device_id, CAST(count(*) AS BIGINT) FROM field_item WHERE state='waiting' GROUP BY device_id", nil, func(scan func(...any) error) error {
		var d int64
		var n int
		err := scan(&d, &n)
		out[d] = n
		return err
	})
	return out, err
}
