package intake

import (
	"fmt"

	"bonphu/internal/clock"
	"bonphu/internal/sheet"
)

// targetRow reads a row of a target table: a unit and its figures.
func (n *normaliser) targetRow(t *table, section Place, raw *sheet.Row, r *Row) {
	unitAt := -1
	for i := range t.plan.steps {
		s := &t.plan.steps[i]
		text, c := n.cell(raw, s.index)
		if s.field == FieldUnit && unitAt < 0 {
			unitAt = s.index
		}
		if text == "" {
			continue
		}
		switch s.field {
		case FieldUnit:
			r.Unit.Name = text
			p := ParsePlace(text)
			r.CommuneText, r.HamletText = firstOf(p.Commune, section.Commune), p.Hamlet
		case FieldUnitCode:
			r.Unit.Code = text
		case FieldParent:
			r.Unit.Parent = text
		case FieldNote:
			r.Note = text
		case FieldTarget:
			v, ok := parseInt(text, c)
			if !ok {
				if m := parseMark(text); m == markNo || saysUnknown(text) {
					continue
				}
				r.problem(s.index, "target.number", fmt.Sprintf("“%s” không phải là số nguyên không âm; sửa lại chỉ tiêu.", shorten(text, 30)), true)
				continue
			}
			r.Targets = append(r.Targets, Target{Column: s.index, Key: s.key, Heading: s.heading, N: v})
		}
	}
	if r.Unit.Name == "" && r.Unit.Code == "" {
		r.problem(unitAt, "unit.missing", "Thiếu tên đơn vị; bổ sung rồi nhập lại dòng này.", true)
	}
	if len(r.Targets) == 0 {
		r.problem(-1, "target.missing", "Dòng này không có chỉ tiêu nào.", false)
	}
}

// unitRow reads a row of a list of administrative units.
func (n *normaliser) unitRow(t *table, raw *sheet.Row, r *Row) {
	nameAt := -1
	for i := range t.plan.steps {
		s := &t.plan.steps[i]
		text, c := n.cell(raw, s.index)
		if s.field == FieldUnitName && nameAt < 0 {
			nameAt = s.index
		}
		if text == "" {
			continue
		}
		switch s.field {
		case FieldUnitCode:
			r.Unit.Code = text
		case FieldUnitName:
			r.Unit.Name = nameCase(text)
		case FieldUnitKind:
			r.Unit.Kind = text
		case FieldParent:
			r.Unit.Parent = text
		case FieldLat:
			r.Unit.Lat = n.coordinate(s, text, c, 8, 24, r)
		case FieldLon:
			r.Unit.Lon = n.coordinate(s, text, c, 102, 118, r)
		case FieldFrom:
			r.Unit.From = n.unitDay(s, text, c, r)
		case FieldUntil:
			r.Unit.Until = n.unitDay(s, text, c, r)
		case FieldNote:
			r.Note = text
		}
	}
	if r.Unit.Name == "" {
		r.problem(nameAt, "unit.missing", "Thiếu tên đơn vị; bổ sung rồi nhập lại dòng này.", true)
	} else if name, tier := unitPiece(r.Unit.Name); tier != tierNone && r.Unit.Kind == "" {
		r.Unit.Kind = name[:len(name)-len(PlaceName(name))-1]
	}
	if r.Unit.From != "" && r.Unit.Until != "" && r.Unit.Until < r.Unit.From {
		r.problem(-1, "unit.period", "Ngày hết hiệu lực đứng trước ngày hiệu lực; sửa lại.", true)
	}
}

func (n *normaliser) coordinate(s *step, text string, c *sheet.Cell, low, high float64, r *Row) float64 {
	f, ok := parseFloat(text, c)
	if !ok || f < low || f > high {
		r.problem(s.index, "unit.coordinate", fmt.Sprintf("Tọa độ “%s” không nằm trong nước ta; ô này được bỏ qua.", shorten(text, 20)), false)
		return 0
	}
	return f
}

func (n *normaliser) unitDay(s *step, text string, c *sheet.Cell, r *Row) (d clock.Day) {
	if d = parseDay(text, c); d == "" && !saysUnknown(text) {
		r.problem(s.index, "unit.day", fmt.Sprintf("Không đọc được ngày “%s”; ghi theo dạng ngày/tháng/năm.", shorten(text, 20)), true)
	}
	return d
}

// teamRow reads a row of a list of teams: a member, or a team without a member named. The team's name, hamlet and
// commune are carried down over the rows of its members that leave them blank.
func (n *normaliser) teamRow(t *table, section Place, raw *sheet.Row, r *Row) {
	x := cells{nameAt: -1, numberAt: -1, birthAt: -1, genderAt: -1, y2: -1}
	teamAt := t.col(FieldTeam)
	for i := range t.plan.steps {
		s := &t.plan.steps[i]
		text, c := n.cell(raw, s.index)
		if text == "" {
			continue
		}
		n.take(t.plan, s, text, c, r, &x)
	}
	if x.family != "" || x.given != "" {
		r.Name, _, _ = parseName(x.family + " " + x.middle + " " + x.given)
	}
	n.checkNumber(r, &x)
	n.checkGender(t.plan, r, &x)
	if r.Team == "" {
		if sectionTeam := n.team; sectionTeam != "" {
			r.Team = sectionTeam
			x.own.Hamlet = firstOf(x.own.Hamlet, n.teamAt.Hamlet)
			x.own.Commune = firstOf(x.own.Commune, n.teamAt.Commune)
		} else {
			r.problem(teamAt, "team.missing", "Thiếu tên tổ; bổ sung rồi nhập lại dòng này.", true)
		}
	}
	n.team, n.teamAt = r.Team, x.own
	n.locate(t.plan, section, r, &x)
	if r.Name == "" && r.Phone != "" {
		r.problem(t.col(FieldName), "name.missing", "Thiếu họ tên thành viên; bổ sung rồi nhập lại dòng này.", true)
	}
}
