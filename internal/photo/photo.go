// Package photo makes a photo fit to be kept as evidence: a JPEG of bounded size without metadata (place, device, owner; law R3).
package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // photos may come as PNG

	"bonphu/internal/fault"
)

// Max bounds what is taken in bytes, Side the longer side of what is kept in pixels; maxPixels what is opened at all.
const (
	Max       = 5 << 20
	Side      = 1600
	maxPixels = 60_000_000
)

func bad() error {
	return fault.New(fault.Invalid, "photo.bad", "Ảnh phải là JPEG hoặc PNG và không quá 5 MB.").On("photo")
}

// Clean opens a JPEG or PNG and makes it anew: nothing of the file but its picture remains, turned as the camera's note said.
func Clean(b []byte) ([]byte, error) {
	if len(b) == 0 || len(b) > Max {
		return nil, bad()
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || kind != "jpeg" && kind != "png" || head.Width < 1 || head.Height < 1 || head.Width > maxPixels/head.Height {
		return nil, bad()
	}
	picture, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, bad()
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, fit(picture, turnOf(b)), &jpeg.Options{Quality: 80})
	return out.Bytes(), err
}

// fit shrinks a picture to Side by averaging what falls on each pixel, on white, and turns it.
func fit(src image.Image, turn int) image.Image {
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	nw, nh := w, h
	if long := max(w, h); long > Side {
		nw, nh = max(1, w*Side/long), max(1, h*Side/long)
	}
	size := image.Rect(0, 0, nw, nh)
	if turn == 6 || turn == 8 {
		size = image.Rect(0, 0, nh, nw)
	}
	dst := image.NewRGBA(size)
	for y := range nh {
		y0, y1 := y*h/nh, max(y*h/nh+1, (y+1)*h/nh)
		for x := range nw {
			x0, x1 := x*w/nw, max(x*w/nw+1, (x+1)*w/nw)
			var r, g, bl, n uint64
			for sy := y0; sy < y1; sy++ {
				for sx := x0; sx < x1; sx++ {
					cr, cg, cb, ca := src.At(b.Min.X+sx, b.Min.Y+sy).RGBA()
					white := uint64(0xffff - ca)
					r, g, bl, n = r+uint64(cr)+white, g+uint64(cg)+white, bl+uint64(cb)+white, n+1
				}
			}
			c := color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(bl / n >> 8), 255}
			switch turn {
			case 3:
				dst.SetRGBA(nw-1-x, nh-1-y, c)
			case 6:
				dst.SetRGBA(nh-1-y, x, c)
			case 8:
				dst.SetRGBA(y, nw-1-x, c)
			default:
				dst.SetRGBA(x, y, c)
			}
		}
	}
	return dst
}

// turnOf reads the orientation that a camera noted in a JPEG's Exif: 3, 6, 8, else 1.
func turnOf(b []byte) int {
	for i := 2; i+4 <= len(b) && b[0] == 0xff && b[1] == 0xd8 && b[i] == 0xff; {
		size := int(b[i+2])<<8 | int(b[i+3])
		if size < 2 || i+2+size > len(b) {
			return 1
		}
		if body := b[i+4 : i+2+size]; b[i+1] == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return exifTurn(body[6:])
		}
		i += 2 + size
	}
	return 1
}

func exifTurn(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	big := t[0] == 'M'
	u := func(at, n int) int {
		v := 0
		for i := range n {
			k := at + i
			if !big {
				k = at + n - 1 - i
			}
			if k < 0 || k >= len(t) {
				return 0
			}
			v = v<<8 | int(t[k])
		}
		return v
	}
	dir := u(4, 4)
	for i := range min(u(dir, 2), 200) {
		if at := dir + 2 + 12*i; u(at, 2) == 0x0112 {
			return u(at+8, 2)
		}
	}
	return 1
}
