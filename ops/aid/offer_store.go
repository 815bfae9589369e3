package aid

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/attach"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

const offerColumns = "id, office_id, kind, title, price, from_day, until_day, conditions, file_name, file_mime, who_name, at, withdrawn_at, withdrawn_why"

func noOffer() error {
	return fault.New(fault.Missing, "aid.offer_unknown", "Không tìm thấy ưu đãi này.")
}

func scanOffer(scan func(...any) error) (Offer, error) {
	var o Offer
	var from, until string
	err := scan(&o.ID, &o.Office, &o.Kind, &o.Title, &o.Price, &from, &until, &o.Conditions, &o.FileName, &o.FileMIME, &o.WhoName, &o.At, &o.WithdrawnAt, &o.WithdrawnWhy)
	o.From, o.Until = clock.Day(from), clock.Day(until)
	return o, err
}

func offers(tx *db.Tx) ([]Offer, error) {
	var out []Offer
	at := map[int64]int{}
	if err := tx.Each("SELECT "+offerColumns+" FROM aid_offer", nil, func(scan func(...any) error) error {
		o, err := scanOffer(scan)
		at[o.ID] = len(out)
		out = append(out, o)
		return err
	}); err != nil {
		return nil, err
	}
	err := tx.Each("SELECT offer_id, unit_id, n FROM aid_stock ORDER BY offer_id, unit_id", nil, func(scan func(...any) error) error {
		var offer int64
		var s Stock
		err := scan(&offer, &s.Unit, &s.N)
		if i, ok := at[offer]; ok {
			out[i].Stock = append(out[i].Stock, s)
		}
		return err
	})
	return out, err
}

func offerAt(tx *db.Tx, n int64) (Offer, error) {
	o, err := scanOffer(tx.QueryRow("SELECT "+offerColumns+" FROM aid_offer WHERE id=$1", n).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return o, noOffer()
	}
	if err != nil {
		return o, err
	}
	err = tx.Each("SELECT unit_id, n FROM aid_stock WHERE offer_id=$1 ORDER BY unit_id", []any{n}, func(scan func(...any) error) error {
		var s Stock
		err := scan(&s.Unit, &s.N)
		o.Stock = append(o.Stock, s)
		return err
	})
	return o, err
}

// Offers lists all offers: those in force first, by operator, kind and price. Whoever may see or order aid anywhere may ask.
func (b *Book) Offers(ctx context.Context, who access.Viewer) ([]Offer, error) {
	if err := mayLook(who); err != nil {
		return nil, err
	}
	var out []Offer
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = offers(tx)
		today := tx.Today()
		past := func(o *Offer) int {
			switch {
			case o.In(today):
				return 0
			case o.WithdrawnAt == "" && o.From > today:
				return 1
			}
			return 2
		}
		slices.SortFunc(out, func(a, b Offer) int {
			return cmp.Or(cmp.Compare(past(&a), past(&b)), cmp.Compare(a.Office, b.Office), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Price, b.Price), cmp.Compare(a.ID, b.ID))
		})
		return err
	})
	return out, err
}

// Offer reads one offer. Whoever may see or order aid anywhere may ask.
func (b *Book) Offer(ctx context.Context, who access.Viewer, n int64) (*Offer, error) {
	if err := mayLook(who); err != nil {
		return nil, err
	}
	var out Offer
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = offerAt(tx, n)
		return err
	})
	return &out, err
}

// Document reads the document of an offer. Whoever may see or order aid anywhere may ask.
func (b *Book) Document(ctx context.Context, who access.Viewer, n int64) (*attach.File, error) {
	if err := mayLook(who); err != nil {
		return nil, err
	}
	var f attach.File
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		o, err := offerAt(tx, n)
		if err != nil {
			return err
		}
		var sealed []byte
		err = tx.QueryRow("SELECT sealed FROM aid_offer_file WHERE offer_id=$1", n).Scan(&sealed)
		if errors.Is(err, sql.ErrNoRows) {
			return fault.New(fault.Missing, "aid.no_document", "Ưu đãi này không kèm văn bản.")
		}
		if err != nil {
			return err
		}
		f.Name, f.MIME = o.FileName, o.FileMIME
		f.Bytes, err = tx.Keys().OpenBytes(sealed)
		return err
	})
	return &f, err
}

// MayOffer tells whether a viewer may write offers of an operator.
func (b *Book) MayOffer(ctx context.Context, who access.Viewer, office int64) bool {
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		return s.mayOffer(who, office)
	})
	return err == nil
}

