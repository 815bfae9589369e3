package web

import "strings"

// device names a browser for the list of sessions: "Chrome trên Windows".
func device(agent string) string {
	browser := "Trình duyệt khác"
	for _, b := range []struct{ sign, name string }{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"coc_coc", "Cốc Cốc"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(agent, b.sign) {
			browser = b.name
			break
		}
	}
	for _, s := range []struct{ sign, name string }{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS", "máy Mac"}, {"Linux", "Linux"}} {
		if strings.Contains(agent, s.sign) {
			return browser + " trên " + s.name
		}
	}
	return browser
}
