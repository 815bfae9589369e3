package village

import (
	"fmt"
	"math/rand/v2"
)

// Team is a commune's or a hamlet's team (KH:III.2.b: 13 and 102 of them).
type Team struct {
	Name     string
	Commune  int   // in District.Communes
	Hamlet   int   // in District.Hamlets, -1 for a commune's team
	Capacity int   // citizens a day
	Rest     []int // weekdays of rest, 0 is Sunday
	Members  []Member
}

// Member is one of a team, made up.
type Member struct{ Name, Role, Phone string }

// raiseTeams makes the 13 commune teams, then the 102 hamlet teams.
func (d *District) raiseTeams(r *rand.Rand) {
	n := 0
	member := func(role string) Member {
		n++
		female := r.IntN(5) < 2
		ethnic := kinh
		if r.IntN(6) == 0 {
			ethnic = sTieng
		}
		phone := []byte("0990000000")
		spread(phone[3:], (uint64(n)*7_919_111+d.seed)%10_000_000)
		return Member{Name: nameOf(r, ethnic, family(r, ethnic), female), Role: role, Phone: string(phone)}
	}
	for i := range d.Communes {
		c := &d.Communes[i]
		t := Team{Name: fmt.Sprintf("Tổ công tác Đề án 06 %s", lowerFirst(c.Title())), Commune: i, Hamlet: -1, Capacity: 60 + 10*r.IntN(4), Rest: []int{0}}
		for _, role := range []string{"Tổ trưởng", "Tổ phó", "Công an xã", "Công chức Văn hóa - Xã hội", "Bí thư Đoàn", "Nhân viên Viettel", "Nhân viên VNPT"} {
			t.Members = append(t.Members, member(role))
		}
		d.Teams = append(d.Teams, t)
	}
	for i := range d.Hamlets {
		h := &d.Hamlets[i]
		t := Team{Name: fmt.Sprintf("Tổ công nghệ số cộng đồng %s", lowerFirst(h.Title())), Commune: h.Commune, Hamlet: i, Capacity: 18 + 3*r.IntN(6), Rest: []int{0}}
		if r.IntN(8) == 0 {
			t.Rest = nil
		}
		for _, role := range []string{"Tổ trưởng", "Thành viên", "Thành viên", "Thành viên"}[:3+r.IntN(2)] {
			t.Members = append(t.Members, member(role))
		}
		d.Teams = append(d.Teams, t)
	}
}

// teamFor gives the team that works on a person: the hamlet's mostly, the commune's at times.
func (d *District) teamFor(p *Person) int {
	if p.team < 2 {
		return d.Hamlets[p.Hamlet].Commune
	}
	return len(d.Communes) + p.Hamlet
}

func lowerFirst(s string) string {
	r := []rune(s)
	for i, up := range []rune("ẤXTKS") {
		if r[0] == up {
			r[0] = []rune("ấxtks")[i]
		}
	}
	return string(r)
}
