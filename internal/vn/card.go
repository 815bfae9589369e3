package vn

import (
	"strings"
	"time"
)

// Card is what the QR of the chip card says: number|old number or empty|full name|ddmmyyyy|Nam or Nữ|residence|ddmmyyyy issued.
type Card struct {
	Number  string `json:"number"`
	Old     string `json:"old"`
	Name    string `json:"name"`
	Birth   string `json:"birth"`  // 2006-01-02, "" when it is no day
	Gender  string `json:"gender"` // "m", "f", ""
	Address string `json:"address"`
	Issued  string `json:"issued"`
}

// maxCard bounds the text of a card's QR in characters.
const maxCard = 1000

// ReadCard reads the text of a card's QR; false for any other. Six fields are needed, and what cards since 01/7/2024 append is taken
// too. The phone reads it by the same cases (field/vectors/card.json).
func ReadCard(text string) (Card, bool) {
	if len([]rune(text)) > maxCard {
		return Card{}, false
	}
	f := strings.Split(NFC(text), "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	if len(f) < 6 || !allDigits(f[0], 12) || f[2] == "" {
		return Card{}, false
	}
	c := Card{Number: f[0], Name: strings.Join(strings.Fields(f[2]), " "), Birth: cardDay(f[3]), Address: f[5]}
	if allDigits(f[1], 9) {
		c.Old = f[1]
	}
	switch strings.ToLower(f[4]) {
	case "nam":
		c.Gender = "m"
	case "nữ":
		c.Gender = "f"
	}
	if len(f) > 6 {
		c.Issued = cardDay(f[6])
	}
	return c, true
}

func allDigits(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func cardDay(s string) string {
	t, err := time.Parse("02012006", s)
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}
