package people

import (
	"context"
	"database/sql"
	"errors"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
)

// Register is the door to the citizen register for those who may pass.
type Register struct{ DB *db.DB }

// Card is a person with all that is known of how we know it.
type Card struct {
	Person
	Facts   []Fact
	Said    []Entry           // every value said of an attribute; personal numbers masked
	From    map[string]Origin // where each attribute's value comes from
	Merges  []Merge
	Alike   []Person // living records of the same name, which may be the same person (law P4)
	Members []Person // of the same household and hamlet
}

// Origin is where an attribute's value comes from.
type Origin struct {
	Source Source
	AsOf   string
	Batch  int64
}

func missing() error {
	return fault.New(fault.Missing, "people.unknown", "Không tìm thấy công dân này. Có thể hồ sơ đã được gộp hoặc danh sách đưa vào đã được rút.")
}

// FindMasked gives those who may be the one that a list names with a birth date and a number or telephone of which only a part is
// shown: same name and whole birth date, and what is shown agrees with what the register knows, with at least one of the two known
// (law P4: one is an answer, several or none are not).
func FindMasked(tx *db.Tx, name, birth, number, phone string) ([]int64, error) {
	if len(birth) != 10 || number == "" && phone == "" {
		return nil, nil
	}
	var out []int64
	err := tx.Each("SELECT "+columns+" FROM person WHERE state='live' AND name_fold=$1 AND birth=$2", []any{vn.Fold(name), birth}, func(scan func(...any) error) error {
		s, err := scanPerson(tx, scan)
		if err != nil {
			return err
		}
		agree := 0
		for _, x := range [][2]string{{number, string(s.Number)}, {phone, string(s.Phone)}} {
			switch {
			case x[0] == "" || x[1] == "":
			case maskFits(x[0], x[1]):
				agree++
			default:
				return nil
			}
		}
		if agree > 0 {
			out = append(out, s.ID)
		}
		return nil
	})
	return out, err
}

// LivingIn lists the records in force that live in these units, merged ones left out.
func LivingIn(tx *db.Tx, units []int64) ([]int64, error) {
	var out []int64
	err := tx.EachIn("SELECT id FROM person WHERE state='live' AND unit_id IN (%s)", nil, units, func(scan func(...any) error) error {
		var p int64
		err := scan(&p)
		out = append(out, p)
		return err
	})
	return out, err
}

// Load reads persons by id, for callers that have checked the right to see them.
func Load(tx *db.Tx, ids []int64) (map[int64]Person, error) {
	found, err := load(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]Person, len(found))
	for k, s := range found {
		out[k] = s.Person
	}
	return out, nil
}

func one(tx *db.Tx, person int64) (*stored, error) {
	found, err := load(tx, []int64{person})
	if err != nil {
		return nil, err
	}
	if found[person] == nil {
		return nil, missing()
	}
	return found[person], nil
}

// Get reads one person's card.
func (r Register) Get(ctx context.Context, who access.Viewer, person int64) (*Card, error) {
	var c Card
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := one(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("people.see", s.Unit); err != nil {
			return err
		}
		c.Person = s.Person
		c.From = map[string]Origin{}
		prov := parseProvenance(s.prov)
		for _, a := range Attrs() {
			o, ok := prov[a]
			if !ok {
				o = origin{s.AsOf, s.Source, s.Batch}
			}
			c.From[a] = Origin{o.source, o.asOf, o.batch}
		}
		if c.Said, err = entries(tx, person, ""); err != nil {
			return err
		}
		for i := range c.Said {
			if sealedAttr(c.Said[i].Attr) {
				c.Said[i].Value = Number(c.Said[i].Value).Mask()
			}
		}
		facts, err := FactsOf(tx, []int64{person})
		if err != nil {
			return err
		}
		c.Facts = facts[person]
		if c.Merges, err = merges(tx, person); err != nil {
			return err
		}
		if c.Alike, err = alike(tx, who, s); err != nil || s.House == "" {
			return err
		}
		return tx.Each("SELECT "+columns+" FROM person WHERE unit_id=$1 AND household=$2 AND state='live' AND id<>$3 ORDER BY birth LIMIT 30",
			[]any{s.Unit, s.House, person}, func(scan func(...any) error) error {
				m, err := scanPerson(tx, scan)
				if err == nil {
					c.Members = append(c.Members, m.Person)
				}
				return err
			})
	})
	return &c, err
}

