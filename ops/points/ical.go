package points

import (
	"strings"
	"time"
	"unicode/utf8"

	"bonphu/internal/clock"
	"bonphu/internal/id"
)

// Calendar writes sessions as an iCalendar feed (RFC 5545): times in UTC, lines folded at 75 octets between whole letters. host is what the
// unique names end in; stamp is the instant of writing.
func Calendar(list []Shown, title, host string, stamp time.Time) []byte {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//bonphu//lich thu nhan//VI")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", escape(title))
	line("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh")
	line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	for i := range list {
		s := &list[i]
		line("BEGIN", "VEVENT")
		line("UID", id.String(s.ID)+"@"+host)
		line("DTSTAMP", utc(stamp))
		line("SEQUENCE", map[bool]string{true: "1", false: "0"}[s.Sequence > 0])
		line("DTSTART", utc(instant(s.Day, s.From)))
		line("DTEND", utc(instant(s.Day, s.Until)))
		summary := "Thu nhận hồ sơ căn cước: " + s.Place
		if s.Gone {
			summary = "ĐÃ HỦY, " + summary
		}
		line("SUMMARY", escape(summary))
		where := s.Place
		if s.Address != "" {
			where += ", " + s.Address
		}
		line("LOCATION", escape(where+", "+s.Unit))
		if s.Reason != "" {
			line("DESCRIPTION", escape(s.Reason))
		}
		line("STATUS", map[bool]string{true: "CANCELLED", false: "CONFIRMED"}[s.Gone])
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

func instant(day clock.Day, hour string) time.Time {
	t, _ := time.ParseInLocation("2006-01-02 15:04", string(day)+" "+hour, clock.Zone)
	return t
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var escaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func escape(s string) string { return escaper.Replace(s) }

// fold writes a content line of at most 75 octets, the rest on lines that begin with a space; no letter is cut.
func fold(b *strings.Builder, s string) {
	room := 75
	for len(s) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut])
		b.WriteString("\r\n ")
		s, room = s[cut:], 74
	}
	b.WriteString(s)
	b.WriteString("\r\n")
}
