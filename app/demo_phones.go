package app

import (
	"time"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/canvass"
)

// heldSlips plays what a volunteer's phone sent of a hamlet and a person must decide (laws O1, P4): somebody met who is in no list, with the
// visit to them, and an address that was changed elsewhere meanwhile. No phone is let in: its holder would have to be somebody.
func (p *player) heldSlips() error {
	police, ok := p.who["congan"]
	commune := p.tree.ByCode("25330")
	if !ok || commune == nil {
		return nil
	}
	hamlets := p.tree.Children(commune.ID, demoDay)
	if len(hamlets) == 0 {
		return nil
	}
	unit := hamlets[0].ID
	p.at(demoDay, 10*time.Hour)
	defer p.at(demoDay, demoHour)
	teams, err := p.app.Canvass.List(p.ctx, police, unit, demoDay)
	if err != nil || len(teams) == 0 {
		return err
	}
	members, err := p.app.Canvass.Members(p.ctx, police, teams[0].ID, demoDay)
	if err != nil || len(members) == 0 {
		return err
	}
	kept := canvass.Kept{Team: teams[0].ID, Member: members[0].ID, Name: members[0].Name}
	return p.app.DB.Write(p.ctx, access.System("dữ liệu mẫu").Act("visit.record", unit, "device:", "phiếu mẫu chờ xử lý"), func(tx *db.Tx) error {
		living, err := people.LivingIn(tx, []int64{unit})
		if err != nil || len(living) == 0 {
			return err
		}
		met := id.New()
		at := clock.Stamp(demoDay.Time().Add(9*time.Hour + 20*time.Minute))
		for _, x := range []struct {
			item canvass.Item
			slip canvass.Slip
		}{
			{canvass.Item{ID: met, Kind: canvass.SlipFound, Person: met, Code: "field.found", Text: "Đã chuyển Công an xã xác nhận. Các phiếu của người này được giữ cùng."},
				canvass.Slip{QR: &vn.Card{Number: "070192999001", Name: "Thị Mới Về", Birth: "1992-08-15", Gender: "f", Address: hamlets[0].Title() + ", " + commune.Title()}, Note: "Mới về ở với mẹ, chưa khai báo."}},
			{canvass.Item{ID: id.New(), Kind: canvass.SlipVisit, Person: met, Code: "field.waits_found", Text: "Chờ Công an xã xác nhận người gặp ngoài danh sách, rồi phiếu này được ghi."},
				canvass.Slip{Result: string(canvass.Done), Claims: []canvass.SlipClaim{{ID: id.String(id.New()), Coverage: "eid", State: "level2"}}}},
			{canvass.Item{ID: id.New(), Kind: canvass.SlipCorrect, Person: living[0], Code: "people.moved_on", Text: "Thông tin này đã được sửa ở nơi khác sau khi máy tải danh sách. Cần người xem cả hai và chọn."},
				canvass.Slip{Attr: people.AttrAddress, Base: "Tổ 2, " + hamlets[0].Title(), Value: "Tổ 5, " + hamlets[0].Title()}},
		} {
			k := kept
			k.Slip = x.slip
			k.Slip.Kind, k.Slip.At = x.item.Kind, at
			x.item.Unit, x.item.At, x.item.Recorded, x.item.Verdict, x.item.State, x.item.Payload = unit, at, tx.Now(), canvass.ItemHeld, canvass.ItemWaiting, k.Text()
			if err := canvass.KeepItem(tx, &x.item); err != nil {
				return err
			}
		}
		return nil
	})
}
