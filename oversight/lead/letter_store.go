package lead

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/mail"
)

// Post sends accounts their letters: each account's own, with its own rights, by its own wish. The zero Send sends nothing.
type Post struct {
	DB     *db.DB
	Plan   func() *plan.Plan
	Book   *Book
	Reader func(ctx context.Context, who access.Viewer, account int64) (access.Viewer, error)
	Send   func(context.Context, mail.Letter) error // nil while no server is set
	Base   string                                   // the desk's address for links, "https://bonphu.example.vn"; "" for none
}

// Ready tells whether a server is set.
func (p *Post) Ready() bool { return p.Send != nil }

// Mine gives where the viewer wants letters sent.
func (p *Post) Mine(ctx context.Context, who access.Viewer) (*Own, error) {
	o := &Own{Ready: p.Ready()}
	if !who.MayAnywhere("plan.see") || who.Account == 0 {
		return nil, who.May("plan.see", 0)
	}
	err := p.DB.Read(ctx, func(tx *db.Tx) (err error) {
		o.Address, o.Wants, err = addressOf(tx, who.Account)
		return err
	})
	return o, err
}

func addressOf(tx *db.Tx, account int64) (address string, wants bool, err error) {
	var sealed string
	err = tx.QueryRow("SELECT address_sealed, wants FROM account_mail WHERE account_id=$1", account).Scan(&sealed, &wants)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err == nil {
		address, err = tx.Keys().Open(sealed)
	}
	return address, wants, err
}

// Set keeps where the viewer wants letters sent; "" removes the address.
func (p *Post) Set(ctx context.Context, who access.Viewer, address string, wants bool) error {
	if !who.MayAnywhere("plan.see") || who.Account == 0 {
		return who.May("plan.see", 0)
	}
	if address != "" {
		var err error
		if address, err = mail.Address(address); err != nil {
			return err
		}
	} else if wants {
		return fault.New(fault.Invalid, "lead.no_address", "Hãy ghi địa chỉ nhận thư, hoặc bỏ chọn nhận thư.").On("dia_chi")
	}
	return p.DB.Write(ctx, who.Act("mail.address", 0, "account:"+id.String(who.Account), ""), func(tx *db.Tx) error {
		return SetAddress(tx, who.Account, address, wants)
	})
}

// SetAddress keeps an account's address inside a transaction whose caller has asked for the right.
func SetAddress(tx *db.Tx, account int64, address string, wants bool) error {
	if address == "" {
		_, err := tx.Exec("DELETE FROM account_mail WHERE account_id=$1", account)
		return err
	}
	return tx.Upsert("account_mail", []string{"account_id", "address_sealed", "wants", "at"}, "ON CONFLICT (account_id) DO UPDATE SET address_sealed=excluded.address_sealed, wants=excluded.wants, at=excluded.at", []any{account, tx.Keys().Seal(address), wants, tx.Now()})
}

// Try sends the viewer a letter at once, to see that the address and the server are right.
func (p *Post) Try(ctx context.Context, who access.Viewer) error {
	o, err := p.Mine(ctx, who)
	if err != nil {
		return err
	}
	if o.Address == "" {
		return fault.New(fault.Invalid, "lead.no_address", "Hãy ghi địa chỉ nhận thư, rồi gửi thử.").On("dia_chi")
	}
	if !p.Ready() {
		return fault.New(fault.Conflict, "lead.no_server", "Máy chủ chưa được đặt để gửi thư. Hãy báo quản trị hệ thống.")
	}
	return p.TryTo(ctx, o.Address)
}

// TryTo sends a letter to try the server.
func (p *Post) TryTo(ctx context.Context, address string) error {
	at := p.DB.Clock()
	err := p.Send(ctx, mail.Letter{ID: "thu-" + id.String(id.New()), To: address, Subject: "Thư thử của Bốn phủ", Text: "Máy chủ gửi được thư đến địa chỉ này.\n" + p.Base + "\n", At: at})
	var f *mail.Failure
	if errors.As(err, &f) {
		return fault.New(fault.Conflict, "lead.not_sent", "%s. Thư thử chưa đi.", mail.CodeTitle(f.Code))
	}
	return err
}

