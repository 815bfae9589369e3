package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"

	"bonphu/internal/clock"
)

// TrailRow is one link of the trail: an act, when it was done, and the hash over it and the link before (law R2).
type TrailRow struct {
	Seq  int64
	At   string
	Day  clock.Day
	Act  Act
	Prev string
	Hash string
}

type trailHead struct {
	seq  int64
	hash string
}

// trailHead reads the end of the chain inside the writing transaction, so that two programs on one database make one chain.
func (d *DB) trailHead() (*trailHead, error) {
	ctx := context.Background()
	if d.postgres {
		if _, err := d.writer.c.ExecContext(ctx, "SELECT pg_advisory_xact_lock(7040904)"); err != nil {
			return nil, translate(err)
		}
	}
	s, err := d.writer.prepare("SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1")
	if err != nil {
		return nil, translate(err)
	}
	h := &trailHead{}
	err = s.QueryRowContext(ctx).Scan(&h.seq, &h.hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return h, translate(err)
}

// Link computes the hash of a trail row from its content and the hash before it.
func (r *TrailRow) Link() string {
	h := sha256.New()
	for _, s := range []string{r.Prev, strconv.FormatInt(r.Seq, 10), r.At, r.Act.Verb, strconv.FormatInt(r.Act.Who, 10), r.Act.WhoName,
		strconv.FormatInt(r.Act.Unit, 10), r.Act.Object, r.Act.Note, r.Act.From} {
		h.Write([]byte(strconv.Itoa(len(s))))
		h.Write([]byte{':'})
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (tx *Tx) trail(act *Act) error {
	at := tx.d.Clock()
	r := TrailRow{Seq: tx.last.seq + 1, At: clock.Stamp(at), Day: clock.DayOf(at), Act: *act, Prev: tx.last.hash}
	r.Hash = r.Link()
	_, err := tx.Exec(`INSERT INTO trail(seq, at, day, verb, who, who_name, unit_id, object, note, from_addr, prev, hash)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, r.Seq, r.At, string(r.Day), act.Verb, act.Who, act.WhoName, act.Unit, act.Object,
		act.Note, act.From, r.Prev, r.Hash)
	if err == nil {
		tx.last.seq, tx.last.hash = r.Seq, r.Hash
	}
	return err
}

// CheckTrail walks the whole chain and gives its length, and the first link that does not hold (0 when all do).
func (tx *Tx) CheckTrail() (length, broken int64, err error) {
	var prev string
	err = tx.Each(`SELECT seq, at, day, verb, who, who_name, unit_id, object, note, from_addr, prev, hash FROM trail ORDER BY seq`, nil,
		func(scan func(...any) error) error {
			var r TrailRow
			var day string
			if err := scan(&r.Seq, &r.At, &day, &r.Act.Verb, &r.Act.Who, &r.Act.WhoName, &r.Act.Unit, &r.Act.Object, &r.Act.Note, &r.Act.From, &r.Prev, &r.Hash); err != nil {
				return err
			}
			length++
			if broken == 0 && (r.Seq != length || r.Prev != prev || r.Link() != r.Hash || day != string(clock.DayOf(clock.ParseStamp(r.At)))) {
				broken = length
			}
			prev = r.Hash
			return nil
		})
	return length, broken, err
}
