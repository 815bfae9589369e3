package db

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"bonphu/internal/fault"
)

// Act is what a change is called in the trail: who did what, on whom, where, from where (law R2). Nothing personal goes in:
// Object names a row ("person:01h…"), Note holds counts and codes.
type Act struct {
	Verb    string // "coverage.record"
	Who     int64  // account; 0 is the system itself
	WhoName string
	Unit    int64
	Object  string
	Note    string
	From    string // network address or "cli"
}

type job struct {
	ctx  context.Context
	act  *Act
	fn   func(*Tx) error
	done chan error
}

// groupMax bounds how many acts one commit carries.
const groupMax = 128

// Write runs fn in a transaction with its act; when it returns nil the change is on the disk and seen by every reading that
// begins from now on. Acts that wait together are committed together; one that fails takes back only itself.
// fn may be run more than once, so all it leaves behind must be what its last run made.
// fn may set the act's Object and Note through the pointer it closed over when it was given by WriteAct.
func (d *DB) Write(ctx context.Context, act Act, fn func(*Tx) error) error {
	return d.WriteAct(ctx, &act, fn)
}

// WriteAct is Write for acts whose object or note is known only inside fn.
func (d *DB) WriteAct(ctx context.Context, act *Act, fn func(*Tx) error) error {
	if act.Verb == "" {
		return fmt.Errorf("db: a write without an act")
	}
	j := &job{ctx: ctx, act: act, fn: fn, done: make(chan error, 1)}
	select {
	case d.queue <- j:
	case <-d.stop:
		return fault.New(fault.Busy, "db.closing", "Máy chủ đang dừng. Hãy thử lại sau ít phút.")
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-j.done:
		return err
	case <-d.stopped:
		select {
		case err := <-j.done:
			return err
		default:
			return fault.New(fault.Busy, "db.closing", "Máy chủ đang dừng. Hãy thử lại sau ít phút.")
		}
	}
}

