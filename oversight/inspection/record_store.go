package inspection

import (
	"context"
	"strings"

	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/people"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/photo"
	"bonphu/oversight/reconcile"
)

// Record is what an inspector records of one sampled person.
type Record struct {
	ID         int64 // made by the page, so that pressing twice is recording once; 0 to have one made
	Inspection int64
	Person     int64
	Result     Result
	Note       string
	Why        string // of a correction; needed when somebody has recorded before
	Photo      []byte // JPEG or PNG; nil for none
}

// mayRecord asks for the right and for independence: who may claim on the inspected unit, or below it by a grant there, does not
// inspect it (law J1).
func mayRecord(tx *db.Tx, who access.Viewer, unit int64) error {
	if err := who.May("inspect.record", unit); err != nil {
		return err
	}
	if who.IsSystem() {
		return nil
	}
	tree, err := territory.Given(tx, who.Tree())
	if err != nil {
		return err
	}
	for _, g := range who.Grants {
		if r, ok := access.RoleOf(g.Role); ok && r.Has("coverage.claim") && tree.Within(g.Unit, unit) {
			return fault.New(fault.Forbidden, "inspection.own", "Bạn có quyền báo cáo kết quả ở địa bàn đang được kiểm tra, nên không tự ghi kết quả kiểm tra ở đây. Hãy để người của tổ công tác kiểm tra ghi.")
		}
	}
	return nil
}

func (r *Record) check() error {
	r.Note, r.Why = strings.TrimSpace(r.Note), strings.TrimSpace(r.Why)
	switch {
	case ResultTitle(r.Result) == "":
		return fault.New(fault.Invalid, "inspection.result", "Hãy chọn kết quả: Đúng, Sai, Không gặp hoặc Từ chối.").On("result")
	case len(r.Note) > 1000:
		return fault.New(fault.Invalid, "inspection.note", "Ghi chú quá dài (tối đa 1.000 ký tự).").On("note")
	case len(r.Why) > 1000:
		return fault.New(fault.Invalid, "inspection.why", "Lý do quá dài (tối đa 1.000 ký tự).").On("why")
	}
	return nil
}

// Record writes a finding. Recording the same id again changes nothing; another recording of the same person is a correction and
// needs its reason. True becomes verified evidence (law C2), and a correction takes it back (law C4).
func (b *Book) Record(ctx context.Context, who access.Viewer, r Record) error {
	if !who.MayAnywhere("inspect.record") {
		return who.May("inspect.record", 0)
	}
	if err := r.check(); err != nil {
		return err
	}
	var picture []byte
	if len(r.Photo) > 0 {
		var err error
		if picture, err = photo.Clean(r.Photo); err != nil {
			return err
		}
	}
	if r.ID == 0 {
		r.ID = id.New()
	}
	act := who.Act("inspect.record", 0, "inspection:"+id.String(r.Inspection), string(r.Result))
	err := b.DB.WriteAct(ctx, &act, func(tx *db.Tx) error {
		in, _, err := inspectionAt(tx, r.Inspection)
		if err != nil {
			return err
		}
		if err := mayRecord(tx, who, in.Unit); err != nil {
			return err
		}
		act.Unit = in.Unit
		again, err := recorded(tx, &r)
		if err != nil || again {
			return err
		}
		if in.State != Drawn {
			return fault.New(fault.Conflict, "inspection.not_running", "Đợt kiểm tra %s, không ghi kết quả được.", StateTitle(in.State))
		}
		last, event, n, err := itemAt(tx, r.Inspection, r.Person)
		if err != nil {
			return err
		}
		if last != "" && r.Why == "" {
			return fault.New(fault.Conflict, "inspection.why", "Người này đã có kết quả “%s”. Muốn sửa, hãy ghi lý do.", ResultTitle(last)).On("why")
		}
		if event != 0 {
			if err := coverage.Unverify(tx, who, event, "Sửa kết quả kiểm tra"); err != nil {
				return err
			}
			event = 0
		}
		if r.Result == True && in.Coverage != "" {
			if event, err = verify(tx, who, &in, &r); err != nil {
				return err
			}
		}
		if r.Result == False && in.Kind == Claimed && in.Coverage != "" {
			if err := reconcile.Inspected(tx, r.Person, in.Coverage, "Kiểm tra xác suất thấy không đúng.", who.Account, who.Name); err != nil {
				return err
			}
		}
		kind := ""
		if picture != nil {
			kind = "image/jpeg"
		}
		if _, err := tx.Exec("INSERT INTO inspection_result(id, inspection_id, person_id, n, result, note, why, photo, event_id, who, who_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
			r.ID, r.Inspection, r.Person, n, string(r.Result), r.Note, r.Why, kind, event, who.Account, who.Name, tx.Now()); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE inspection_item SET result=$1, event_id=$2 WHERE inspection_id=$3 AND person_id=$4", string(r.Result), event, r.Inspection, r.Person); err != nil {
			return err
		}
		return keepPhoto(tx, r.ID, picture)
	})
	if db.IsDuplicate(err) {
		return b.pressedAtOnce(ctx, &r)
	}
	return err
}

