package photo_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"bonphu/internal/photo"
)

func picture(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{200, 0, 0, 255} // the upper left is red
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func red(m image.Image, x, y int) bool {
	r, g, _, _ := m.At(x, y).RGBA()
	return r > 0x8000 && g < 0x6000
}

func TestLaw_R3_APhotoKeepsOnlyItsPicture(t *testing.T) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(2400, 1200), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00" + "GPS 11.5 106.6"
	with := append([]byte{0xff, 0xd8, 0xff, 0xe1, byte((len(exif) + 2) >> 8), byte(len(exif) + 2)}, exif...)
	with = append(with, b.Bytes()[2:]...)
	out, err := photo.Clean(with)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out, []byte("Exif")) || bytes.Contains(out, []byte("GPS")) {
		t.Error("metadata are kept")
	}
	m, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil || m.Bounds().Dx() != 800 || m.Bounds().Dy() != 1600 {
		t.Fatalf("%v %v", m.Bounds(), err)
	}
	if !red(m, 700, 100) || red(m, 100, 100) || red(m, 700, 1500) {
		t.Error("a photo taken upright lies on its side")
	}
}

func TestPhotosThatAreNone(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, picture(10, 4)); err != nil {
		t.Fatal(err)
	}
	if out, err := photo.Clean(b.Bytes()); err != nil || !bytes.HasPrefix(out, []byte("\xff\xd8\xff")) {
		t.Error("a PNG is refused", err)
	}
	for _, bad := range [][]byte{nil, []byte("GIF89a"), []byte("\xff\xd8\xff\xe1"), b.Bytes()[:30], make([]byte, photo.Max+1), []byte("%PDF-1.7")} {
		if _, err := photo.Clean(bad); err == nil {
			t.Errorf("taken: %d bytes", len(bad))
		}
	}
}
