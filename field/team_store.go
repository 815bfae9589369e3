package field

import (
	"fmt"
	"net/http"
	"strings"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/ops/canvass"
	"bonphu/oversight/rhythm"
)

func idText(n int64) string { return id.String(n) }

type wireMember struct {
	rhythm.MemberDay
	Device  bool `json:"device"`
	Waiting int  `json:"waiting"`
}

type teamView struct {
	Members []wireMember    `json:"members"`
	Targets []rhythm.Target `json:"targets"`
	Text    string          `json:"text"`
}

// team shows a leader the team's day (KH:V.6): who sent how much, who carries a phone, what waits for a person.
func (f *Phone) team(r *http.Request, h *holder) (any, error) {
	if !h.Leads {
		return nil, fault.New(fault.Forbidden, "field.leaders", "Chỉ tổ trưởng xem được phần này.")
	}
	var out *teamView
	err := f.Work.DB.Read(r.Context(), func(tx *db.Tx) error {
		day, err := f.Rhythm.TeamDay(tx, h.Team, tx.Today())
		if err != nil {
			return err
		}
		phones, err := access.PhonesOf(tx, h.Team)
		if err != nil {
			return err
		}
		waiting, err := canvass.WaitingByDevice(tx)
		if err != nil {
			return err
		}
		out = &teamView{Members: []wireMember{}, Targets: day.Targets}
		var unsent int
		for _, m := range day.Members {
			w := wireMember{MemberDay: m}
			for _, d := range phones {
				if d.Member == m.ID {
					w.Device = w.Device || d.In(f.Clock())
					w.Waiting += waiting[d.ID]
				}
			}
			if m.Sent == "" {
				unsent++
			}
			out.Members = append(out.Members, w)
		}
		out.Text = zalo(h.TeamName, day, unsent)
		return nil
	})
	return out, err
}

// zalo is a short text to copy: no name of a citizen, no number.
func zalo(team string, day *rhythm.TeamDay, unsent int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, ngày %s: %d lượt đến nhà.", team, day.Day.Vi(), day.Visits)
	for _, t := range day.Targets {
		fmt.Fprintf(&b, "\n- %s: %d/%d", t.Title, t.Done, t.Quota)
		if left := t.Quota - t.Done; left > 0 {
			fmt.Fprintf(&b, ", còn %d", left)
		}
	}
	if unsent > 0 {
		fmt.Fprintf(&b, "\n%d thành viên hôm nay chưa gửi phiếu nào.", unsent)
	}
	return b.String()
}
