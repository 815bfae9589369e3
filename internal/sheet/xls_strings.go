package sheet

import (
	"unicode/utf16"
)

// unicode reads a BIFF8 string whose length takes width bytes.
func (b *biff) unicode(p []byte, width int) (string, int) {
	r := &parts{list: [][]byte{p}}
	n := int(r.byte())
	if width == 2 {
		n |= int(r.byte()) << 8
	}
	return r.text(n), r.used
}

// parts reads bytes across a record and its continuations.
type parts struct {
	list [][]byte
	at   int
	used int
	bad  bool
}

func (r *parts) byte() byte {
	for len(r.list) > 0 && r.at >= len(r.list[0]) {
		r.list, r.at = r.list[1:], 0
	}
	if len(r.list) == 0 {
		r.bad = true
		return 0
	}
	c := r.list[0][r.at]
	r.at++
	r.used++
	return c
}

func (r *parts) u16() int { a := int(r.byte()); return a | int(r.byte())<<8 }

func (r *parts) u32() int { a := r.u16(); return a | r.u16()<<16 }

// text reads n characters with their flags; where the text runs into a continuation, that begins with flags anew.
func (r *parts) text(n int) string {
	flags := r.byte()
	runs, ext := 0, 0
	if flags&8 != 0 {
		runs = r.u16()
	}
	if flags&4 != 0 {
		ext = r.u32()
	}
	out := make([]uint16, 0, min(n, 4096))
	wide := flags&1 != 0
	for len(out) < n && !r.bad {
		if len(r.list) > 0 && r.at >= len(r.list[0]) && len(r.list) > 1 {
			r.list, r.at = r.list[1:], 0
			wide = r.byte()&1 != 0
			continue
		}
		if wide {
			out = append(out, uint16(r.u16()))
		} else {
			out = append(out, uint16(r.byte()))
		}
	}
	for range min(runs*4+ext, 1<<20) {
		if r.bad {
			break
		}
		r.byte()
	}
	return string(utf16.Decode(out))
}

func (b *biff) readSST(list [][]byte) {
	r := &parts{list: list}
	r.u32()
	n := r.u32()
	for i := 0; i < n && !r.bad && i < 4_000_000; i++ {
		b.sst = append(b.sst, r.text(r.u16()))
	}
}