// SaveOffer writes an offer, a new one when its ID is 0; file nil leaves the document as it is. Orders keep the price they were taken at.
// Only the operator of the offer, or who oversees the whole campaign, needs aid.offer for it.
func (b *Book) SaveOffer(ctx context.Context, who access.Viewer, o Offer, file *attach.File) (int64, error) {
	if err := who.May("aid.offer", 0); err != nil {
		return 0, err
	}
	if err := o.check(b.Plan()); err != nil {
		return 0, err
	}
	n := o.ID
	if n == 0 {
		n = id.New()
	}
	act := who.Act("aid.offer", 0, "offer:"+id.String(n), vn.Money(o.Price))
	return n, b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		office := o.Office
		if o.ID != 0 {
			was, err := offerAt(tx, o.ID)
			if err != nil {
				return err
			}
			if was.WithdrawnAt != "" {
				return fault.New(fault.Conflict, "aid.withdrawn", "Ưu đãi này đã được rút. Hãy lập ưu đãi mới.")
			}
			office = was.Office
		}
		if err := s.mayOffer(who, office); err != nil {
			return err
		}
		if ok, err := isOperator(tx, office); err != nil || !ok {
			if err == nil {
				err = fault.New(fault.Invalid, "aid.office", "Hãy chọn nhà mạng của ưu đãi.").On("office")
			}
			return err
		}
		if o.ID == 0 {
			_, err = tx.Exec(`INSERT INTO aid_offer(id, office_id, kind, title, price, from_day, until_day, conditions, file_name, file_mime, who, who_name, at, withdrawn_at, withdrawn_why)
				VALUES ($1,$2,$3,$4,$5,$6,$7,$8,'','',$9,$10,$11,'','')`, n, office, o.Kind, o.Title, o.Price, string(o.From), string(o.Until), o.Conditions, who.Account, who.Name, tx.Now())
		} else {
			_, err = tx.Exec("UPDATE aid_offer SET kind=$1, title=$2, price=$3, from_day=$4, until_day=$5, conditions=$6, who=$7, who_name=$8, at=$9 WHERE id=$10", o.Kind, o.Title, o.Price, string(o.From), string(o.Until), o.Conditions, who.Account, who.Name, tx.Now(), n)
		}
		if err != nil || file == nil {
			return err
		}
		if _, err := tx.Exec("UPDATE aid_offer SET file_name=$1, file_mime=$2 WHERE id=$3", file.Name, file.MIME, n); err != nil {
			return err
		}
		return tx.Upsert("aid_offer_file", []string{"offer_id", "sealed"}, "ON CONFLICT (offer_id) DO UPDATE SET sealed=excluded.sealed", []any{n, tx.Keys().SealBytes(file.Bytes)})
	})
}

// WithdrawOffer ends an offer and says why; its orders stay.
func (b *Book) WithdrawOffer(ctx context.Context, who access.Viewer, n int64, why string) error {
	return b.changeOffer(ctx, who, n, "rút ưu đãi", func(tx *db.Tx, o *Offer) error {
		why, err := noteOf(why, "why")
		if err != nil {
			return err
		}
		if why == "" {
			return fault.New(fault.Invalid, "aid.withdraw_why", "Hãy ghi vì sao rút ưu đãi.").On("why")
		}
		_, err = tx.Exec("UPDATE aid_offer SET withdrawn_at=$1, withdrawn_why=$2 WHERE id=$3", tx.Now(), why, n)
		return err
	})
}

// SetStock writes how many pieces lie at each place; places that are not in the list lose their row, and an empty list takes the bound off.
func (b *Book) SetStock(ctx context.Context, who access.Viewer, n int64, list []Stock) error {
	return b.changeOffer(ctx, who, n, "số lượng theo địa bàn", func(tx *db.Tx, o *Offer) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		seen := map[int64]bool{}
		for _, s := range list {
			switch u := tree.ByID(s.Unit); {
			case u == nil || u.Tier > territory.TierCommune || seen[s.Unit]:
				return fault.New(fault.Invalid, "aid.stock_place", "Mỗi nơi có hàng là một xã hoặc cả huyện, ghi một lần.").On("stock")
			case s.N < 0 || s.N > maxStock:
				return fault.New(fault.Invalid, "aid.stock_count", "Số lượng ở mỗi nơi phải từ 0 đến 1.000.000.").On("stock")
			}
			seen[s.Unit] = true
		}
		if _, err := tx.Exec("DELETE FROM aid_stock WHERE offer_id=$1", n); err != nil {
			return err
		}
		for _, s := range list {
			if _, err := tx.Exec("INSERT INTO aid_stock(offer_id, unit_id, n) VALUES ($1,$2,$3)", n, s.Unit, s.N); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *Book) changeOffer(ctx context.Context, who access.Viewer, n int64, note string, do func(*db.Tx, *Offer) error) error {
	if err := who.May("aid.offer", 0); err != nil {
		return err
	}
	return b.DB.Write(ctx, who.Act("aid.offer", 0, "offer:"+id.String(n), note), func(tx *db.Tx) error {
		o, err := offerAt(tx, n)
		if err != nil {
			return err
		}
		s, err := sightOf(tx, who)
		if err != nil {
			return err
		}
		if err := s.mayOffer(who, o.Office); err != nil {
			return err
		}
		if o.WithdrawnAt != "" {
			return fault.New(fault.Conflict, "aid.withdrawn", "Ưu đãi này đã được rút. Hãy lập ưu đãi mới.")
		}
		return do(tx, &o)
	})
}
