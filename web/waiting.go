package web

import (
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Waiting lists the facts that wait for somebody's approval (law W2).
type Waiting struct {
	Page
	Rows []AskedRow
	None Empty
}

// Template names the screen.
func (*Waiting) Template() string { return "people/waiting" }

// AskedRow is one fact asked for.
type AskedRow struct {
	Name, PersonHref, Place, Kind, From, Evidence, Href string
	Own                                                 bool // asked by the viewer, who may not decide it
}

// waitingMax bounds the list; the oldest come first.
const waitingMax = 200

func (a *Ask) waitingScreen() (*Waiting, error) {
	s := &Waiting{None: Empty{Icon: "check", Title: "Không có đề nghị nào chờ duyệt", Text: "Tình trạng làm một người ra khỏi chỉ tiêu sẽ chờ ở đây cho đến khi có người khác duyệt."}}
	s.Title, s.Area, s.Lead = "Tình trạng chờ duyệt", "/cho-duyet", "Người đề nghị không tự duyệt; chỉ tình trạng đã duyệt mới được trừ khỏi chỉ tiêu."
	within := func(unit int64) bool { return a.Who.May("fact.approve", unit) == nil }
	list, err := a.Register.WaitingFacts(a.Ctx(), a.Who, within, waitingMax)
	if err != nil {
		return nil, err
	}
	p := a.plan()
	for _, f := range list {
		row := AskedRow{Name: f.Name, PersonHref: "/dan-cu/" + id.String(f.Person), Place: a.Who.Tree().FullName(f.Unit), Kind: f.Kind, From: f.From.Vi(), Evidence: f.Evidence, Href: "/cho-duyet/" + id.String(f.ID), Own: f.AskedBy == a.Who.Account}
		if p != nil && p.Fact(f.Kind) != nil {
			row.Kind = p.Fact(f.Kind).Title
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

func showWaiting(a *Ask) error {
	s, err := a.waitingScreen()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func decideFact(a *Ask) error {
	n, err := id.Parse(a.R.PathValue("id"))
	if err != nil {
		return notHere
	}
	do := a.Post("do")
	cause := fault.New(fault.Invalid, "web.decision", "Hãy chọn duyệt hoặc không duyệt.")
	if do == "duyet" || do == "khong" {
		if err := a.Register.DecideFact(a.Ctx(), a.Who, n, do == "duyet"); err != nil {
			s, listed := a.waitingScreen()
			if listed != nil {
				return listed
			}
			return Again(s, err)
		}
		return a.Go("/cho-duyet")
	}
	return cause
}
