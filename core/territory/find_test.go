package territory

import (
	"strings"
	"testing"

	"bonphu/internal/clock"
)

// honQuan is the shipped tree with a few hamlets, without a database.
func honQuan(t testing.TB) *Tree {
	t.Helper()
	list, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var units []Unit
	ids := map[string]int64{}
	add := func(u Unit, parent string) {
		u.ID = int64(len(units) + 1)
		u.Parent = ids[parent]
		ids[u.Code] = u.ID
		units = append(units, u)
	}
	for _, s := range list {
		add(s.Unit, s.ParentCode)
	}
	for _, h := range []struct{ commune, code, kind, name string }{
		{"25330", "25330.01", "ấp", "1"}, {"25330", "25330.02", "ấp", "2"}, {"25330", "25330.10", "ấp", "10"}, {"25330", "25330.11", "sóc", "Xoài"},
		{"25330", "25330.12", "ấp", "Sóc Lớn"}, {"25330", "25330.13", "ấp", "5"}, {"25330", "25330.14", "ấp", "1A"}, {"25330", "25330.15", "ấp", "Tân Lợi"},
		{"25354", "25354.01", "ấp", "Xa Cát"}, {"25354", "25354.02", "ấp", "1"}, {"25354", "25354.03", "sóc", "1"},
		{"25357", "25357.01", "khu phố", "1"}, {"25357", "25357.02", "khu phố", "2"},
	} {
		add(Unit{Code: h.code, Kind: h.kind, Name: h.name, Tier: TierHamlet}, h.commune)
	}
	return NewTree(units, nil)
}

func TestFindCommune(t *testing.T) {
	tree := honQuan(t)
	for text, want := range map[string]string{
		"An Khương": "25330", "an khuong": "25330", "xã An Khương": "25330", "XÃ AN KHƯƠNG": "25330", "X. An Khương": "25330",
		"TT Tân Khai": "25357", "TT. Tân Khai": "25357", "UBND thị trấn Tân Khai": "25357", "xã Tân Khai": "25357",
		"Khu phố 1, TT Tân Khai, Hớn Quản, Bình Phước": "25357", "Công an xã Đồng Nơ": "25360", "ap 5 xa an khuong": "25330",
		"Ấp Tân Lợi, xã An Khương": "25330", "Tân Lợi, xã An Khương": "25330", "Ấp 2 - Tân Hưng - Hớn Quản": "25345",
		"Danh sách công dân xã Thanh An chưa có CCCD": "25327",
		// none, or more than one
		"": "", "Hớn Quản": "", "xã Lộc Ninh": "", "Tân": "", "xã An Phú, xã Tân Lợi": "", "An Phú, Tân Lợi": "", "Nguyễn An Phú Quý": "",
	} {
		u, ok := tree.FindCommune(text)
		if ok != (want != "") || ok && u.Code != want {
			t.Errorf("FindCommune(%q) = %v, %v, want %q", text, u, ok, want)
		}
	}
}

func TestFindHamlet(t *testing.T) {
	tree := honQuan(t)
	for _, c := range []struct{ commune, text, want string }{
		{"25330", "Ấp 1", "25330.01"}, {"25330", "ấp 01", "25330.01"}, {"25330", "Âp 1", "25330.01"}, {"25330", "Ap1", "25330.01"}, {"25330", "AP.2", "25330.02"}, {"25330", "1", "25330.01"},
		{"25330", "ấp 10", "25330.10"}, {"25330", "Sóc Xoài", "25330.11"}, {"25330", "soc xoai", "25330.11"}, {"25330", "Xoài", "25330.11"}, {"25330", "ấp Sóc Lớn", "25330.12"},
		{"25330", "Sóc Lớn", "25330.12"}, {"25330", "Tổ 3, ấp 5", "25330.13"}, {"25330", "Tổ 3 ấp 5 xã An Khương", "25330.13"}, {"25330", "to 3 ap 5", "25330.13"}, {"25330", "Tổ 1 - Ấp 2", "25330.02"},
		{"25330", "ấp 1a", "25330.14"}, {"25330", "Ấp 2, xã An Khương, huyện Hớn Quản", "25330.02"}, {"25330", "thôn 2", "25330.02"}, {"25330", "ấp Tân Lợi, An Khương", "25330.15"},
		{"25354", "Xa Cát", "25354.01"}, {"25354", "ấp Xa Cát", "25354.01"}, {"25354", "xa cat", "25354.01"}, {"25354", "Ấp 1", "25354.02"}, {"25354", "Sóc 1", "25354.03"},
		{"25357", "KP2", "25357.02"}, {"25357", "KP 2", "25357.02"}, {"25357", "Khu phố 2", "25357.02"}, {"25357", "khu phố 02, TT Tân Khai", "25357.02"},
		// none, or more than one
		{"25330", "", ""}, {"25330", "Tổ 1", ""}, {"25330", "to 2", ""}, {"25330", "Ấp 7", ""}, {"25330", "ấp", ""}, {"25330", "Ấp 1, Ấp 2", ""}, {"25354", "1", ""}, {"25354", "thôn 1", ""}, {"25330", "Số 1 đường Hùng Vương", ""},
	} {
		u, ok := tree.FindHamlet(tree.ByCode(c.commune).ID, c.text)
		if ok != (c.want != "") || ok && u.Code != c.want {
			t.Errorf("FindHamlet(%s, %q) = %v, %v, want %q", c.commune, c.text, u, ok, c.want)
		}
	}
}

