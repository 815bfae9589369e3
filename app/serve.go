package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"bonphu/internal/fault"
)

// Serve opens the desk at addr until ctx ends; ready is told the address once it answers. Requests under way get half a minute
// to end.
func (a *App) Serve(ctx context.Context, addr string, ready func(at string)) error {
	desk, err := a.desk()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fault.New(fault.Busy, "app.addr", "Không mở được địa chỉ %s: có thể một chương trình khác đang dùng cổng này. Hãy chọn cổng khác bằng --addr.", addr)
	}
	server := desk.Server(addr)
	work, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.nightly(work)
	}()
	posted := make(chan struct{})
	go func() {
		defer close(posted)
		a.postman(work)
	}()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	if ready != nil {
		ready("http://" + l.Addr().String())
	}
	select {
	case err = <-ended:
	case <-ctx.Done():
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		err = server.Shutdown(patience)
	}
	stop()
	<-done
	<-posted
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}
