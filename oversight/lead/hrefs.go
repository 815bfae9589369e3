package lead

import (
	"net/url"

	"bonphu/core/access"
	"bonphu/core/territory"
)

// At names a unit in an address of the desk; "" for those who lack the verb there. more holds names and values.
func At(who access.Viewer, verb access.Verb, path string, u *territory.Unit, more ...string) string {
	if u == nil || who.May(verb, u.ID) != nil {
		return ""
	}
	q := url.Values{"don_vi": {u.Code}}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			q.Set(more[i], more[i+1])
		}
	}
	return path + "?" + q.Encode()
}

// PeopleHref is the register narrowed to a unit and a series (law N2).
func PeopleHref(who access.Viewer, u *territory.Unit, series, not string) string {
	return At(who, "people.see", "/dan-cu", u, "nhom", series, "tru", not)
}

// DayHref is a unit's day, as it stands in the evening.
func DayHref(who access.Viewer, u *territory.Unit) string {
	return At(who, "quota.see", "/nhip-ngay", u, "buoi", "chieu")
}

// QuotaHref is a unit's quotas.
func QuotaHref(who access.Viewer, u *territory.Unit) string {
	return At(who, "quota.see", "/giao-chi-tieu", u)
}
