package app

import (
	"os"
	"path/filepath"
	"time"

	"bonphu/core/coverage"
	"bonphu/core/intake"
	"bonphu/core/people"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/village"
)

// listsName is the folder, inside the demo's, with the lists that were brought: a visitor may try them.
const listsName = "danh-sach-mau"

// bringLists writes what the offices bring on the first morning and takes it in as they would.
func (p *player) bringLists() error {
	lists := filepath.Join(p.dir, listsName)
	if err := os.RemoveAll(lists); err != nil {
		return noFolder(p.dir)
	}
	files, err := p.district.WriteStart(lists, village.RegisterByCommune)
	if err != nil {
		return err
	}
	for i, f := range files {
		p.at(p.district.Start, 7*time.Hour+time.Duration(i)*4*time.Minute)
		if err := p.bring(f); err != nil {
			return err
		}
		if f.Kind != intake.KindUnits {
			continue
		}
		if err := p.reread(); err != nil {
			return err
		}
		if err := p.write("account.manage", "tài khoản của tổ", p.settleTeamAccounts); err != nil {
			return err
		}
	}
	return p.app.DB.Read(p.ctx, func(tx *db.Tx) (err error) {
		p.persons, err = personsByNumber(tx)
		p.residents = len(p.persons)
		return err
	})
}

// bring takes one list in: a commune's police bring their own, the district's police the others.
func (p *player) bring(f village.File) error {
	who := p.who["congan"]
	for _, c := range p.district.Communes {
		if c.Code == f.Unit {
			who = p.who[policeOf(c.Name)]
		}
	}
	in := Bring{Kind: f.Kind, AsOf: f.AsOf}
	if u := p.tree.ByCode(f.Unit); u != nil {
		in.UnitID = u.ID
	}
	b, err := p.app.ImportFile(p.ctx, who, f.Path, in)
	if err != nil {
		return err
	}
	if b.Refused != "" && p.say != nil {
		p.say(f.Name + ": " + b.Refused)
	}
	return nil
}

// tellFacts notes who is abroad, in custody, absent, dead, moved away or hard to reach: asked by the commune's police, approved by
// the chair (law W2); the latest still wait.
func (p *player) tellFacts() error {
	p.at(p.district.Start, 15*time.Hour)
	return p.write("fact.ask", "tình trạng công dân", func(tx *db.Tx) error {
		return p.district.Each(func(x *village.Person) error {
			person, known := p.persons[tx.Keys().Index(x.Number)]
			if x.Fact.Kind == "" || !known || x.Fact.From > demoDay {
				return nil
			}
			commune := p.district.Communes[p.district.Hamlets[x.Hamlet].Commune].Name
			f := people.Fact{Person: person, Kind: x.Fact.Kind, From: x.Fact.From, Evidence: x.Fact.Evidence, Source: people.Police,
				AsOf: tx.Now(), AskedBy: p.who[policeOf(commune)].Account, State: people.Asked}
			if x.Index%11 != 0 || x.Fact.Kind == "hard" {
				f.State, f.ApprovedBy, f.ApprovedAt = people.Approved, p.who[chairOf(commune)].Account, tx.Now()
			}
			return people.AddFact(tx, &f, 0)
		})
	})
}

// week is how often the official systems are asked for an extract.
const week = 7

// playHalf plays the campaign up to the demo's day: what the teams claim, day by day, and the weekly extracts that confirm or
// deny it.
func (p *player) playHalf() error {
	last := p.district.DayNumber(demoDay)
	claims := make([][]coverage.Event, last+1)
	teams, err := p.teams()
	if err != nil {
		return err
	}
	keys := p.app.DB.Keys
	err = p.district.Claims(0, last, func(c village.Claim) error {
		person, known := p.persons[keys.Index(c.Person.Number)]
		if !known {
			return nil
		}
		day := p.district.DayNumber(c.Day)
		hour := 8*time.Hour + time.Duration(c.Person.Index%600)*time.Minute
		if c.Day == demoDay && hour > demoHour {
			return nil // still to come
		}
		at := clock.Stamp(c.Day.Time().Add(hour))
		claims[day] = append(claims[day], coverage.Event{Person: person, Coverage: c.Coverage, State: c.State, Level: coverage.Claimed, Day: c.Day,
			AsOf: at, At: at, Source: people.Field, Team: teams[c.Team]})
		return nil
	})
	if err != nil {
		return err
	}
	lists := filepath.Join(p.dir, listsName)
	since := p.district.Start
	for from := 0; from <= last; from += week {
		until := min(from+week-1, last)
		day := p.district.Start.Add(until)
		p.at(day, 20*time.Hour)
		if day == demoDay {
			p.at(day, demoHour)
		}
		n := 0
		err := p.write("coverage.claim", "các tổ báo cáo đến ngày "+day.Vi(), func(tx *db.Tx) error {
			for d := from; d <= until; d++ {
				n += len(claims[d])
				if err := coverage.Append(tx, claims[d]); err != nil {
					return err
				}
				p.remember(claims[d])
			}
			return nil
		})
		if err != nil {
			return err
		}
		if until == last && until-from < week-1 {
			return nil // the week is not over: its extracts come later
		}
		next := day.Add(1)
		p.at(next, 7*time.Hour)
		files, err := p.district.WriteWeek(lists, since, next)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := p.bring(f); err != nil {
				return err
			}
		}
		since = next
	}
	return nil
}

// teams gives the ids of the district's teams, in the village's order; 0 for one that no list brought.
func (p *player) teams() ([]int64, error) {
	out := make([]int64, len(p.district.Teams))
	err := p.app.DB.Read(p.ctx, func(tx *db.Tx) error {
		byName, err := teamIDs(tx)
		if err != nil {
			return err
		}
		for i := range p.district.Teams {
			t := &p.district.Teams[i]
			code := p.district.Communes[t.Commune].Code
			if t.Hamlet >= 0 {
				code = p.district.Hamlets[t.Hamlet].Code
			}
			if u := p.tree.ByCode(code); u != nil {
				out[i] = byName[teamKey(u.ID, t.Name)]
			}
		}
		return nil
	})
	return out, err
}