// WriteLong is Write in a transaction of its own, for work that takes long: an import, a rebuild.
func (d *DB) WriteLong(ctx context.Context, act *Act, fn func(*Tx) error) error {
	if act.Verb == "" {
		return fmt.Errorf("db: a write without an act")
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed.Load() {
		return fault.New(fault.Busy, "db.closing", "Máy chủ đang dừng. Hãy thử lại sau ít phút.")
	}
	j := &job{ctx: ctx, act: act, fn: fn, done: make(chan error, 1)}
	d.commit([]*job{j})
	return <-j.done
}

// run is the writer: it takes what waits and commits it together.
func (d *DB) run() {
	defer close(d.stopped)
	last := 1
	for {
		var jobs []*job
		select {
		case j := <-d.queue:
			jobs = append(jobs, j)
		case <-d.stop:
			return
		}
		d.gather(last - 1)
		d.writing.Lock()
	more:
		for len(jobs) < groupMax {
			select {
			case j := <-d.queue:
				jobs = append(jobs, j)
			default:
				break more
			}
		}
		last = len(jobs)
		d.commit(jobs)
		d.writing.Unlock()
	}
}

// gatherTurns is how often the writer gives way to those who came along last time: a fraction of a millisecond.
const gatherTurns = 1000

// gather gives acts that are about to arrive a moment: those answered together tend to come again together, and one commit for
// all costs as much as one for the first of them.
func (d *DB) gather(expected int) {
	if expected < 1 {
		return
	}
	for turn := 0; turn < gatherTurns && len(d.queue) < expected; turn++ {
		runtime.Gosched()
	}
}

// commit runs jobs in one transaction and answers each.
func (d *DB) commit(jobs []*job) {
	live := jobs[:0:0]
	for _, j := range jobs {
		if err := j.ctx.Err(); err != nil {
			j.done <- err
			continue
		}
		live = append(live, j)
	}
	if len(live) == 0 {
		return
	}
	failed, err := d.try(live, false)
	if err != nil && len(live) > 1 {
		// One of them failed, which is rare: again, so that it takes back only itself.
		failed, err = d.try(live, true)
	}
	if err != nil && len(live) > 1 {
		// The group as a whole could not be kept: each gets its own chance.
		for _, j := range live {
			_, err := d.try([]*job{j}, false)
			j.done <- err
		}
		return
	}
	for i, j := range live {
		if err == nil && failed[i] != nil {
			j.done <- failed[i]
		} else {
			j.done <- err
		}
	}
}

// try runs the jobs in one transaction. With apart, a job that fails takes back only itself and gets its own error; without, which
// spares the engine a copy of every page, it takes back all. It gives an error for each job that took itself back, or one for all.
func (d *DB) try(jobs []*job, apart bool) (failed []error, err error) {
	ctx := context.Background()
	begin := "BEGIN IMMEDIATE"
	if d.postgres {
		begin = "BEGIN"
	}
	if _, err := d.writer.run(begin); err != nil {
		d.reconnect()
		if _, err = d.writer.c.ExecContext(ctx, begin); err != nil {
			return nil, translate(err)
		}
	}
	all := map[int64]struct{}{}
	var undo []func()
	rollback := func(err error) ([]error, error) {
		for _, fn := range undo {
			fn()
		}
		if _, rerr := d.writer.c.ExecContext(ctx, "ROLLBACK"); rerr != nil {
			d.reconnect()
		}
		return nil, err
	}
	head, err := d.trailHead()
	if err != nil {
		return rollback(err)
	}
	failed = make([]error, len(jobs))
	kept := 0
	for i, j := range jobs {
		if apart {
			if _, err := d.writer.run("SAVEPOINT act"); err != nil {
				return rollback(translate(err))
			}
		}
		before := *head
		tx := &Tx{d: d, c: d.writer, ctx: j.ctx, write: true, last: head}
		err := protect(tx, j.fn)
		if err == nil {
			err = tx.trail(j.act)
		}
		tx.closeRows()
		if err != nil {
			if !apart {
				undo = append(undo, tx.undo...)
				return rollback(err)
			}
			for _, fn := range tx.undo {
				fn()
			}
			*head = before
			if _, err := d.writer.run("ROLLBACK TO SAVEPOINT act"); err != nil {
				return rollback(translate(err))
			}
			failed[i] = err
		} else {
			kept++
			undo = append(undo, tx.undo...)
			for p := range tx.touched {
				all[p] = struct{}{}
			}
		}
		if apart {
			if _, err := d.writer.run("RELEASE SAVEPOINT act"); err != nil {
				return rollback(translate(err))
			}
		}
	}
	if kept > 0 && len(all) > 0 && len(d.hooks) > 0 {
		persons := make([]int64, 0, len(all))
		for p := range all {
			persons = append(persons, p)
		}
		slices.Sort(persons)
		tx := &Tx{d: d, c: d.writer, ctx: ctx, write: true, last: head}
		if len(jobs) == 1 {
			tx.ctx = jobs[0].ctx
		}
		for _, hook := range d.hooks {
			if err := protect(tx, func(tx *Tx) error { return hook(tx, persons) }); err != nil {
				undo = append(undo, tx.undo...)
				tx.closeRows()
				return rollback(err)
			}
		}
		undo = append(undo, tx.undo...)
		tx.closeRows()
	}
	if _, err := d.writer.run("COMMIT"); err != nil {
		return rollback(translate(err))
	}
	return failed, nil
}

// protect turns a panic inside an act into an error, so that one bad act never ends the program.
func protect(tx *Tx, fn func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("db: an act panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(tx)
}

// reconnect replaces the writer's connection after the engine dropped it.
func (d *DB) reconnect() {
	d.writer.close()
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		c, err := d.connect(context.Background())
		if err == nil {
			d.writer = c
			return
		}
		if wait > 3*time.Second {
			return
		}
		time.Sleep(wait)
	}
}