// pressedAtOnce tells two writings at one instant apart: the same press twice is recorded once; another inspector's recording of
// the same person came first, and this one is not kept.
func (b *Book) pressedAtOnce(ctx context.Context, r *Record) error {
	return b.DB.Read(ctx, func(tx *db.Tx) error {
		again, err := recorded(tx, r)
		if err == nil && !again {
			err = fault.New(fault.Conflict, "inspection.at_once", "Người khác vừa ghi kết quả cho người này cùng lúc. Hãy mở lại danh sách để xem, nếu cần thì sửa và ghi lý do.").On("why")
		}
		return err
	})
}

// recorded tells whether this very recording is kept already.
func recorded(tx *db.Tx, r *Record) (bool, error) {
	again := false
	err := tx.Each("SELECT inspection_id, person_id FROM inspection_result WHERE id=$1", []any{r.ID}, func(scan func(...any) error) error {
		var in, person int64
		err := scan(&in, &person)
		again = true
		if err == nil && (in != r.Inspection || person != r.Person) {
			err = fault.New(fault.Conflict, "inspection.id", "Phiếu này đã dùng cho người khác. Hãy mở lại danh sách.")
		}
		return err
	})
	return again, err
}

// itemAt reads a sampled person's last result, its event, and how many recordings there are.
func itemAt(tx *db.Tx, inspection, person int64) (last Result, event, n int64, err error) {
	found := false
	err = tx.Each("SELECT result, event_id FROM inspection_item WHERE inspection_id=$1 AND person_id=$2", []any{inspection, person}, func(scan func(...any) error) error {
		found = true
		return scan(&last, &event)
	})
	if err == nil && !found {
		err = fault.New(fault.Missing, "inspection.not_sampled", "Người này không có trong mẫu của đợt kiểm tra.")
	}
	if err == nil {
		err = tx.QueryRow("SELECT count(*) FROM inspection_result WHERE inspection_id=$1 AND person_id=$2", inspection, person).Scan(&n)
	}
	return last, event, n, err
}

// verify writes the verified event; somebody whose record has left the register since leaves none.
func verify(tx *db.Tx, who access.Viewer, in *Inspection, r *Record) (int64, error) {
	if _, err := people.UnitOf(tx, r.Person); fault.Is(err, fault.Missing) {
		return 0, nil
	}
	return coverage.Verify(tx, who, coverage.Event{Person: r.Person, Coverage: in.Coverage, State: in.Reached, Evidence: "Kiểm tra xác suất, mã đợt " + id.String(in.ID)})
}

// photoPart bounds one row of a photo.
const photoPart = 512 << 10

func keepPhoto(tx *db.Tx, result int64, picture []byte) error {
	for i := 0; len(picture) > 0; i++ {
		part := picture[:min(photoPart, len(picture))]
		picture = picture[len(part):]
		if _, err := tx.Exec("INSERT INTO inspection_photo(result_id, n, sealed) VALUES ($1,$2,$3)", result, i, tx.Keys().SealBytes(part)); err != nil {
			return err
		}
	}
	return nil
}

// Photo reads the evidence photo (a JPEG) of a recording.
func (b *Book) Photo(ctx context.Context, who access.Viewer, inspection, result int64) ([]byte, error) {
	var out []byte
	err := b.DB.Read(ctx, func(tx *db.Tx) error {
		in, _, err := inspectionAt(tx, inspection)
		if err != nil {
			return err
		}
		if err := who.May("inspect.see", in.Unit); err != nil {
			return err
		}
		out = nil
		if err := tx.Each("SELECT p.sealed FROM inspection_photo p JOIN inspection_result r ON r.id=p.result_id WHERE p.result_id=$1 AND r.inspection_id=$2 ORDER BY p.n", []any{result, inspection}, func(scan func(...any) error) error {
			var sealed []byte
			if err := scan(&sealed); err != nil {
				return err
			}
			part, err := tx.Keys().OpenBytes(sealed)
			out = append(out, part...)
			return err
		}); err != nil {
			return err
		}
		if out == nil {
			return fault.New(fault.Missing, "inspection.no_photo", "Kết quả này không có ảnh.")
		}
		return nil
	})
	return out, err
}
