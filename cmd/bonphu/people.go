package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bonphu/core/access"
	"bonphu/core/people"
	"bonphu/internal/id"
	"bonphu/oversight/tally"
)

// resident is what `bonphu people --json` prints of a person. Numbers are masked unless --reveal was asked for (law R3).
type resident struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Birth     string `json:"birth"`
	Gender    string `json:"gender"`
	Number    string `json:"number"`
	Phone     string `json:"phone"`
	Unit      string `json:"unit"`
	UnitName  string `json:"unit_name"`
	Commune   string `json:"commune"`
	Hamlet    string `json:"hamlet"`
	Address   string `json:"address"`
	Ethnic    string `json:"ethnic"`
	Household string `json:"household"`
	Relation  string `json:"relation"`
	Source    string `json:"source"`
	AsOf      string `json:"as_of"`
}

func newPeople() *cobra.Command {
	var p place
	var unit, text string
	var asJSON, reveal bool
	c := &cobra.Command{
		Use: "people [--db X | --dir D] [--unit MÃ] [--find CHỮ] [--json] [--reveal]", Short: "Liệt kê dân cư; số định danh được che", Args: none,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			a, who, err := p.as(ctx, "people")
			if err != nil {
				return err
			}
			defer a.Close()
			u, err := unitOf(who, unit)
			if err != nil {
				return err
			}
			if u == nil {
				u = who.Tree().Root()
			}
			if u == nil {
				return nil
			}
			out := newLister(c.OutOrStdout(), asJSON)
			q := tally.Query{Units: who.Tree().Descendants(u.ID), Text: text, N: 1000}
			for {
				page, err := a.Book.Residents(ctx, who, q)
				if err != nil {
					return err
				}
				var whole []string
				if reveal && len(page.People) > 0 {
					if whole, err = a.Register.RevealMany(ctx, who, u.ID, page.People); err != nil {
						return err
					}
				}
				for i := range page.People {
					r := residentOf(who, &page.People[i])
					if whole != nil {
						r.Number, r.Phone = whole[i], string(page.People[i].Phone) // the trail row above covers both
					}
					if err := out.put(r); err != nil {
						return err
					}
				}
				if page.Next == "" {
					return out.end()
				}
				q.After = page.Next
			}
		},
	}
	p.flags(c)
	c.Flags().StringVar(&unit, "unit", "", "mã đơn vị")
	c.Flags().StringVar(&text, "find", "", "một phần họ tên không cần dấu, số định danh hoặc số điện thoại")
	c.Flags().BoolVar(&asJSON, "json", false, "in dạng JSON")
	c.Flags().BoolVar(&reveal, "reveal", false, "hiện đủ số định danh, số điện thoại; việc này được ghi nhật ký")
	return c
}

func residentOf(who access.Viewer, p *people.Person) resident {
	r := resident{ID: id.String(p.ID), Name: p.Name, Birth: p.Birth, Gender: p.Gender, Number: p.Number.Mask(), Phone: p.Phone.Mask(), Address: p.Address,
		Ethnic: p.Ethnic, Household: p.House, Relation: p.Relation, Source: people.SourceTitle(p.Source), AsOf: string(people.Day(p.AsOf))}
	t := who.Tree()
	if u := t.ByID(p.Unit); u != nil {
		r.Unit, r.UnitName = u.Code, t.FullName(u.ID)
		if c := t.Commune(u.ID); c != nil {
			r.Commune = c.Name
			if c.ID != u.ID {
				r.Hamlet = u.Title()
			}
		}
	}
	return r
}

// lister writes persons one by one: as a JSON array with a person a line, or as columns.
type lister struct {
	w    io.Writer
	json bool
	n    int
}

func newLister(w io.Writer, asJSON bool) *lister { return &lister{w: w, json: asJSON} }

func (l *lister) put(r resident) error {
	l.n++
	if !l.json {
		_, err := fmt.Fprintf(l.w, "%-28s %-10s %-4s %-14s %-12s %s\n", r.Name, people.BirthTitle(r.Birth), people.GenderTitle(r.Gender), r.Number, r.Phone, r.UnitName)
		return err
	}
	before := ",\n"
	if l.n == 1 {
		before = "[\n"
	}
	if _, err := io.WriteString(l.w, before); err != nil {
		return err
	}
	b, err := compact(r)
	if err != nil {
		return err
	}
	_, err = l.w.Write(b)
	return err
}

func (l *lister) end() error {
	if !l.json {
		return nil
	}
	text := "\n]\n"
	if l.n == 0 {
		text = "[]\n"
	}
	_, err := io.WriteString(l.w, text)
	return err
}
