package web

import (
	"net/url"
	"strconv"

	"bonphu/internal/clock"
	"bonphu/internal/id"
	"bonphu/ops/points"
)

// kitScreen shows the form of one kit.
func (a *Ask) kitScreen(n int64) (*KitSheet, error) {
	s := &KitSheet{Action: pointsHref + "/bo/moi", New: n == 0}
	s.Title, s.Lead = "Thêm bộ thiết bị", "Một bộ thiết bị chỉ ở một nơi trong một lúc; sức thu nhận là số hồ sơ làm được trong một ngày."
	k := points.Kit{Capacity: 60, Staff: 3}
	if scope := a.Who.Scope("points.plan"); len(scope) > 0 {
		k.Unit = scope[0]
		if n != 0 {
			list, err := a.Points.Kits(a.Ctx(), a.Who, scope[0], "")
			if err != nil {
				return nil, err
			}
			k = points.Kit{}
			for _, x := range list {
				if x.ID == n {
					k = x
				}
			}
		}
	}
	if err := a.Who.May("points.plan", k.Unit); err != nil {
		return nil, err
	}
	if n != 0 {
		s.Title, s.Action = k.Name, pointsHref+"/bo/"+id.String(n)
	}
	s.Area, s.Crumbs = pointsHref, []Crumb{{"Điểm thu nhận", pointsHref}, {Title: s.Title}}
	s.Units = a.unitChoices("points.plan", k.Unit)
	s.Form = NewForm(url.Values{"name": {k.Name}, "capacity": {strconv.FormatInt(k.Capacity, 10)}, "staff": {strconv.FormatInt(k.Staff, 10)}, "lat": {coordinateText(k.Lat)}, "lon": {coordinateText(k.Lon)},
		"from": {string(k.From)}, "until": {string(k.Until)}})
	return s, nil
}

func showKit(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	s, err := a.kitScreen(n)
	if err != nil {
		return err
	}
	return a.Show(s)
}

func saveKit(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	k := points.Kit{ID: n, Name: a.Post("name"), From: clock.Day(a.Post("from")), Until: clock.Day(a.Post("until"))}
	u := a.Who.Tree().ByCode(a.Post("don_vi"))
	if u == nil {
		return notHere
	}
	k.Unit = u.ID
	if k.Capacity, err = whole(a.Post("capacity"), "capacity"); err == nil {
		if k.Staff, err = whole(a.Post("staff"), "staff"); err == nil {
			if k.Lat, err = coordinate(a.Post("lat"), "lat"); err == nil {
				k.Lon, err = coordinate(a.Post("lon"), "lon")
			}
		}
	}
	if err == nil {
		_, err = a.Points.SaveKit(a.Ctx(), a.Who, k)
	}
	if err != nil {
		s, bad := a.kitScreen(n)
		if bad != nil {
			return bad
		}
		return Again(s, err)
	}
	return a.Go(pointsHref)
}
