package officials

import (
	"slices"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/internal/fault"
	"bonphu/internal/vn"
)

// portalRow takes a row of what a portal's own office extracts: it confirms that an official signed in (law C2, KH:IV.1.c). Who is on no
// roster is refused, since nothing is kept of other people's sign-ins.
func (r *listRun) portalRow(row *intake.Row, dry bool) (intake.Outcome, error) {
	if row.Status[intake.StatusPortal]+row.Status[intake.StatusPortalProvince] == "" {
		return intake.Outcome{}, fault.New(fault.Invalid, "officials.portal_column", "Dòng này không ghi đã đăng nhập Cổng nào; cần cột “Cổng DVC quốc gia” hoặc “Cổng DVC tỉnh”.")
	}
	o, err := r.onRoster(row)
	if err != nil {
		return intake.Outcome{}, err
	}
	if o == nil {
		return intake.Outcome{Verdict: intake.Refused, Code: "officials.not_listed", Text: "Người này không có trong danh sách cán bộ nào nên không ghi gì."}, nil
	}
	if err := r.batch.Viewer.May("intake.apply", r.byID[o.Office].Unit); err != nil {
		return intake.Outcome{}, err
	}
	day := row.AsOf
	if day == "" {
		day = r.batch.AsOf
	}
	out := intake.Outcome{Verdict: intake.Same, Person: o.Person}
	for i, portal := range Portals() {
		mark := row.Status[[]intake.Status{intake.StatusPortal, intake.StatusPortalProvince}[i]]
		if mark == "" || mark == "no" || slices.ContainsFunc(r.portals[o.ID], func(s Statement) bool {
			return s.Portal == portal && s.Level == coverage.Confirmed && s.Day >= day
		}) {
			continue
		}
		if n, p := PortalsMet(r.portals[o.ID]); []Met{n, p}[i] < Confirmed {
			out.Verdict = intake.Changed
		}
		s := Statement{Official: o.ID, Portal: portal, Level: coverage.Confirmed, Day: day, Evidence: "trích xuất của đơn vị quản trị Cổng", Who: r.batch.Who, Batch: r.batch.ID}
		if !dry {
			if err := insertStatement(r.tx, &s); err != nil {
				return out, err
			}
		}
		r.portals[o.ID] = append(r.portals[o.ID], s)
	}
	return out, nil
}

// onRoster finds the official whom a row names: by number, else by name and whole birth date when only one fits, or as
// somebody settled it (laws P1, P4).
func (r *listRun) onRoster(row *intake.Row) (*Official, error) {
	if r.settled {
		return r.persons[r.force], nil
	}
	if row.Number != "" {
		o := r.numbers[row.Number]
		if o != nil && vn.Fold(o.Name) != vn.Fold(row.Name) && row.Name != "" && !agrees(o.Birth, row.Birth.String()) {
			return nil, fault.New(fault.Conflict, "officials.number_other", "Số định danh này trong danh sách cán bộ đang đứng tên người khác (khác cả họ tên và ngày sinh). Hãy đối chiếu thẻ rồi chọn.")
		}
		return o, nil
	}
	var found []*Official
	for k, list := range r.names {
		for _, o := range list {
			if k.fold == vn.Fold(row.Name) && len(o.Birth) == 10 && o.Birth == row.Birth.String() && !slices.Contains(found, o) {
				found = append(found, o)
			}
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	}
	return nil, fault.New(fault.Conflict, "officials.two_alike", "Có hai cán bộ cùng họ tên và ngày sinh; bổ sung số định danh để biết là ai.")
}
