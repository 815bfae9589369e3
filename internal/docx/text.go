package docx

import (
	"fmt"
	"io"
	"strings"
)

// Text is a plain text to be read out, handed out or hung up: a title, what it is, its lines. Lines that begin with "- " stand as a list.
type Text struct {
	Body  string // who gives it out
	Title string
	Under string // what kind of text, "" for none
	Lines []string
	Note  string // at the end, in small italics: the version and when it was approved
}

// WriteText writes a text as .docx on A4. The same text gives the same bytes.
func WriteText(w io.Writer, x Text) error {
	p := &writer{linkID: map[string]int{}}
	if x.Body != "" {
		p.b.WriteString(paragraph("Centre", "", run(look{size: 12, bold: true}, strings.ToUpper(x.Body))))
	}
	p.b.WriteString(paragraph("Centre", `<w:spacing w:before="240" w:after="60"/>`, run(look{size: 18, bold: true}, x.Title)))
	if x.Under != "" {
		p.b.WriteString(paragraph("Centre", `<w:spacing w:after="200"/>`, run(look{size: 13, italic: true}, x.Under)))
	}
	for _, line := range x.Lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		how := `<w:spacing w:before="60" w:after="60" w:line="320" w:lineRule="auto"/>`
		if rest, ok := strings.CutPrefix(line, "- "); ok {
			line, how = "– "+rest, `<w:spacing w:before="40" w:after="40" w:line="320" w:lineRule="auto"/><w:ind w:left="567" w:hanging="283"/>`
		}
		p.b.WriteString(paragraph("Normal", how, run(look{size: 14}, line)))
	}
	if x.Note != "" {
		p.b.WriteString(paragraph("Normal", `<w:spacing w:before="240"/>`, run(look{size: 11, italic: true}, x.Note)))
	}
	margin := twips(20)
	fmt.Fprintf(&p.b, `<w:sectPr><w:headerReference w:type="default" r:id="rFirst"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>`, pageWide, pageHigh, margin, margin, margin, twips(30))
	return p.pack(w, &Document{Subject: x.Title})
}
