// Package clock tells the time, so that tests and the demo can set it, and counts campaign days (UTC+7).
package clock

import (
	"fmt"
	"time"
)

// Clock gives the present instant.
type Clock func() time.Time

// System is the machine's clock.
func System() time.Time { return time.Now() }

// Fixed is a clock that stands still.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// From is a clock that starts at t and runs on from there.
func From(t time.Time) Clock {
	start := time.Now()
	return func() time.Time { return t.Add(time.Since(start)) }
}

// Zone is Vietnam's, UTC+7 all the year round.
var Zone = time.FixedZone("UTC+7", 7*60*60)

// Day is a calendar day in Vietnam, spelled 2006-01-02, so that days order as their text does. "" is no day.
type Day string

// DayOf gives the day in Vietnam of an instant.
func DayOf(t time.Time) Day { return Day(t.In(Zone).Format(time.DateOnly)) }

// ParseDay reads 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return "", err
	}
	return Day(t.Format(time.DateOnly)), nil
}

// Time is the day's first instant in Vietnam; the zero time for no day.
func (d Day) Time() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add gives the day n days later.
func (d Day) Add(n int) Day { return Day(d.Time().AddDate(0, 0, n).Format(time.DateOnly)) }

// Sub counts the days from e to d.
func (d Day) Sub(e Day) int { return int(d.Time().Sub(e.Time()).Hours() / 24) }

// Vi spells the day as officials do: 08/4/2024 (days under 10 and months 1 and 2 with a 0, as in Nghị định 30/2020).
func (d Day) Vi() string {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	if t.Month() <= 2 {
		return fmt.Sprintf("%02d/%02d/%d", t.Day(), int(t.Month()), t.Year())
	}
	return fmt.Sprintf("%02d/%d/%d", t.Day(), int(t.Month()), t.Year())
}

// stampForm is RFC 3339 in UTC with a fixed width, so that instants order as their text does.
const stampForm = "2006-01-02T15:04:05.000Z"

// Stamp spells an instant as the database keeps it.
func Stamp(t time.Time) string { return t.UTC().Format(stampForm) }

// ParseStamp reads what Stamp wrote; the zero time for "".
func ParseStamp(s string) time.Time {
	t, err := time.Parse(stampForm, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