// QueueOnce queues where somebody's letter of the day is missing, and writes nothing otherwise.
func (p *Post) QueueOnce(ctx context.Context, who access.Viewer) error {
	if err := who.May("system.run", 0); err != nil {
		return err
	}
	var missing, old int64
	err := p.DB.Read(ctx, func(tx *db.Tx) error {
		day := string(tx.Today())
		if err := tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM account_mail m JOIN account a ON a.id=m.account_id WHERE m.wants AND NOT a.disabled AND NOT EXISTS (SELECT 1 FROM mail_out o WHERE o.account_id=m.account_id AND o.day=$1 AND o.kind=$2)", day, Digest).Scan(&missing); err != nil {
			return err
		}
		return tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM mail_out WHERE state='waiting' AND day<$1", day).Scan(&old)
	})
	if err != nil || missing+old == 0 {
		return err
	}
	_, err = p.Queue(ctx, who)
	return err
}

// Queue puts the day's letter of everybody who wants one in the list of those to be sent; again the same day it adds only those who came
// since. Only the program itself may ask. It gives how many are new.
func (p *Post) Queue(ctx context.Context, who access.Viewer) (n int64, err error) {
	if err := who.May("system.run", 0); err != nil {
		return 0, err
	}
	act := who.Act("system.run", 0, "mail", "thư nhắc việc")
	return n, p.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		n = 0
		var all []int64
		day := tx.Today()
		err := tx.Each(`SELECT m.account_id FROM account_mail m JOIN account a ON a.id=m.account_id WHERE m.wants AND NOT a.disabled
			AND NOT EXISTS (SELECT 1 FROM mail_out o WHERE o.account_id=m.account_id AND o.day=$1 AND o.kind=$2) ORDER BY m.account_id`, []any{string(day), Digest}, func(scan func(...any) error) error {
			var a int64
			err := scan(&a)
			all = append(all, a)
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range all {
			k, err := tx.Exec("INSERT INTO mail_out(id, account_id, day, kind, state, tries, next_at, error, tasks, at, sent_at) VALUES ($1,$2,$3,$4,$5,0,$6,'',0,$6,'') ON CONFLICT DO NOTHING", id.New(), a, string(day), Digest, Waiting, tx.Now())
			if err != nil {
				return err
			}
			n += k
		}
		_, err = tx.Exec("UPDATE mail_out SET state=$1 WHERE state=$2 AND day<$3", Stale, Waiting, string(day))
		return err
	})
}

type waiting struct {
	id, account, tries int64
	day                clock.Day
}

// SendDue sends the letters whose time has come, one after the other, and gives how many were sent and how many were not taken. Two
// programs that send at once never send the same letter: each takes it first. Only the program itself may ask.
func (p *Post) SendDue(ctx context.Context, who access.Viewer) (sent, not int, err error) {
	if err := who.May("system.run", 0); err != nil || !p.Ready() {
		return 0, 0, err
	}
	var due []waiting
	err = p.DB.Read(ctx, func(tx *db.Tx) error {
		due = nil
		return tx.Each("SELECT id, account_id, day, tries FROM mail_out WHERE state='waiting' AND next_at<=$1 AND day=$2 ORDER BY next_at, id", []any{tx.Now(), string(tx.Today())}, func(scan func(...any) error) error {
			var w waiting
			var day string
			err := scan(&w.id, &w.account, &day, &w.tries)
			w.day = clock.Day(day)
			due = append(due, w)
			return err
		})
	})
	for _, w := range due {
		if err != nil || ctx.Err() != nil {
			return sent, not, err
		}
		var ok, tried bool
		if ok, tried, err = p.one(ctx, who, w); ok {
			sent++
		} else if tried {
			not++
		}
	}
	return sent, not, err
}

