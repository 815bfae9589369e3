package aid

import (
	"slices"
	"strings"
	"testing"

	"bonphu/core/coverage"
	"bonphu/core/plan/plantest"
	"bonphu/internal/clock"
)

func TestClause_III_2_c_TheWayOfAnOrder(t *testing.T) {
	aid := plantest.HonQuan(t).Aid
	for _, c := range []struct {
		kind string
		from State
		want []State
	}{
		{"device", Asked, []State{Accepted, Cancelled, Refused}},
		{"device", Accepted, []State{Ready, Handed, Cancelled, Refused}},
		{"device", Ready, []State{Handed, Cancelled, Refused}},
		{"device", Handed, nil},
		{"sim", Ready, []State{Handed, Cancelled, Refused}},
		{"sim", Handed, []State{Installed}},
		{"sim", Installed, nil},
		{"signature", Accepted, []State{Ready, Installed, Cancelled, Refused}},
		{"signature", Ready, []State{Installed, Cancelled, Refused}},
		{"device", Confirmed, nil}, {"device", Cancelled, nil}, {"device", Refused, nil},
	} {
		if got := Next(aid.Item(c.kind), c.from); !slices.Equal(got, c.want) {
			t.Errorf("%s from %s: %v, want %v", c.kind, c.from, got, c.want)
		}
	}
	if Next(nil, Asked) != nil {
		t.Error("a kind that the plan does not know has a way")
	}
}

func TestLaw_C2_NobodyBringsAnOrderToConfirmed(t *testing.T) {
	for _, item := range plantest.HonQuan(t).Aid.Items {
		for _, s := range States {
			if slices.Contains(Next(&item, s), Confirmed) {
				t.Errorf("%s from %s can be confirmed by hand", item.ID, s)
			}
			if item.Claims(string(s)) != "" && s != Handed && s != Installed {
				t.Errorf("%s claims something at %s", item.ID, s)
			}
		}
	}
}

func TestClause_III_2_c_WhatExtractsSayOfAnOrder(t *testing.T) {
	p := plantest.HonQuan(t)
	e := func(cov, state string, day clock.Day, void bool) coverage.Event {
		x := coverage.Event{ID: int64(len(state)) + int64(day[9]), Coverage: cov, State: state, Level: coverage.Confirmed, Day: day, AsOf: string(day) + "T12:00:00Z"}
		if void {
			x.VoidAt = "2024-06-01T00:00:00Z"
		}
		return x
	}
	for _, c := range []struct {
		name     string
		kind     string
		reached  State
		events   []coverage.Event
		confirms bool
		denied   clock.Day
	}{
		{"nothing said", "device", Handed, nil, false, ""},
		{"shown", "device", Handed, []coverage.Event{e("phone", "smart4g", "2024-05-12", false)}, true, ""},
		{"before it was given", "device", Handed, []coverage.Event{e("phone", "old", "2024-05-01", false)}, false, ""},
		{"denied", "device", Handed, []coverage.Event{e("phone", "old", "2024-05-12", false)}, false, "2024-05-12"},
		{"the newest decides", "device", Handed, []coverage.Event{e("phone", "smart4g", "2024-05-15", false), e("phone", "old", "2024-05-12", false)}, true, ""},
		{"a void one says nothing", "device", Handed, []coverage.Event{e("phone", "smart4g", "2024-05-15", true)}, false, ""},
		{"another coverage", "device", Handed, []coverage.Event{e("sim", "signed", "2024-05-15", false)}, false, ""},
		{"the SIM but not yet the signature", "sim", Handed, []coverage.Event{e("sim", "owner", "2024-05-15", false)}, false, ""},
		{"the signature is missing", "sim", Installed, []coverage.Event{e("sim", "owner", "2024-05-15", false)}, false, "2024-05-15"},
		{"signed", "sim", Handed, []coverage.Event{e("sim", "signed", "2024-05-15", false)}, true, ""},
		{"signature on a SIM in use", "signature", Installed, []coverage.Event{e("sim", "signed", "2024-05-15", false)}, true, ""},
	} {
		got := Fold(p, c.kind, c.reached, "2024-05-10", c.events)
		if got.Confirms != c.confirms || got.Denied != c.denied {
			t.Errorf("%s: %+v", c.name, got)
		}
		slices.Reverse(c.events)
		if again := Fold(p, c.kind, c.reached, "2024-05-10", c.events); again.Confirms != got.Confirms || again.Denied != got.Denied {
			t.Errorf("%s: the order of the events matters", c.name)
		}
	}
}

func TestLaw_R3_OnlyTheTailOfASerialIsKept(t *testing.T) {
	for in, want := range map[string]string{"": "", "IMEI 35-209900-176148-1": "1481", "ab": "AB", "  8984 0480 0012 3456 789 ": "6789", "đ12": "D12"} {
		if got := tailOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	seen := map[string]bool{}
	for range 500 {
		c := newReceipt()
		if len(c) != receiptLen || strings.Trim(c, receiptLetters) != "" || seen[c] {
			t.Fatalf("%q", c)
		}
		seen[c] = true
	}
}

func TestClause_III_1_b_AnOfferIsChecked(t *testing.T) {
	p := plantest.HonQuan(t)
	good := Offer{Kind: "device", Title: "Máy 4G", Price: 590_000, From: "2024-05-01", Until: "2024-06-30"}
	if err := good.check(p); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Offer){
		"kind": func(o *Offer) { o.Kind = "car" }, "title": func(o *Offer) { o.Title = " " }, "number": func(o *Offer) { o.Title = "Gọi 0912345678" },
		"price": func(o *Offer) { o.Price = -1 }, "much": func(o *Offer) { o.Price = maxPrice + 1 }, "from": func(o *Offer) { o.From = "" },
		"until": func(o *Offer) { o.Until = "2024-04-30" }, "conditions": func(o *Offer) { o.Conditions = strings.Repeat("a", maxConditions+1) },
	} {
		o := good
		change(&o)
		if o.check(p) == nil {
			t.Errorf("%s is taken", name)
		}
	}
	for day, want := range map[clock.Day]bool{"2024-04-30": false, "2024-05-01": true, "2024-06-30": true, "2024-07-01": false} {
		if good.In(day) != want {
			t.Errorf("in force on %s: %v", day, !want)
		}
	}
}
