package app

import (
	"net/http"

	"bonphu/field"
	"bonphu/web"
)

// desk gives the screens their parts.
func (a *App) desk() (*web.Desk, error) {
	phone, err := a.phone()
	if err != nil {
		return nil, err
	}
	return web.New(web.Config{Door: a.Door, Plan: a.Plan, Figures: a.Figures, Lists: a.Lists, Register: a.Register, Ledger: a.Ledger, Allot: a.Allot, Canvass: a.Canvass, Need: a.Need,
		Reconcile: a.Reconcile, Inspect: a.Inspect, Emulation: a.Emulation, Reports: a.Reports,
		Work: a.Work, Rhythm: a.Rhythm, Officials: a.Officials, Obstacles: a.Obstacles, Points: a.Points, Dossiers: a.Dossiers, Field: phone,
		Duties: a.Duties, Aid: a.Aid, Outreach: a.Outreach, Budget: a.Budget, LocalPlans: a.LocalPlans, Lead: a.Lead, Letters: a.Post,
		Banner: a.Banner, Clock: a.Clock, Log: a.Log, Secure: a.Secure})
}

// phone gives the handler of /field/.
func (a *App) phone() (http.Handler, error) {
	return field.New(field.Config{Door: a.Door, Plan: a.Plan, Canvass: a.Canvass, Work: a.Work, Rhythm: a.Rhythm, Obstacles: a.Obstacles, Points: a.Points,
		Clock: a.Clock, Log: a.Log, Secure: a.Secure, Simulated: a.Banner != ""})
}
