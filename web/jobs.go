package web

import (
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"bonphu/internal/fault"
)

// jobs is the work on lists that goes on after the answer was sent, one a list.
type jobs struct {
	mu   sync.Mutex
	list map[int64]*job
}

type job struct {
	title string
	of    int64
	done  atomic.Int64
	over  atomic.Bool
	err   error // read after over
}

// start begins work on a list; a list that is being worked on is refused.
func (j *jobs) start(d *Desk, batch int64, title string, of int64, work func(progress func(int64)) error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if now := j.list[batch]; now != nil && !now.over.Load() {
		return fault.New(fault.Conflict, "web.job_running", "Danh sách này đang được xử lý. Hãy chờ xong rồi làm tiếp.")
	}
	if j.list == nil {
		j.list = map[int64]*job{}
	}
	for k, old := range j.list {
		if len(j.list) > 200 && old.over.Load() {
			delete(j.list, k)
		}
	}
	w := &job{title: title, of: of}
	j.list[batch] = w
	go func() {
		defer func() {
			if p := recover(); p != nil {
				w.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
			if _, told := fault.As(w.err); w.err != nil && !told {
				code := incidentCode()
				d.Log.Error("desk: incident", "code", code, "work", title, "cause", maskDigits(w.err.Error()))
				w.err = fault.New(fault.Busy, "web.job_failed", "Có lỗi ở máy chủ khi xử lý danh sách; chưa có gì được ghi. Hãy thử lại; nếu vẫn gặp, báo mã %s.", code)
			}
			w.over.Store(true)
		}()
		w.err = work(func(n int64) { w.done.Store(n) })
	}()
	return nil
}

// of gives the work on a list; nil when there is none. Work that is over is told once.
func (j *jobs) of(batch int64) (view JobView, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	w := j.list[batch]
	if w == nil {
		return JobView{}, nil
	}
	if w.over.Load() {
		delete(j.list, batch)
		return JobView{}, w.err
	}
	return JobView{Running: true, Title: w.title, Done: w.done.Load(), Of: w.of}, nil
}
