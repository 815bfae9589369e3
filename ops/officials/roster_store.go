package officials

import (
	"context"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// change runs one change of an agency's roster under officials.manage on the agency's unit.
func (b *Book) change(ctx context.Context, who access.Viewer, official int64, note string, fn func(tx *db.Tx, o *Official, unit int64) error) error {
	if !who.MayAnywhere("officials.manage") {
		return who.May("officials.manage", 0)
	}
	act := who.Act("officials.manage", 0, "official:"+id.String(official), note)
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := one(tx, official)
		if err != nil {
			return err
		}
		if act.Unit, err = unitOfOffice(tx, o.Office); err != nil {
			return err
		}
		if err := who.May("officials.manage", act.Unit); err != nil {
			return err
		}
		return fn(tx, o, act.Unit)
	})
}

// AddAgency adds an agency on a unit, or gives the one of that name there.
func (b *Book) AddAgency(ctx context.Context, who access.Viewer, unit int64, name string) (int64, error) {
	if err := who.May("officials.manage", unit); err != nil {
		return 0, err
	}
	name = strings.Join(strings.Fields(vn.NFC(name)), " ")
	if name == "" || len(name) > 200 {
		return 0, fault.New(fault.Invalid, "officials.agency_name", "Hãy ghi tên cơ quan (tối đa 200 ký tự).").On("agency")
	}
	o := territory.Office{Unit: unit, Kind: kindOf(name), Name: name}
	err := b.DB.Write(ctx, who.Act("officials.manage", unit, "office", name), func(tx *db.Tx) error {
		list, err := territory.Offices(tx)
		if err != nil {
			return err
		}
		for _, x := range list {
			if x.Unit == unit && agencyKey(x.Name) == agencyKey(name) {
				o = x
				return nil
			}
		}
		return territory.AddOffice(tx, &o)
	})
	return o.ID, err
}

// Add puts somebody on an agency's roster by hand. With a number the register record is found; the viewer needs officials.manage there.
func (b *Book) Add(ctx context.Context, who access.Viewer, o Official) (int64, error) {
	if !who.MayAnywhere("officials.manage") {
		return 0, who.May("officials.manage", 0)
	}
	if err := o.check(); err != nil {
		return 0, err
	}
	o.ID, o.Person, o.Account, o.Batch, o.Said = id.New(), 0, 0, 0, nil
	act := who.Act("officials.manage", 0, "official:"+id.String(o.ID), "thêm")
	return o.ID, b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		office, err := officeAt(tx, o.Office)
		if err != nil {
			return err
		}
		act.Unit = office.Unit
		if err := who.May("officials.manage", office.Unit); err != nil {
			return err
		}
		if o.From == "" {
			o.From = tx.Today()
		}
		if err := b.place(tx, &o); err != nil {
			return err
		}
		return insert(tx, &o, 0)
	})
}

// place checks that an official's number is on no other row in force, and links it with the register.
func (b *Book) place(tx *db.Tx, o *Official) error {
	if o.Number == "" {
		return nil
	}
	same, err := roster(tx, "AND number_ix=$1 AND until_day=''", tx.Keys().Index(string(o.Number)))
	if err != nil {
		return err
	}
	for _, s := range same {
		if s.ID != o.ID && s.Number == o.Number {
			return fault.New(fault.Conflict, "officials.number_taken", "Số định danh này đã có trong danh sách cán bộ. Nếu người này chuyển công tác, cho rời cơ quan cũ trước.").On("number")
		}
	}
	tree, err := territory.Load(tx)
	if err != nil {
		return err
	}
	person, _, err := find(tx, tree, o, 0)
	if err != nil {
		return err
	}
	return free(tx, o, person)
}

// free links an official with a register record that no other official in force has; 0 unlinks.
func free(tx *db.Tx, o *Official, person int64) error {
	if person != 0 {
		same, err := roster(tx, "AND person_id=$1 AND until_day=''", person)
		if err != nil {
			return err
		}
		for _, s := range same {
			if s.ID != o.ID {
				return fault.New(fault.Conflict, "officials.person_taken", "Hồ sơ dân cư này đã gắn với cán bộ %s. Hãy kiểm tra có phải một người ghi hai lần.", s.Name).On("number")
			}
		}
	}
	o.Person = person
	return nil
}

// Edit corrects an official's name, position, birth date and telephone, the last two where given; a number is set by Link.
func (b *Book) Edit(ctx context.Context, who access.Viewer, n Official) error {
	return b.change(ctx, who, n.ID, "sửa", func(tx *db.Tx, o *Official, _ int64) error {
		if o.Name, o.Position = n.Name, n.Position; n.Phone != "" {
			o.Phone = n.Phone
		}
		if n.Birth != "" {
			o.Birth = n.Birth
		}
		if err := o.check(); err != nil {
			return err
		}
		return update(tx, o)
	})
}

