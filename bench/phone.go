package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"bonphu/core/access"
	"bonphu/field"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/id"
)

// The load that is promised: so many phones push so many visits each within five minutes.
const (
	phonesAll    = 1000
	visitsEach   = 100
	pushSize     = 20
	promisedTime = 5 * time.Minute
)

// handset is an enrolled phone and the people of its hamlet.
type handset struct {
	token  string
	people []int64
}

// phones has enrolled phones push visits over real connections: first as fast as they can, then at twice the promised rate, each push due
// at its own instant whether or not the server keeps up. Every visit sent must be kept.
func phones(b *bench) ([]result, error) {
	a := b.app
	side, err := field.New(field.Config{Door: a.Door, Plan: a.Plan, Canvass: a.Canvass, Work: a.Work, Rhythm: a.Rhythm, Obstacles: a.Obstacles, Clock: a.Clock})
	if err != nil {
		return nil, err
	}
	server := httptest.NewServer(side)
	defer server.Close()
	client := server.Client()
	client.Transport.(*http.Transport).MaxIdleConnsPerHost = 256
	sets, err := enrolAll(b)
	if err != nil {
		return nil, err
	}
	var sent atomic.Int64
	push := func(n int) (time.Duration, error) {
		h := &sets[n%len(sets)]
		body, err := h.slips(n)
		if err != nil {
			return 0, err
		}
		start := time.Now()
		q, err := http.NewRequestWithContext(b.ctx, http.MethodPost, server.URL+"/field/api/push", bytes.NewReader(body))
		if err != nil {
			return 0, err
		}
		q.Header.Set("Authorization", "Bearer "+h.token)
		r, err := client.Do(q)
		if err != nil {
			return 0, err
		}
		defer r.Body.Close()
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return 0, err
		}
		if r.StatusCode != http.StatusOK || bytes.Count(text, []byte(`"verdict":"done"`)) != pushSize {
			return 0, fmt.Errorf("a push was answered %d: %.200s", r.StatusCode, text)
		}
		sent.Add(pushSize)
		return time.Since(start), nil
	}

	const fast, clients = 1000, 64 // pushes
	began := time.Now()
	if _, err := spread(clients, fast, nil, push); err != nil {
		return nil, err
	}
	rate := float64(fast*pushSize) / time.Since(began).Seconds()

	const calm, faster = 600, 2
	step := promisedTime / (phonesAll * visitsEach / pushSize) / faster
	began = time.Now()
	times, err := spread(256, calm, func(n int) time.Time { return began.Add(time.Duration(n) * step) }, func(n int) (time.Duration, error) { return push(fast + n) })
	if err != nil {
		return nil, err
	}
	var kept int64
	if err := a.DB.Read(b.ctx, func(tx *db.Tx) error {
		return tx.QueryRow("SELECT CAST(count(*) AS BIGINT) FROM visit WHERE device_id<>0").Scan(&kept)
	}); err != nil {
		return nil, err
	}
	if kept != sent.Load() {
		return nil, fmt.Errorf("%d visits kept of %d sent", kept, sent.Load())
	}
	p50, p99 := times[len(times)/2], times[len(times)*99/100]
	need := phonesAll * visitsEach / promisedTime.Seconds()
	return []result{
		{work: fmt.Sprintf("visits pushed by %d phones", len(sets)), ours: fmt.Sprintf("%d kept of %d", kept, sent.Load()), stick: fmt.Sprintf("%d × %d in %v", phonesAll, visitsEach, promisedTime), ratio: rate, limit: need, unit: "/s"},
		{work: fmt.Sprintf("a push of %d at %d × that rate, p99", pushSize, faster), ours: p99.Round(100 * time.Microsecond).String(), stick: "median " + p50.Round(100*time.Microsecond).String(), ratio: ms(p99), limit: 300, unit: "ms", atMost: true},
	}, nil
}

// spread does n works with some at a time; due says when each is due, and what it waits beyond that counts as its time. It gives the times
// in order.
func spread(some, n int, due func(int) time.Time, do func(int) (time.Duration, error)) ([]time.Duration, error) {
	times := make([]time.Duration, n)
	errs := make([]error, some)
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range some {
		wg.Go(func() {
			for errs[w] == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				var late time.Duration
				if due != nil {
					time.Sleep(time.Until(due(i)))
					late = time.Since(due(i))
				}
				took, err := do(i)
				times[i], errs[w] = took+late, err
			}
		})
	}
	wg.Wait()
	slices.Sort(times)
	return times, errors.Join(errs...)
}

// enrolAll lets the phones in, hamlet by hamlet.
func enrolAll(b *bench) ([]handset, error) {
	tree, err := b.app.Door.Tree(b.ctx)
	if err != nil {
		return nil, err
	}
	who := root.On(tree)
	living := map[int64][]int64{}
	var hamlets []int64
	if err := b.app.DB.Read(b.ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT unit_id, id FROM person WHERE state='live' ORDER BY id", nil, func(scan func(...any) error) error {
			var u, p int64
			err := scan(&u, &p)
			if living[u] == nil {
				hamlets = append(hamlets, u)
			}
			living[u] = append(living[u], p)
			return err
		})
	}); err != nil {
		return nil, err
	}
	sets := make([]handset, phonesAll)
	_, err = spread(64, phonesAll, nil, func(n int) (time.Duration, error) {
		u := hamlets[n%len(hamlets)]
		code, _, err := b.app.Door.IssueEnrol(b.ctx, who, access.Enrol{Team: u, Member: int64(n + 1), Name: fmt.Sprintf("Máy đo %d", n), TeamName: "Tổ đo", Units: []int64{u}})
		if err != nil {
			return 0, err
		}
		in, err := b.app.Door.Enrol(b.ctx, code, 0, "đo", "127.0.0.1")
		if err != nil {
			return 0, err
		}
		sets[n] = handset{in.Token, living[u]}
		return 0, nil
	})
	return sets, err
}

// slips are the visits of one push: each of somebody else of the hamlet, with a claim.
func (h *handset) slips(n int) ([]byte, error) {
	at := clock.Stamp(day.Add(-time.Hour))
	items := make([]map[string]any, pushSize)
	for i := range items {
		p := h.people[(n/phonesAll*pushSize+n%phonesAll*7+i)%len(h.people)]
		items[i] = map[string]any{"id": id.String(id.New()), "kind": "visit", "at": at, "person": id.String(p), "result": "done", "claims": []map[string]string{{"id": id.String(id.New()), "coverage": "eid", "state": "level2"}}}
	}
	return json.Marshal(map[string]any{"v": 1, "sent": clock.Stamp(day), "items": items})
}
