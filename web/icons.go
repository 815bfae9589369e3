package web

import "html/template"

// icons are drawn on a field of 24 × 24 with round strokes; each is the inside of its svg element.
var icons = map[string]string{
	"board":    `<path d="M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z"/>`,
	"map":      `<path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>`,
	"home":     `<path d="M3 11 12 4l9 7M5 10v10h14V10M10 20v-6h4v6"/>`,
	"people":   `<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.900 1.900 6.500 5.500M16 4.700a3.500 3.500 0 0 1 0 6.600M18 14.900c2 .8 3.200 2.600 3.500 5.100"/>`,
	"list":     `<path d="M14 3H6a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V8zM14 3v5h5M12 18v-6M9 15l3-3 3 3"/>`,
	"target":   `<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="5"/><circle cx="12" cy="12" r="1"/>`,
	"team":     `<circle cx="12" cy="7" r="3"/><circle cx="5" cy="10.500" r="2.200"/><circle cx="19" cy="10.500" r="2.200"/><path d="M6.500 20c.4-3.300 2.600-5.500 5.500-5.500s5.100 2.200 5.500 5.500M1.500 18c.3-2 1.500-3.500 3.500-3.500M22.500 18c-.3-2-1.500-3.500-3.500-3.500"/>`,
	"plan":     `<path d="M6 3h12a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM9 8h6M9 12h6M9 16h3"/>`,
	"book":     `<path d="M12 6c-2-1.500-5-2-8-2v14c3 0 6 .5 8 2 2-1.500 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14"/>`,
	"account":  `<circle cx="12" cy="8" r="4"/><path d="M4.500 21c.7-4 3.700-6 7.500-6s6.800 2 7.500 6"/>`,
	"trail":    `<path d="M12 8v4l3 2M3.500 12a8.500 8.500 0 1 0 2.700-6.200L3.500 8M3.500 3.500V8H8"/>`,
	"unit":     `<path d="M12 3v4M5 21v-5h14v5M12 16v-9M5 16v-3h14v3"/><circle cx="12" cy="4" r="2"/>`,
	"search":   `<circle cx="11" cy="11" r="6.500"/><path d="m20 20-4.300-4.300"/>`,
	"menu":     `<path d="M4 7h16M4 12h16M4 17h16"/>`,
	"close":    `<path d="m6 6 12 12M18 6 6 18"/>`,
	"check":    `<path d="m5 12.500 4.500 4.500L19 7"/>`,
	"warn":     `<path d="M12 4 2.800 20h18.400zM12 10v4.500M12 17.200v.1"/>`,
	"info":     `<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.600v.1"/>`,
	"clock":    `<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.500 2"/>`,
	"download": `<path d="M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14"/>`,
	"upload":   `<path d="M12 16V5M7.500 9 12 4.500 16.500 9M5 20h14"/>`,
	"print":    `<path d="M7 8V3h10v5M7 17H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3M7 14h10v7H7z"/>`,
	"key":      `<circle cx="8" cy="15" r="4.500"/><path d="m11.200 11.800 8.300-8.300M16 7l3 3"/>`,
	"device":   `<path d="M4 5h16v11H4zM9 20h6M12 16v4"/>`,
	"exit":     `<path d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h10"/>`,
	"flag":     `<path d="M5 21V4M5 4c4-2 7 2 14 0v10c-7 2-10-2-14 0"/>`,
	"right":    `<path d="m9 6 6 6-6 6"/>`,
	"phone":    `<path d="M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2"/>`,
	"pin":      `<path d="M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21z"/><circle cx="12" cy="9.500" r="2.500"/>`,
	"calendar": `<path d="M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM4 10h16M8 3v4M16 3v4"/>`,
	"folder":   `<path d="M3 6h6l2 2h10v11H3z"/>`,
	"filter":   `<path d="M4 5h16l-6 7.500V19l-4 1.500v-8z"/>`,
	"split":    `<path d="M12 3v18M4 7h5M4 12h5M4 17h5M15 7h5M15 12h5M15 17h5"/>`,
}

// icon gives one of the icons at a size of 18; nothing for a name that is not known.
func icon(name string) template.HTML { return iconAt(name, "18") }

// iconAt gives an icon at a size in pixels.
func iconAt(name, size string) template.HTML {
	in, ok := icons[name]
	if !ok {
		return ""
	}
	return template.HTML(`<svg width="` + template.HTMLEscapeString(size) + `" height="` + template.HTMLEscapeString(size) +
		`" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">` + in + `</svg>`)
}

// mark is the desk's own sign: four squares, the last one being filled.
func mark() template.HTML {
	return `<svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true"><g fill="currentColor"><rect x="2" y="2" width="12" height="12" rx="3"/><rect x="16" y="2" width="12" height="12" rx="3" opacity=".72"/><rect x="2" y="16" width="12" height="12" rx="3" opacity=".46"/><rect x="16" y="16" width="12" height="12" rx="3" opacity=".2"/></g></svg>`
}
