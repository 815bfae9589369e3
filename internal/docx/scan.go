package docx

import (
	"encoding/xml"
	"slices"
	"strings"
)

// para is one paragraph of a form's XML: where it stands, and its texts. Word may cut one mark over several texts.
type para struct {
	start, end int
	texts      []text
	inTable    bool
	outer      bool // holds other paragraphs, as one with a text box does
}

// text is one <w:t>: where it stands, and what it says.
type text struct {
	start, end int
	says       string
}

func (p para) text() string {
	var b strings.Builder
	for _, t := range p.texts {
		b.WriteString(t.says)
	}
	return b.String()
}

// scan finds the paragraphs of a piece of WordprocessingML, in order of their beginnings.
func scan(s string) []para {
	dec := xml.NewDecoder(strings.NewReader(s))
	var out, open []para
	tables, inText := 0, false
	var now text
	for {
		before := int(dec.InputOffset())
		t, err := dec.RawToken()
		if err != nil {
			break
		}
		after := int(dec.InputOffset())
		switch t := t.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Space != "w":
			case t.Name.Local == "tbl":
				tables++
			case t.Name.Local == "p":
				for i := range open {
					open[i].outer = true
				}
				open = append(open, para{start: before, inTable: tables > 0})
			case t.Name.Local == "t":
				inText, now = true, text{start: before}
			}
		case xml.CharData:
			if inText {
				now.says += string(t)
			}
		case xml.EndElement:
			switch {
			case t.Name.Space != "w":
			case t.Name.Local == "tbl":
				tables--
			case t.Name.Local == "p" && len(open) > 0:
				p := open[len(open)-1]
				p.end = after
				open = open[:len(open)-1]
				out = append(out, p)
			case t.Name.Local == "t" && inText:
				inText, now.end = false, after
				if len(open) > 0 {
					p := &open[len(open)-1]
					p.texts = append(p.texts, now)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b para) int { return a.start - b.start })
	return out
}

// edit puts a text in the place of a span.
type edit struct {
	start, end int
	with       string
}

// apply makes all edits; they do not overlap.
func apply(s string, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue
		}
		b.WriteString(s[at:e.start] + e.with)
		at = e.end
	}
	b.WriteString(s[at:])
	return b.String()
}

// fillLine puts values in the place of a paragraph's marks. The text where a mark begins takes its value and keeps its look.
func fillLine(p para, values map[string]string) (edits []edit, empty bool) {
	all := p.text()
	found := markText.FindAllStringSubmatchIndex(all, -1)
	left := markText.ReplaceAllStringFunc(all, func(m string) string { return values[strings.TrimSpace(m[2:len(m)-2])] })
	from := 0
	for _, t := range p.texts {
		to := from + len(t.says)
		var b strings.Builder
		at, touched := from, false
		for _, m := range found {
			if m[1] <= from || m[0] >= to {
				continue
			}
			touched = true
			if m[0] >= from {
				b.WriteString(all[at:m[0]] + values[strings.TrimSpace(all[m[2]:m[3]])])
			}
			at = min(m[1], to)
		}
		if touched {
			b.WriteString(all[at:to])
			lines := strings.ReplaceAll(escape(b.String()), "&#xA;", `</w:t><w:br/><w:t xml:space="preserve">`)
			edits = append(edits, edit{t.start, t.end, `<w:t xml:space="preserve">` + lines + `</w:t>`})
		}
		from = to
	}
	return edits, strings.TrimSpace(left) == ""
}
