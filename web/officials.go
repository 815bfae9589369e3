package web

import "bonphu/internal/vn"

// Officials is the board of agencies with the three conditions and the personal quota (KH:IV.1.c, KH:IV.1.d).
type Officials struct {
	Page
	Units     []Choice
	Kinds     []Choice
	Unit      string
	Text      string
	Sheet     string
	Stats     []Stat
	Heads     []string
	Rows      []AgencyRow
	Sum       *AgencyRow
	N         int64
	MayManage bool
	MayBring  bool
	None      Empty
}

// Template names the screen.
func (*Officials) Template() string { return "officials/board" }

// AgencyRow is one agency.
type AgencyRow struct {
	Name, Href, Place, Kind string
	Officials, Linked       int64
	Cells                   []MetCell
	Credits, Asked, Waiting int64 // confirmed credits, what the quotas ask, still waiting
	Reached                 int64
}

// MetCell counts those who meet a condition: confirmed, and beside it those verified and those who only say so (laws C2, C3).
type MetCell struct {
	Name                         string
	Confirmed, Verified, Claimed int64
	Of                           int64
}

// Rate is the share confirmed (law N3).
func (c MetCell) Rate() string { return vn.Percent(c.Confirmed, c.Of) }

// Rate is the share of credits confirmed (law N3).
func (r AgencyRow) Rate() string { return vn.Percent(r.Credits, r.Asked) }

// AgencySheet is one agency's roster.
type AgencySheet struct {
	Page
	Href      string
	Stats     []Stat
	Heads     []string
	Rows      []OfficialRow
	MayManage bool
	MayOpen   bool   // accounts may be opened
	Secret    string // a one-time password, shown once
	Login     string
	Today     string
	Wrong     string // id of the row whose forms are open
	Chosen    *OfficialRow
	None      Empty
}

// Template names the screen.
func (*AgencySheet) Template() string { return "officials/agency" }

// OfficialRow is one official.
type OfficialRow struct {
	ID, Name, Birth, Position, Number, Phone, Home string
	Linked, Account                                bool
	Met                                            []MetPill
	National, Provincial                           MetPill
	Counted, Waiting, N                            int64
	Suggest                                        string // a login that may be free
}

// MetPill is a condition of one official in a pill.
type MetPill struct{ Name, Text, Kind string }

// OwnList is what an official sees: the own conditions and those guided (KH:IV.1.d).
type OwnList struct {
	Page
	Name, Position, Agency string
	Conditions             []OwnCondition
	Portals                []OwnPortal
	Counted, Recorded, N   int64
	Works                  []Choice
	Rows                   []CreditRow
	Today                  string
	From                   string
	Nobody                 Empty // shown when the account belongs to nobody on a roster
	None                   Empty
}

// Template names the screen.
func (*OwnList) Template() string { return "officials/mine" }

// Percent is the progress for the bar: 0 to 100.
func (s *OwnList) Percent() int64 {
	if s.N == 0 {
		return 0
	}
	return min(100, s.Counted*100/s.N)
}

// OwnCondition is one of the own conditions and what to do about it.
type OwnCondition struct {
	Title, Todo string
	Pill        MetPill
}

// OwnPortal is one portal with what was said of it; Open tells that it may be claimed.
type OwnPortal struct {
	ID, Title string
	Pill      MetPill
	Open      bool
	Said      []string
}

// CreditRow is one citizen guided.
type CreditRow struct {
	Name, Number, What, Day string
	State                   MetPill
	Cancel                  string // address to take it back; "" when it cannot
	Why                     string
}