// alike reads the living records of the same folded name that the asker may see, those of the same birth year first.
func alike(tx *db.Tx, who access.Viewer, s *stored) ([]Person, error) {
	var out []Person
	err := tx.Each("SELECT "+columns+" FROM person WHERE name_fold=$1 AND state='live' AND id<>$2 ORDER BY CASE WHEN substr(birth, 1, 4) = $3 THEN 0 ELSE 1 END, id LIMIT 200",
		[]any{vn.Fold(s.Name), s.ID, s.Birth[:min(len(s.Birth), 4)]}, func(scan func(...any) error) error {
			m, err := scanPerson(tx, scan)
			if err == nil && len(out) < 20 && who.May("people.see", m.Unit) == nil {
				out = append(out, m.Person)
			}
			return err
		})
	return out, err
}

// Reveal shows a personal number or telephone whole, once, and leaves a trail row (laws R2, R3).
func (r Register) Reveal(ctx context.Context, who access.Viewer, person int64, attr string) (string, error) {
	if !sealedAttr(attr) {
		return "", fault.New(fault.Invalid, "people.not_sealed", "Mục này không phải số được che.")
	}
	var out string
	act := who.Act("people.reveal", 0, "person:"+id.String(person), attr)
	err := r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := one(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("people.reveal", s.Unit); err != nil {
			return err
		}
		act.Unit = s.Unit
		out = s.get(attr)
		return nil
	})
	return out, err
}

// RevealMany is Reveal for an export: one trail row for all, with how many.
func (r Register) RevealMany(ctx context.Context, who access.Viewer, unit int64, persons []Person) ([]string, error) {
	if err := who.May("people.reveal", unit); err != nil {
		return nil, err
	}
	out := make([]string, len(persons))
	act := who.Act("people.reveal", unit, "people", unitText(int64(len(persons)))+" người")
	err := r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		for i, p := range persons {
			if err := who.May("people.reveal", p.Unit); err != nil {
				return err
			}
			out[i] = string(p.Number)
		}
		return nil
	})
	return out, err
}

// Correct sets an attribute by hand, with the reason; the value said before stays in the history (law P2: the newer as-of wins).
func (r Register) Correct(ctx context.Context, who access.Viewer, person int64, attr, value, why string) error {
	value = vn.NFC(value)
	if why == "" {
		return fault.New(fault.Invalid, "people.why", "Hãy ghi căn cứ sửa: giấy tờ đã xem, ai xác nhận.").On("why")
	}
	if len(value) > 300 || len(why) > 1000 {
		return fault.New(fault.Invalid, "people.long", "Nội dung quá dài (tối đa 300 ký tự).").On("value")
	}
	if err := checkValue(attr, &value); err != nil {
		return err
	}
	act := who.Act("people.correct", 0, "person:"+id.String(person), attr)
	return r.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		s, err := one(tx, person)
		if err != nil {
			return err
		}
		if err := who.May("people.correct", s.Unit); err != nil {
			return err
		}
		if attr == AttrUnit {
			if err := who.May("people.correct", unitOf(value)); err != nil {
				return err
			}
		}
		act.Unit = s.Unit
		return correctBy(tx, s, attr, value, who.Account)
	})
}

func checkValue(attr string, value *string) error {
	switch attr {
	case AttrName:
		*value = vn.TitleName(*value)
		if *value == "" {
			return fault.New(fault.Invalid, "people.name_empty", "Họ và tên không được để trống.").On("value")
		}
	case AttrPhone:
		p, ok := vn.Phone(*value)
		if !ok {
			return fault.New(fault.Invalid, "people.phone", "Số điện thoại không đúng. Số di động có 10 chữ số, bắt đầu bằng 0.").On("value")
		}
		*value = p
	case AttrBirth:
		b, ok := vn.ParseBirth(*value)
		if !ok {
			return fault.New(fault.Invalid, "people.birth", "Ngày sinh không đúng. Hãy ghi ngày/tháng/năm, ví dụ 13/02/1958, hoặc chỉ năm.").On("value")
		}
		*value = b.String()
	case AttrGender:
		if *value != "male" && *value != "female" {
			return fault.New(fault.Invalid, "people.gender", "Giới tính là Nam hoặc Nữ.").On("value")
		}
	case AttrNumber:
		if len(*value) != 12 {
			return fault.New(fault.Invalid, "people.number", "Số định danh có đúng 12 chữ số.").On("value")
		}
	case AttrUnit, AttrAddress, AttrEthnic, AttrHouse, AttrRelation, AttrNote:
	default:
		return fault.New(fault.Invalid, "people.attr", "Mục này không sửa được.").On("attr")
	}
	return nil
}

// UnitOf tells where a person lives; sql.ErrNoRows becomes a fault.
func UnitOf(tx *db.Tx, person int64) (int64, error) {
	var unit int64
	err := tx.QueryRow("SELECT unit_id FROM person WHERE id=$1 AND state='live'", person).Scan(&unit)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, missing()
	}
	return unit, err
}
