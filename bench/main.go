// Command bench measures what the first issue promises, in one run, as ratios: each figure beside a yardstick measured on the same
// machine in the same minute, and the limit it must keep. It ends with status 1 when a limit is broken.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
)

// result is one line of the table.
type result struct {
	work   string
	ours   string
	stick  string
	ratio  float64
	limit  float64
	unit   string // "×", "ms", "/s", "MB"
	atMost bool
}

func (r result) ok() bool { return r.atMost && r.ratio <= r.limit || !r.atMost && r.ratio >= r.limit }

func main() {
	residents := flag.Int("residents", 100_000, "how many residents the district has")
	only := flag.String("only", "", "run only the work whose name contains this")
	profile := flag.String("cpuprofile", "", "write a processor profile here")
	url := flag.String("db", "", "a postgres:// address; empty for SQLite in a temporary folder")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			fail(err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			fail(err)
		}
		defer pprof.StopCPUProfile()
	}
	dir, err := os.MkdirTemp("", "bonphu-bench-")
	if err != nil {
		fail(err)
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: context.Background(), dir: dir, residents: *residents, url: *url}
	failed := false
	for _, w := range works {
		if *only != "" && !strings.Contains(w.name, *only) && !w.always {
			continue
		}
		results, err := w.run(b)
		if err != nil {
			os.RemoveAll(dir)
			fail(fmt.Errorf("%s: %w", w.name, err))
		}
		for _, r := range results {
			sign, mark := "≤", "đạt"
			if !r.atMost {
				sign = "≥"
			}
			if !r.ok() {
				mark, failed = "KHÔNG ĐẠT", true
			}
			fmt.Printf("%-44s %-26s %-34s %9.2f %s  (%s %.2f)  %s\n", r.work, r.ours, r.stick, r.ratio, r.unit, sign, r.limit, mark)
		}
	}
	if failed {
		pprof.StopCPUProfile()
		os.RemoveAll(dir)
		os.Exit(1)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
