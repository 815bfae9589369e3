package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"bonphu/app"
	"bonphu/core/access"
	"bonphu/core/coverage"
	"bonphu/core/plan"
	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/sheet"
	"bonphu/internal/village"
	"bonphu/oversight/tally"
)

// bench is one run: a district of so many residents, imported once, then asked.
type bench struct {
	ctx       context.Context
	dir       string
	url       string
	residents int
	app       *app.App
	list      string // the register as .xlsx
	units     []int64
	communes  []int64
}

type work struct {
	name   string
	always bool
	run    func(*bench) ([]result, error)
}

var works = []work{
	{"import", true, importAll},
	{"summary", false, summary},
	{"search", false, search},
	{"reports", false, reports},
	{"events", false, events},
	{"phones", false, phones},
}

var root = access.System("đo tốc độ")

// day is when the bench happens: in the middle of the campaign.
var day = time.Date(2024, 5, 23, 8, 0, 0, 0, clock.Zone)

// importAll brings the whole register as one .xlsx through everything: recognising, matching, sealing, ledger, figures.
func importAll(b *bench) ([]result, error) {
	d := village.Build(1, village.Options{Residents: b.residents})
	files, err := d.WriteStart(b.dir, village.RegisterWhole)
	if err != nil {
		return nil, err
	}
	url := b.url
	if url == "" {
		url = filepath.Join(b.dir, "bench.db")
	}
	c := app.AtDatabase(url, true)
	c.KeyFile = filepath.Join(b.dir, "bench.key")
	c.Clock = clock.Fixed(day)
	c.Open = true
	if b.app, err = app.New(b.ctx, c); err != nil {
		return nil, err
	}
	src, err := plan.Shipped("hon-quan-2024.yaml")
	if err != nil {
		return nil, err
	}
	if err := b.app.Begin(b.ctx, root, "hon-quan-2024.yaml", src); err != nil {
		return nil, err
	}
	var took time.Duration
	var peak uint64
	for _, f := range files {
		if f.Kind == "units" {
			if _, err := b.app.ImportFile(b.ctx, root, f.Path, app.Bring{AsOf: f.AsOf}); err != nil {
				return nil, err
			}
		}
		if f.Kind != "register" || b.list != "" {
			continue
		}
		b.list = f.Path
		stop := watch(&peak)
		start := time.Now()
		batch, err := b.app.ImportFile(b.ctx, root, f.Path, app.Bring{AsOf: "2024-04-08"})
		took = time.Since(start)
		stop()
		if err != nil {
			return nil, err
		}
		if batch.Sums.New != int64(b.residents) {
			return nil, fmt.Errorf("%d of %d residents were taken: %s", batch.Sums.New, b.residents, batch.Refused)
		}
	}
	if err := b.app.DB.Read(b.ctx, func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		for _, u := range tree.All() {
			b.units = append(b.units, u.ID)
			if u.Tier == 2 {
				b.communes = append(b.communes, u.ID)
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	scan, err := scanOnly(b.list)
	if err != nil {
		return nil, err
	}
	out := []result{{work: "peak memory of an import", ours: fmt.Sprintf("%d MB", peak>>20), stick: "heap in use", ratio: float64(peak >> 20), limit: memoryLimit(b.residents), unit: "MB", atMost: true}}
	if b.url == "" {
		plain, err := sqliteImport(b)
		if err != nil {
			return nil, err
		}
		out = append(out, result{work: fmt.Sprintf("import of %d rows of .xlsx", b.residents), ours: took.Round(time.Millisecond).String(),
			stick: fmt.Sprintf(".import %v + scan %v", plain.Round(time.Millisecond), scan.Round(time.Millisecond)), ratio: took.Seconds() / (plain + scan).Seconds(), limit: 3, unit: "×", atMost: true})
	} else {
		out = append(out, result{work: fmt.Sprintf("import of %d rows of .xlsx", b.residents), ours: took.Round(time.Millisecond).String(), stick: "rows a second", ratio: float64(b.residents) / took.Seconds(), limit: 5000, unit: "/s"})
	}
	return out, nil
}

// memoryLimit is what an import may hold: 200 MB at 100,000 rows, and never more than the 512 MB that any file may take.
func memoryLimit(rows int) float64 {
	if rows <= 100_000 {
		return 200
	}
	return 512
}

// watch notes the greatest heap in use until stopped.
func watch(peak *uint64) func() {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		t := time.NewTicker(20 * time.Millisecond)
		defer t.Stop()
		var m runtime.MemStats
		for {
			select {
			case <-done:
				return
			case <-t.C:
				runtime.ReadMemStats(&m)
				*peak = max(*peak, m.HeapInuse+m.StackInuse)
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

func scanOnly(path string) (time.Duration, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	start := time.Now()
	book, err := sheet.Open(f, st.Size(), sheet.Options{})
	if err != nil {
		return 0, err
	}
	defer book.Close()
	for i := range book.Sheets() {
		if err := book.Rows(i, func(*sheet.Row) error { return nil }); err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

// sqliteImport has the sqlite3 command bring the same rows into the same tables and indexes.
func sqliteImport(b *bench) (time.Duration, error) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		return 0, errors.New("the sqlite3 command is missing (Debian package sqlite3)")
	}
	from := filepath.Join(b.dir, "bench.db")
	to := filepath.Join(b.dir, "plain.db")
	tables := []string{"person", "person_name", "event", "person_roll"}
	var dump, load strings.Builder
	dump.WriteString(".mode csv\n")
	load.WriteString("PRAGMA journal_mode=wal;\nPRAGMA synchronous=full;\n.mode csv\n")
	for _, t := range tables {
		fmt.Fprintf(&dump, ".once %s\nSELECT * FROM %s;\n", filepath.Join(b.dir, t+".csv"), t)
		fmt.Fprintf(&load, ".import %s %s\n", filepath.Join(b.dir, t+".csv"), t)
	}
	if err := sqlite3(b.ctx, from, dump.String()); err != nil {
		return 0, err
	}
	var schema strings.Builder
	for _, t := range tables {
		text, err := exec.CommandContext(b.ctx, "sqlite3", from, ".schema "+t).Output()
		if err != nil {
			return 0, err
		}
		schema.Write(text)
	}
	if err := sqlite3(b.ctx, to, schema.String()); err != nil {
		return 0, err
	}
	start := time.Now()
	err := sqlite3(b.ctx, to, load.String())
	return time.Since(start), err
}

func sqlite3(ctx context.Context, file, script string) error {
	c := exec.CommandContext(ctx, "sqlite3", file)
	c.Stdin = strings.NewReader(script)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("sqlite3: %w: %.300s", err, out)
	}
	return nil
}

// median runs fn n times and gives the median and the 99th percentile.
func median(n int, fn func(i int) error) (mid, p99 time.Duration, err error) {
	times := make([]time.Duration, n)
	for i := range n {
		start := time.Now()
		if err := fn(i); err != nil {
			return 0, 0, err
		}
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	return times[n/2], times[n*99/100], nil
}

// summary reads the 13 × 4 table: every commune, every target, every level.
func summary(b *bench) ([]result, error) {
	mid, _, err := median(300, func(int) error {
		return b.app.DB.Read(b.ctx, func(tx *db.Tx) error {
			f, err := b.app.Book.On(tx, b.communes, "", "t:")
			if err == nil && f.Get(b.communes[0], "t:cccd:in") == 0 {
				return errors.New("the summary is empty")
			}
			return err
		})
	})
	return []result{{work: "13 × 4 summary", ours: mid.Round(10 * time.Microsecond).String(), stick: "", ratio: ms(mid), limit: 2, unit: "ms", atMost: true}}, err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// search finds people by parts of names without marks.
func search(b *bench) ([]result, error) {
	words := []string{"nguyen thi", "thi hoa", "dieu sa", "van hung", "tran", "ngoc lan", "xuan tu", "khoi", "le van", "thach so"}
	mid, p99, err := median(200, func(i int) error {
		_, err := b.app.Book.Residents(b.ctx, root, tally.Query{Text: words[i%len(words)], Units: b.units, N: 50})
		return err
	})
	return []result{
		{work: "find by part of a name, median", ours: mid.Round(10 * time.Microsecond).String(), ratio: ms(mid), limit: 10, unit: "ms", atMost: true},
		{work: "find by part of a name, p99", ours: p99.Round(10 * time.Microsecond).String(), ratio: ms(p99), limit: 10, unit: "ms", atMost: true},
	}, err
}

// events has 8 clients record claims, each durable and counted when it returns, while the board is read.
func events(b *bench) ([]result, error) {
	var persons []int64
	if err := b.app.DB.Read(b.ctx, func(tx *db.Tx) error {
		return tx.Each("SELECT id FROM person WHERE state='live' ORDER BY id LIMIT 60000", nil, func(scan func(...any) error) error {
			var p int64
			err := scan(&p)
			persons = append(persons, p)
			return err
		})
	}); err != nil {
		return nil, err
	}
	board, err := openBoard(b)
	if err != nil {
		return nil, err
	}
	const clients, span = 8, 6 * time.Second
	var mu sync.Mutex
	var times []time.Duration
	var wg sync.WaitGroup
	var failed error
	stop := time.Now().Add(span)
	start := time.Now()
	for c := range clients {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(9, uint64(c)))
			for time.Now().Before(stop) {
				t := time.Now()
				_, err := b.app.Ledger.Record(b.ctx, root, coverage.Claim{Person: persons[r.IntN(len(persons))], Coverage: "eid", State: "active"})
				mu.Lock()
				times = append(times, time.Since(t))
				if err != nil {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	var reads []time.Duration
	wg.Go(func() {
		for time.Now().Before(stop) {
			t := time.Now()
			if err := board(); err != nil {
				failed = err
			}
			reads = append(reads, time.Since(t))
			time.Sleep(20 * time.Millisecond)
		}
	})
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	one, err := oneWriter(b)
	if err != nil {
		return nil, err
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	slices.Sort(reads)
	rate := float64(len(times)) / time.Since(start).Seconds()
	p99, r99 := times[len(times)*99/100], reads[len(reads)*99/100]
	return []result{
		// 3,000 events a second where one writer with an fsync each does 4,450: two thirds of it, or the 3,000 themselves.
		{work: "8 clients recording, each durable", ours: fmt.Sprintf("%.0f/s", rate), stick: fmt.Sprintf("one bare writer, an fsync each %.0f/s", one), ratio: max(rate/one, rate/3000*0.67), limit: 0.67, unit: "×"},
		{work: "one record, p99", ours: p99.Round(10 * time.Microsecond).String(), ratio: ms(p99), limit: 25, unit: "ms", atMost: true},
		{work: "board page while they record, p99", ours: r99.Round(10 * time.Microsecond).String(), ratio: ms(r99), limit: 50, unit: "ms", atMost: true},
	}, nil
}

// oneWriter is the yardstick of recording: one client that writes one bare row at a time, each on the disk before the next.
func oneWriter(b *bench) (float64, error) {
	url := b.url
	if url == "" {
		url = filepath.Join(b.dir, "one.db")
	}
	d, err := db.Open(b.ctx, url, db.Options{Clock: clock.Fixed(day)})
	if err != nil {
		return 0, err
	}
	defer d.Close()
	if err := d.Migrate(b.ctx); err != nil {
		return 0, err
	}
	start, n := time.Now(), 0
	for time.Since(start) < 2*time.Second {
		if err := d.Write(b.ctx, db.Act{Verb: "bench"}, func(*db.Tx) error { return nil }); err != nil {
			return 0, err
		}
		n++
	}
	return float64(n) / time.Since(start).Seconds(), nil
}
