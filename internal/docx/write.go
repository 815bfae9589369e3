package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// twips makes twentieths of a point of millimetres.
func twips(mm float64) int { return int(mm*1440/25.4 + 0.5) }

// The page of Nghị định 30/2020/NĐ-CP, appendix I: A4, margins 20 mm above and below, 30 left, 15 right.
var (
	pageWide, pageHigh = 11906, 16838
	marginTop          = twips(20)
	marginBottom       = twips(20)
	marginLeft         = twips(30)
	marginRight        = twips(15)
	textWide           = pageWide - marginLeft - marginRight
)

// writer gathers the main part's text, the links it points to and the pictures it shows.
type writer struct {
	b       strings.Builder
	links   []string
	linkID  map[string]int
	picture []byte // the code's QR, PNG

	wide, turned int  // width of text on upright and on turned pages
	keepLast     bool // the last paragraph of the body stays with the signature
}

// Write writes the document as .docx. With a form, the office's own layout is kept and its marks are filled in; nil is the layout of
// Nghị định 30/2020/NĐ-CP. The same document and form give the same bytes.
func (d *Document) Write(w io.Writer, form *Form) error {
	p := &writer{linkID: map[string]int{}, keepLast: true, wide: textWide, turned: pageHigh - 2*twips(20)}
	if d.Code != "" {
		var err error
		if p.picture, err = square(d.address()); err != nil {
			return err
		}
	}
	if form != nil && d.Kind != Merit { // a certificate has one look
		return form.fill(w, d, p)
	}
	p.body(d)
	return p.pack(w, d)
}

// address is where the code is looked up.
func (d *Document) address() string {
	if d.Address != "" {
		return d.Address
	}
	return d.Code
}

// part is one file of the package.
type part struct {
	name string
	data []byte
}

// stampOf is the time on every part: a document's bytes do not depend on when it was written.
var stampOf = time.Date(2024, 4, 8, 0, 0, 0, 0, time.UTC)

func zipped(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, x := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: x.name, Method: zip.Deflate, Modified: stampOf})
		if err != nil {
			return err
		}
		if _, err := f.Write(x.data); err != nil {
			return err
		}
	}
	return z.Close()
}

const (
	head      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func (p *writer) pack(w io.Writer, d *Document) error {
	var rels strings.Builder
	rels.WriteString(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	rel := func(id, kind, target, mode string) {
		fmt.Fprintf(&rels, `<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, id, relations, kind, escape(target), mode)
	}
	rel("rStyles", "styles", "styles.xml", "")
	rel("rSettings", "settings", "settings.xml", "")
	rel("rHeader", "header", "header1.xml", "")
	rel("rFirst", "header", "header2.xml", "")
	if p.picture != nil {
		rel("bonphuCode", "image", "media/bonphu-code.png", "")
	}
	for i, l := range p.links {
		rel(fmt.Sprintf("bonphuLink%d", i+1), "hyperlink", l, ` TargetMode="External"`)
	}
	rels.WriteString(`</Relationships>`)
	types := head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/header2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	parts := []part{
		{"[Content_Types].xml", []byte(types)},
		{"_rels/.rels", []byte(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + relations + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)},
		{"docProps/core.xml", []byte(head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
			escape(d.Subject) + `</dc:title><dc:creator>` + escape(d.Body) + `</dc:creator><dc:language>vi-VN</dc:language><dc:identifier>` + escape(d.Code) + `</dc:identifier></cp:coreProperties>`)},
		{"word/document.xml", []byte(head + `<w:document ` + namespace + `><w:body>` + p.b.String() + `</w:body></w:document>`)},
		{"word/styles.xml", []byte(styles)},
		{"word/settings.xml", []byte(head + `<w:settings ` + namespace + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>`)},
		{"word/header1.xml", []byte(head + `<w:hdr ` + namespace + `><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`)},
		{"word/header2.xml", []byte(head + `<w:hdr ` + namespace + `><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr></w:p></w:hdr>`)},
		{"word/_rels/document.xml.rels", []byte(rels.String())},
	}
	if p.picture != nil {
		parts = append(parts, part{"word/media/bonphu-code.png", p.picture})
	}
	return zipped(w, parts)
}

// escape makes text safe for XML; signs that XML cannot hold are left out.
func escape(s string) string {
	clean := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(clean))
	return b.String()
}

// styles are what paragraphs and tables look like; sizes are half points.
const styles = head + `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="120" w:after="0" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="BodyText"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="180"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="BodyText"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="BodyText"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Centre"><w:name w:val="Centre"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="PageNumber"><w:name w:val="header"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:style>` +
	`<w:style w:type="paragraph" w:styleId="AppendixTitle"><w:name w:val="Appendix Title"/><w:basedOn w:val="Centre"/><w:next w:val="BodyText"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>` +
	`</w:styles>`