// Link looks the register up for an official by a citizen number (law P4: never by likeness). "" unlinks.
func (b *Book) Link(ctx context.Context, who access.Viewer, official int64, number string) error {
	return b.change(ctx, who, official, "gắn hồ sơ dân cư", func(tx *db.Tx, o *Official, unit int64) error {
		if number == "" {
			o.Person, o.Number = 0, ""
			return update(tx, o)
		}
		if o.Number = people.Number(strings.ReplaceAll(number, " ", "")); !twelveDigits(string(o.Number)) {
			return fault.New(fault.Invalid, "officials.number", "Số định danh gồm đúng 12 chữ số; xem lại trên thẻ.").On("number")
		}
		o.Person = 0
		if err := b.place(tx, o); err != nil {
			return err
		}
		if o.Person == 0 {
			return fault.New(fault.Missing, "officials.link_unknown", "Sổ dân cư của huyện không có người mang số này; cán bộ ở nơi khác thì để chưa đối chiếu.").On("number")
		}
		if err := update(tx, o); err != nil {
			return err
		}
		_, err := claimSaid(tx, b.Plan(), o, tx.Today(), "danh sách của cơ quan", who.Account, 0, false)
		return err
	})
}

// Leave ends somebody's time in an agency on a day; "" brings them back.
func (b *Book) Leave(ctx context.Context, who access.Viewer, official int64, until clock.Day) error {
	return b.change(ctx, who, official, "rời cơ quan", func(tx *db.Tx, o *Official, _ int64) error {
		o.Until = until
		if err := o.check(); err != nil {
			return err
		}
		return update(tx, o)
	})
}

// LinkAccount lets an account sign in as an official; 0 takes it away.
func (b *Book) LinkAccount(ctx context.Context, who access.Viewer, official, account int64) error {
	return b.change(ctx, who, official, "gắn tài khoản", func(tx *db.Tx, o *Official, _ int64) error {
		if account != 0 {
			same, err := roster(tx, "AND account_id=$1", account)
			if err != nil {
				return err
			}
			if len(same) > 0 && same[0].ID != o.ID {
				return fault.New(fault.Conflict, "officials.account_taken", "Tài khoản này đã gắn với cán bộ %s.", same[0].Name).On("account")
			}
		}
		o.Account = account
		return update(tx, o)
	})
}

// ClaimPortal keeps that the signed-in official used the account to sign in to a portal: claimed (law C2).
func (b *Book) ClaimPortal(ctx context.Context, who access.Viewer, portal string, day clock.Day) error {
	if !who.MayAnywhere("officials.credit") {
		return who.May("officials.credit", 0)
	}
	act := who.Act("officials.credit", 0, "", "đăng nhập "+PortalTitle(portal))
	return b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		o, err := own(tx, who)
		if err != nil {
			return err
		}
		act.Object = "official:" + id.String(o.ID)
		if act.Unit, err = unitOfOffice(tx, o.Office); err != nil {
			return err
		}
		return state(tx, &Statement{Official: o.ID, Portal: portal, Level: coverage.Claimed, Day: day, Evidence: "cán bộ tự khai", Who: who.Account})
	})
}

// VerifyPortal keeps that somebody else saw a document or the screen of a portal: verified (law C2). Nobody verifies their own.
func (b *Book) VerifyPortal(ctx context.Context, who access.Viewer, official int64, portal string, day clock.Day, evidence string) error {
	return b.change(ctx, who, official, "kiểm chứng "+PortalTitle(portal), func(tx *db.Tx, o *Official, _ int64) error {
		evidence := strings.TrimSpace(vn.NFC(evidence))
		switch {
		case o.Account != 0 && o.Account == who.Account:
			return fault.New(fault.Forbidden, "officials.own_portal", "Việc kiểm chứng phải do người khác làm.")
		case evidence == "" || len(evidence) > 500:
			return fault.New(fault.Invalid, "officials.evidence", "Hãy ghi đã xem giấy tờ hoặc màn hình nào (tối đa 500 ký tự).").On("evidence")
		}
		return state(tx, &Statement{Official: o.ID, Portal: portal, Level: coverage.Verified, Day: day, Evidence: evidence, Who: who.Account})
	})
}

func state(tx *db.Tx, s *Statement) error {
	if s.Day == "" {
		s.Day = tx.Today()
	}
	switch {
	case s.Portal != National && s.Portal != Provincial:
		return fault.New(fault.Invalid, "officials.portal", "Hãy chọn Cổng dịch vụ công quốc gia hoặc của tỉnh.").On("portal")
	case s.Day.Time().IsZero() || s.Day > tx.Today():
		return fault.New(fault.Invalid, "officials.portal_day", "Ngày đăng nhập không được sau hôm nay.").On("day")
	}
	have, err := statements(tx, []int64{s.Official})
	if err != nil {
		return err
	}
	for _, h := range have[s.Official] {
		if h.Portal == s.Portal && metLevel(h.Level) >= metLevel(s.Level) {
			return nil // said already, as strongly
		}
	}
	return insertStatement(tx, s)
}
