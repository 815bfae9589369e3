package obstacles

import (
	"testing"
	"time"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// offices hangs the plan's offices on the desk's units.
func (w *desk) offices() map[string]int64 {
	w.t.Helper()
	out := map[string]int64{}
	if err := w.book.DB.Write(ctx, db.Act{Verb: "test"}, func(tx *db.Tx) error {
		for _, o := range w.book.Plan().Offices {
			for _, code := range []string{"694", "101", "102"} {
				if o.Each == (code == "694") {
					continue
				}
				x := territory.Office{Unit: w.unit(code), Kind: o.Kind, Name: o.TitleOf("xã " + code), Code: o.ID}
				if err := territory.AddOffice(tx, &x); err != nil {
					return err
				}
				out[o.ID+"@"+code] = x.ID
			}
		}
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *desk) of(role, code string, office int64) access.Viewer {
	v := w.as(role, code)
	v.Office = office
	return v
}

func (w *desk) get(n int64) *Kept {
	w.t.Helper()
	k, _, err := w.book.Get(ctx, w.as("district_police", "694"), n)
	if err != nil {
		w.t.Fatal(err)
	}
	return k
}

func TestClause_VI_ThePlanSaysWhichOfficeAnswers(t *testing.T) {
	w := newDesk(t)
	o := w.offices()
	for category, want := range map[string]string{"sim_may": "viettel@694", "mang": "vhtt@694", "giay_to": "conganxa@101", "luc_luong": "ubndxa@101", "kit": "conganhuyen@694"} {
		if k := w.get(w.send(category, "Điều gì đó đang cản việc ở ấp")); k.Office != o[want] || k.Office == 0 {
			t.Errorf("%s came to %d, want %s", category, k.Office, want)
		}
	}
}

func TestLaw_R1_AnOperatorSeesAndAnswersOnlyWhatCameToIt(t *testing.T) {
	w := newDesk(t)
	o := w.offices()
	mine, foreign := w.send("sim_may", "Điểm bán hết máy 4G giá ưu đãi"), w.send("kit", "Máy lấy vân tay đọc chậm, phải làm nhiều lần")
	viettel, vnpt := w.of("operator", "694", o["viettel@694"]), w.of("operator", "694", o["vnpt@694"])
	for name, x := range map[string]struct {
		who  access.Viewer
		want int
	}{"viettel": {viettel, 1}, "vnpt": {vnpt, 0}, "an operator of no office": {w.as("operator", "694"), 0}, "the police": {w.as("district_police", "694"), 2}} {
		list, err := w.book.List(ctx, x.who, Query{Unit: w.unit("694")})
		if err != nil || len(list) != x.want {
			t.Errorf("%s sees %d, %v", name, len(list), err)
		}
	}
	for _, n := range []int64{mine, foreign} {
		if _, _, err := w.book.Get(ctx, vnpt, n); !fault.Is(err, fault.Forbidden) {
			t.Errorf("vnpt reads %d: %v", n, err)
		}
		if err := w.book.Answer(ctx, vnpt, n, "Chuyển thêm máy", false); !fault.Is(err, fault.Forbidden) {
			t.Errorf("vnpt answers %d: %v", n, err)
		}
	}
	if err := w.book.Answer(ctx, viettel, mine, "Chuyển thêm 40 máy trong tuần này", true); err != nil {
		t.Fatal(err)
	}
	if k := w.get(mine); k.State != Answered {
		t.Errorf("%+v", k)
	}
}

func TestClause_VI_AnObstacleIsPassedOnAndComesBackWhenItIsLate(t *testing.T) {
	w := newDesk(t)
	o := w.offices()
	n := w.send("sim_may", "Điểm bán hết máy 4G giá ưu đãi")
	due := w.get(n).Due
	viettel, vnpt := w.of("operator", "694", o["viettel@694"]), w.of("operator", "694", o["vnpt@694"])
	if err := w.book.PassOn(ctx, vnpt, n, o["vnpt@694"], "để chúng tôi"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("taken by a competitor: %v", err)
	}
	if err := w.book.PassOn(ctx, viettel, n, o["ubndxa@102"], "nhầm xã"); !fault.Is(err, fault.Invalid) {
		t.Errorf("passed on to a foreign commune: %v", err)
	}
	if err := w.book.PassOn(ctx, viettel, n, o["vnpt@694"], ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("passed on without a reason: %v", err)
	}
	if err := w.book.PassOn(ctx, viettel, n, o["vnpt@694"], "điểm bán này của VNPT"); err != nil {
		t.Fatal(err)
	}
	if k := w.get(n); k.Office != o["vnpt@694"] || k.Due != due {
		t.Errorf("%+v", k)
	}
	if _, _, err := w.book.Get(ctx, viettel, n); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who passed it on still reads it: %v", err)
	}
	w.now = due.Add(w.book.Plan().Obstacles.EscalateAfter()).Time().Add(9 * time.Hour)
	for want := 1; want >= 0; want-- {
		if moved, err := w.book.Escalate(ctx, access.System("thử")); err != nil || moved != want {
			t.Errorf("%d escalated, want %d, %v", moved, want, err)
		}
	}
	if k := w.get(n); k.Office != 0 || k.Due <= due {
		t.Errorf("it did not come back: %+v", k)
	}
}
