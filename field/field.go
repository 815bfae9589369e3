// Package field is the phone (laws O1–O3): it gives a phone its app, its holder's part of the register, and takes what was recorded
// at the door. The app itself is TypeScript under app/.
package field

import (
	"log/slog"
	"net/http"

	"bonphu/core/access"
	"bonphu/core/plan"
	"bonphu/internal/clock"
	"bonphu/ops/allotment"
	"bonphu/ops/canvass"
	"bonphu/ops/obstacles"
	"bonphu/oversight/rhythm"
	"bonphu/oversight/worklist"
)

// Config is what the phone's side stands on.
type Config struct {
	Door      *access.Door
	Plan      func() *plan.Plan
	Canvass   *canvass.Book
	Work      *worklist.Book
	Rhythm    *rhythm.Book
	Allot     *allotment.Book
	Obstacles *obstacles.Book
	Clock     clock.Clock
	Log       *slog.Logger
	Banner    string
}

// New gives the handler of everything under /field/.
func New(c Config) (http.Handler, error) {
	mux := http.NewServeMux()
	return mux, nil
}
