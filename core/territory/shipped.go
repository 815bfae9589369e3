package territory

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"bonphu/internal/clock"
)

//go:embed shipped/units.csv
var shippedUnits string

//go:embed shipped/reform-2025.csv
var shippedReform string

// ShippedUnit is a unit of a shipped file with its parent's code ("" at the top).
type ShippedUnit struct {
	Unit
	ParentCode string
}

// Shipped gives the units that come with the program, parents first: Bình Phước, Hớn Quản and its 13 communes with their official
// codes as they were in the campaign. Hamlets are not shipped: their names are not in our sources.
func Shipped() ([]ShippedUnit, error) {
	rows, err := readShipped(shippedUnits)
	if err != nil {
		return nil, err
	}
	tier := map[string]int{}
	var out []ShippedUnit
	for _, f := range rows[1:] {
		u := ShippedUnit{ParentCode: f[3]}
		u.Code, u.Kind, u.Name = f[0], f[1], f[2]
		if u.ParentCode != "" {
			up, ok := tier[u.ParentCode]
			if !ok {
				return nil, fmt.Errorf("territory: shipped unit %s stands before its parent %s", u.Code, u.ParentCode)
			}
			u.Tier = up + 1
		}
		tier[u.Code] = u.Tier
		u.Lat, _ = strconv.ParseFloat(f[4], 64)
		u.Lon, _ = strconv.ParseFloat(f[5], 64)
		u.From, u.Until = clock.Day(f[6]), clock.Day(f[7])
		out = append(out, u)
	}
	return out, nil
}

// Reform is a set of mergers of one day (law T2).
type Reform struct {
	Day   clock.Day
	Basis string
	Units []ShippedUnit // the units that begin on the day
	Into  [][2]string   // codes: what was the first is part of the second from the day on
	Ended []string      // codes of units that end without a successor being told
}

// Reform2025 is the reform of 01/7/2025 as far as our sources tell it. Where Thanh Bình went is not told, nor is the district's
// figure one unit's any more.
func Reform2025() (Reform, error) {
	r := Reform{Day: "2025-07-01", Basis: "Sắp xếp đơn vị hành chính ngày 01/7/2025"}
	rows, err := readShipped(shippedReform)
	if err != nil {
		return r, err
	}
	for _, f := range rows {
		switch {
		case f[0] == "unit" && len(f) == 6:
			tier, err := strconv.Atoi(f[4])
			if err != nil {
				return r, fmt.Errorf("territory: reform: tier of %s: %w", f[1], err)
			}
			u := ShippedUnit{Unit: Unit{Code: f[1], Kind: f[2], Name: f[3], Tier: tier}, ParentCode: f[5]}
			if tier > TierProvince { // the province is older than the day; its communes begin on it
				u.From = r.Day
			}
			r.Units = append(r.Units, u)
		case f[0] == "into" && len(f) == 3:
			r.Into = append(r.Into, [2]string{f[1], f[2]})
		case f[0] == "end" && len(f) == 2:
			r.Ended = append(r.Ended, f[1])
		default:
			return r, fmt.Errorf("territory: reform: line %q", strings.Join(f, ";"))
		}
	}
	return r, nil
}

func readShipped(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.Comment, r.FieldsPerRecord = ';', '#', -1
	return r.ReadAll()
}
