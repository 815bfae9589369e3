package vn

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// DecodeBytes reads a text file whatever it is spelled in: marks of UTF-8 and UTF-16, UTF-16 without a mark, UTF-8, else one byte a
// letter, whose cells Repair then reads (TCVN3, VNI and Windows-1258 look alike as bytes). enc is "utf-8", "utf-16le",
// "utf-16be" or "8-bit".
func DecodeBytes(b []byte) (text, enc string) {
	enc = SniffBytes(b)
	switch enc {
	case "utf-8":
		return string(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))), enc
	case "utf-16le", "utf-16be":
		b = bytes.TrimPrefix(bytes.TrimPrefix(b, []byte("\xff\xfe")), []byte("\xfe\xff"))
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
			if enc == "utf-16be" {
				u[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
			}
		}
		return string(utf16.Decode(u)), enc
	}
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = DecodeByte(c)
	}
	return string(out), enc
}

// DecodeByte reads one byte of one-byte text as Windows-1252, and as Latin-1 where that has nothing.
func DecodeByte(c byte) rune {
	if c >= 0x80 && c < 0xa0 {
		if r := charmap.Windows1252.DecodeByte(c); r != utf8.RuneError {
			return r
		}
	}
	return rune(c)
}

// SniffBytes tells how the beginning of a text file is spelled, as DecodeBytes does. A cut-off letter at the end is allowed.
func SniffBytes(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "utf-16be"
	}
	head := b[:min(len(b), 64<<10)]
	var even, odd int
	for i, c := range head {
		if c == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	switch {
	case odd > len(head)/5 && even*10 < odd:
		return "utf-16le"
	case even > len(head)/5 && odd*10 < even:
		return "utf-16be"
	}
	for i := 0; i < 4 && len(head)-i > 0; i++ {
		if utf8.Valid(head[:len(head)-i]) {
			return "utf-8"
		}
	}
	return "8-bit"
}