// one takes a letter, sends it and says how it went.
func (p *Post) one(ctx context.Context, who access.Viewer, w waiting) (sent, tried bool, err error) {
	act := who.Act("system.run", 0, "mail:"+id.String(w.id), "gửi thư nhắc việc")
	mine := false
	var to string
	err = p.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		n, err := tx.Exec("UPDATE mail_out SET tries=tries+1, next_at=$1 WHERE id=$2 AND state='waiting' AND tries=$3", clock.Stamp(p.DB.Clock().Add(held)), w.id, w.tries)
		if mine = n == 1; err != nil || !mine {
			return err
		}
		w.tries++
		wants := false
		if to, wants, err = addressOf(tx, w.account); !wants {
			to = ""
		}
		return err
	})
	if err != nil || !mine {
		return false, false, err
	}
	state, code, next, tasks := Sent, "", p.DB.Clock(), []Task(nil)
	reader, err := p.Reader(ctx, who, w.account)
	switch {
	case fault.Is(err, fault.Missing), err == nil && to == "":
		state = Nothing // shut out, or has said no since
	case err != nil:
		return false, false, err
	default:
		if tasks, err = p.Book.Today(ctx, reader); err != nil && !fault.Is(err, fault.Forbidden) {
			return false, false, err
		}
		if len(tasks) == 0 {
			state = Nothing
			break
		}
		tried = true
		if err := p.Send(ctx, p.compose(w.account, w.day, to, next, tasks)); err != nil {
			var given bool
			state = Waiting
			if code, next, given = after(w.tries, err, p.DB.Clock()); given {
				state = Failed
			}
		}
	}
	sentAt := ""
	if state == Sent {
		sentAt = clock.Stamp(p.DB.Clock())
	}
	act = who.Act("system.run", 0, "mail:"+id.String(w.id), "thư nhắc việc: "+state)
	err = p.DB.WriteAct(context.WithoutCancel(ctx), &act, func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE mail_out SET state=$1, error=$2, next_at=$3, tasks=$4, sent_at=$5 WHERE id=$6", state, code, clock.Stamp(next), int64(len(tasks)), sentAt, w.id)
		return err
	})
	return state == Sent, tried, err
}

// Letters lists the newest letters, those that could not be sent first. The viewer needs system.run.
func (p *Post) Letters(ctx context.Context, who access.Viewer, n int) ([]Out, error) {
	if err := who.May("system.run", 0); err != nil {
		return nil, err
	}
	var out []Out
	err := p.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(`SELECT o.id, a.login, a.name, o.day, o.state, o.error, o.tries, o.tasks, o.next_at, o.sent_at FROM mail_out o JOIN account a ON a.id=o.account_id
			ORDER BY o.day DESC, CASE o.state WHEN 'failed' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, a.login LIMIT $1`, []any{int64(n)}, func(scan func(...any) error) error {
			var o Out
			var day string
			err := scan(&o.ID, &o.Login, &o.Name, &day, &o.State, &o.Code, &o.Tries, &o.Tasks, &o.Next, &o.Sent)
			o.Day = clock.Day(day)
			out = append(out, o)
			return err
		})
	})
	return out, err
}

// Resend has a letter of today that was given up tried again at once. The viewer needs system.run.
func (p *Post) Resend(ctx context.Context, who access.Viewer, letter int64) error {
	if err := who.May("system.run", 0); err != nil {
		return err
	}
	return p.DB.Write(ctx, who.Act("system.run", 0, "mail:"+id.String(letter), "gửi lại"), func(tx *db.Tx) error {
		n, err := tx.Exec("UPDATE mail_out SET state='waiting', tries=0, next_at=$1 WHERE id=$2 AND day=$3 AND (state='failed' OR state='waiting' AND error<>'')", tx.Now(), letter, string(tx.Today()))
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "lead.not_failed", "Chỉ gửi lại được thư hôm nay chưa gửi được.")
		}
		return err
	})
}

// NotSent counts today's letters that were given up or failed so far. The viewer needs system.run.
func (p *Post) NotSent(ctx context.Context, who access.Viewer) (n int, err error) {
	if err := who.May("system.run", 0); err != nil {
		return 0, err
	}
	return n, p.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM mail_out WHERE day=$1 AND error<>'' AND state IN ('failed','waiting')", string(tx.Today())).Scan(&n)
	})
}

// EraseMail removes every account's address and gives how many there were (law R4).
func EraseMail(tx *db.Tx) (int64, error) { return tx.Exec("DELETE FROM account_mail") }
