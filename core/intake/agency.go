package intake

import (
	"strings"

	"bonphu/internal/vn"
)

// agencyWords open the name of an agency, folded: in a row that parts a list, a title, or the name of a sheet.
var agencyWords = []string{"ubnd", "uy ban nhan dan", "hdnd", "hoi dong nhan dan", "ubmttq", "uy ban mat tran", "mat tran to quoc", "mttq", "huyen uy", "dang uy", "van phong", "phong", "ban", "truong",
	"cong an", "huyen doan", "thi doan", "quan doan", "xa doan", "doan thanh nien", "doan tncs", "doan xa", "doan thi tran", "doan phuong", "hoi", "cong doan", "lien doan", "trung tam", "tram", "chi cuc", "chi nhanh",
	"toa an", "vien kiem sat", "vks", "kho bac", "bao hiem", "thanh tra", "hat kiem lam", "doi", "ban chi huy", "bch quan su", "nha thieu nhi", "thu vien", "bhxh", "benh vien", "so", "dien luc", "buu dien"}

// aloneToo are those that name an agency without another word.
var aloneToo = map[string]bool{"huyen uy": true, "huyen doan": true, "thi doan": true, "quan doan": true, "xa doan": true, "thanh tra": true}

// agencyIn gives the part of a text that names an agency, from its first word on; "" when none does. whole asks that the text begins
// with it, but for an ordinal.
func agencyIn(text string, whole bool) string {
	text = strings.TrimSpace(dropOrdinal(strings.TrimSpace(vn.NFC(text))))
	words := strings.Fields(text)
	for i := range words {
		rest := strings.Join(words[i:], " ")
		folded := foldHeading(rest) + " "
		for _, w := range agencyWords {
			if strings.HasPrefix(folded, w+" ") && (len(folded) > len(w)+1 || aloneToo[w]) {
				if rest = strings.TrimRight(rest, " :.-;,"); len(rest) <= 200 {
					return rest
				}
			}
		}
		if whole {
			return ""
		}
	}
	return ""
}

// agencyRow: a row of a list of officials that names an agency and nothing else (but for an ordinal or the same text in merged cells).
func (c *cursor) agencyRow(h headLine) string {
	if !c.tab.persons() || !c.tab.has(FieldPosition) || c.tab.has(FieldTeam) {
		return ""
	}
	label := ""
	for _, t := range h.texts {
		switch {
		case t == "" || t == label || strings.Trim(t, "IVXLC0123456789.)( -") == "" || len([]rune(t)) == 1:
		case label == "":
			label = t
		case strings.HasSuffix(vn.Fold(t), " nguoi"):
		default:
			return ""
		}
	}
	return agencyIn(label, true)
}

// settleAgency gives a row of officials the agency that its list names elsewhere than in a column: in the row above that parts the list, the
// title, the sheet's name, or last the letterhead; an empty cell of a column stays empty. An agency that only says "xã" gets the commune of
// its list, never of the person's home.
func (n *normaliser) settleAgency(t *table, section Place, own string, r *Row) {
	if r.Agency == "" {
		r.Agency = section.Label
	}
	if r.Agency == "" && !t.has(FieldAgency, FieldUnit) {
		r.Agency = firstOf(agencyIn(n.sr.Title, false), agencyIn(n.sr.Name, true), n.sr.agency)
	}
	f := foldHeading(r.Agency)
	if commune := firstOf(own, section.Commune, n.sr.communeText, n.rd.CommuneText); commune != "" && (strings.HasSuffix(f, " xa") || strings.HasSuffix(f, " thi tran")) {
		words := strings.Fields(r.Agency)
		if last := vn.Fold(words[len(words)-1]); last == "xa" || last == "tran" {
			cut := len(words) - 1
			if last == "tran" {
				cut--
			}
			r.Agency = strings.Join(append(words[:cut:cut], commune), " ")
		}
	}
}