func TestParseHamletName(t *testing.T) {
	for text, want := range map[string]string{
		"ấp 01": "ấp|1", "KP2": "khu phố|2", "KP 2a": "khu phố|2A", "SÓC XOÀI": "sóc|Xoài", "sóc xoài": "sóc|Xoài", "Tổ 3, ấp 5": "ấp|5", "tổ 3 ấp 5": "ấp|5", "Ấp 5, xã An Khương": "ấp|5",
		"Ấp 5 xã An Khương": "ấp|5", "ap 5 xa an khuong": "ấp|5", "ấp Sóc Lớn": "ấp|Sóc Lớn", "Tổ dân phố 4": "tổ dân phố|4", "Hưng Lập A": "|Hưng Lập A", "Xa Cát": "|Xa Cát", "Bàn Cờ": "|Bàn Cờ", "bản Cờ": "bản|Cờ", "7": "|7",
		"thôn: 3": "thôn|3", "": "!", "ấp": "!", "Tổ 3": "!", "To 3": "!", "xã An Khương": "!", "TT Tân Khai": "!", "số nhà 12": "!", "QL13": "!", "---": "!",
	} {
		kind, name, ok := ParseHamletName(text)
		got := kind + "|" + name
		if !ok {
			got = "!"
		}
		if got != want {
			t.Errorf("ParseHamletName(%q) = %q, want %q", text, got, want)
		}
	}
}

// What is read is found again: a hamlet made from a text answers to that text, and its canonical spelling names the same.
func FuzzParseHamletName(f *testing.F) {
	for _, s := range []string{"Ấp 1", "KP2", "Tổ 3, ấp 5 xã An Khương", "sóc Xoài", "ấp\u00a001", "ap ap ap", "ấp ấp 1", "kp kp2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, name, ok := ParseHamletName(text)
		if !ok {
			return
		}
		if strings.TrimSpace(name) == "" {
			t.Fatalf("%q has an empty name", text)
		}
		if !sameName(canonical(name), name) {
			t.Fatalf("%q: %q is spelled %q again", text, name, canonical(name))
		}
		if kind == "" {
			kind = "ấp"
		}
		tree := NewTree([]Unit{{ID: 1, Code: "c", Kind: "xã", Tier: TierCommune, Name: "Cát"}, {ID: 2, Code: "h", Kind: kind, Tier: TierHamlet, Name: name, Parent: 1}}, nil)
		if u, ok := tree.FindHamlet(1, text); !ok || u.ID != 2 {
			t.Fatalf("%q made %s %q and does not find it", text, kind, name)
		}
	})
}

func TestCommuneOfADay(t *testing.T) {
	tree := NewTree([]Unit{
		{ID: 1, Code: "a", Kind: "thị trấn", Tier: TierCommune, Name: "Tân Khai", Until: "2025-06-30"},
		{ID: 2, Code: "b", Kind: "xã", Tier: TierCommune, Name: "Tân Khai", From: "2025-07-01"},
	}, nil)
	for _, c := range []struct {
		text string
		day  clock.Day
		want int64
	}{{"Tân Khai", "2024-05-20", 1}, {"Tân Khai", "2025-08-01", 2}, {"Tân Khai", "", 0}, {"TT Tân Khai", "", 1}, {"xã Tân Khai", "", 2}} {
		u, ok := tree.FindCommuneOn(c.text, c.day)
		if ok != (c.want != 0) || ok && u.ID != c.want {
			t.Errorf("%q on %q: %v", c.text, c.day, u)
		}
	}
}
