package app

import "bonphu/web"

// desk gives the screens their parts.
func (a *App) desk() (*web.Desk, error) {
	return web.New(web.Config{Door: a.Door, Plan: a.Plan, Figures: a.Figures, Lists: a.Lists, Register: a.Register, Ledger: a.Ledger, Allot: a.Allot, Canvass: a.Canvass, Need: a.Need,
		Reconcile: a.Reconcile, Inspect: a.Inspect, Emulation: a.Emulation, Reports: a.Reports,
		Banner: a.Banner, Clock: a.Clock, Log: a.Log, Secure: a.Secure})
}
