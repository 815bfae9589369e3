package coverage

import (
	"bonphu/core/intake"
	"bonphu/core/territory"
	"bonphu/internal/db"
)

// places finds where the persons of a list live. A hamlet that a commune's own list has not named yet is made provisional, so
// that the first list brings the hamlets (KH:III.3.b: statistics by hamlet); once a commune's hamlets are official, an unknown
// name leaves the person at the commune.
type places struct {
	tx    *db.Tx
	tree  *territory.Tree
	given *territory.Unit // the batch's place: a commune or a hamlet, for rows that name none
	found map[[2]string]placed
	dry   bool
}

// codeNoPlace is given to a row that names no commune in a list that names none.
const codeNoPlace = "unit.missing"

type placed struct {
	unit       int64
	code, text string
}

func (p *places) start(tx *db.Tx, tree *territory.Tree, unit int64) {
	p.tx, p.tree, p.found = tx, tree, map[[2]string]placed{}
	if unit != 0 {
		p.given = tree.ByID(unit)
	}
}

// commune gives the commune that a unit is or lies in, 0 when it lies above.
func (p *places) commune(unit int64) int64 {
	u := p.tree.ByID(unit)
	for u != nil && u.Tier > territory.TierCommune {
		u = p.tree.ByID(u.Parent)
	}
	if u == nil || u.Tier < territory.TierCommune {
		return 0
	}
	return u.ID
}

// find gives the unit of a row, or the code and sentence for which it is held.
func (p *places) find(row *intake.Row) (unit int64, code, text string, err error) {
	hamlet := row.HamletText
	key := [2]string{row.CommuneText + "\x00" + row.Current + "\x00" + row.Address, hamlet}
	if row.CommuneText != "" {
		key = [2]string{row.CommuneText, hamlet}
	}
	if at, ok := p.found[key]; ok {
		return at.unit, at.code, at.text, nil
	}
	at, err := p.look(row, hamlet)
	if err != nil {
		return 0, "", "", err
	}
	if len(p.found) > 50_000 {
		clear(p.found)
	}
	p.found[key] = at
	return at.unit, at.code, at.text, nil
}

func (p *places) look(row *intake.Row, hamlet string) (placed, error) {
	var commune *territory.Unit
	for _, text := range []string{row.CommuneText, row.Current, row.Address} {
		if text == "" {
			continue
		}
		if u, ok := p.tree.FindCommune(text); ok {
			commune = u
			break
		}
		if text == row.CommuneText {
			return placed{code: "unit.unknown", text: "Không có xã, thị trấn nào của huyện tên là “" + text + "”. Hãy sửa tên trong danh sách hoặc chọn địa bàn khi đưa vào."}, nil
		}
	}
	if commune == nil && p.given != nil {
		if c := p.commune(p.given.ID); c != 0 {
			commune = p.tree.ByID(c)
		}
	}
	if commune == nil {
		return placed{code: codeNoPlace, text: "Danh sách không nói người này ở xã nào. Hãy chọn xã, thị trấn của danh sách rồi đưa vào lại."}, nil
	}
	if p.given != nil && p.given.Tier > territory.TierCommune && hamlet == "" && commune.ID == p.given.Parent {
		return placed{unit: p.given.ID}, nil
	}
	for _, text := range []string{hamlet, row.Current, row.Address} {
		if text == "" {
			continue
		}
		if u, ok := p.tree.FindHamlet(commune.ID, text); ok {
			return placed{unit: u.ID}, nil
		}
	}
	if hamlet == "" || p.dry {
		return placed{unit: commune.ID}, nil
	}
	u, err := territory.EnsureHamlet(p.tx, p.tree, commune.ID, hamlet)
	if err != nil || u == nil {
		return placed{unit: commune.ID}, err
	}
	if p.tree, err = territory.Load(p.tx); err != nil {
		return placed{}, err
	}
	return placed{unit: u.ID}, nil
}
