package app

import "bonphu/web"

// desk gives the screens their parts.
func (a *App) desk() (*web.Desk, error) {
	return web.New(web.Config{Door: a.Door, Plan: a.Plan, Banner: a.Banner, Clock: a.Clock, Log: a.Log, Secure: a.Secure})
}
