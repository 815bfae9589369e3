// Package db is the only place that knows a database engine: it opens, migrates, reads and writes.
//
// One SQL text serves SQLite (embedded, the default) and PostgreSQL. All writes go through one queue: acts that wait together
// are committed together (group commit), each with its own trail row (law R2), so there is no write without an act.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver" // the CGO-free SQLite

	"bonphu/internal/clock"
	"bonphu/internal/seal"
)

// Options of Open. Clock is the system's when nil; Keys seal personal numbers.
type Options struct {
	Clock clock.Clock
	Keys  *seal.Keys
	Bulk  bool // much is about to be written: the writer keeps more pages in memory
}

// DB is an open database.
type DB struct {
	Clock clock.Clock
	Keys  *seal.Keys

	postgres bool
	schema   string
	pool     *sql.DB
	readers  chan *conn
	writer   *conn
	writing  sync.Mutex // held by whoever uses writer
	queue    chan *job
	stop     chan struct{}
	stopped  chan struct{}
	closed   atomic.Bool

	hooks []func(*Tx, []int64) error
}

// readerCount is how many readings may run side by side.
const readerCount = 8

// Open opens a database: the path of an SQLite file, or a postgres:// address (with search_path=… to live in a schema).
func Open(ctx context.Context, url string, opt Options) (*DB, error) {
	d := &DB{Clock: opt.Clock, Keys: opt.Keys, readers: make(chan *conn, readerCount),
		queue: make(chan *job, 1024), stop: make(chan struct{}), stopped: make(chan struct{})}
	if d.Clock == nil {
		d.Clock = clock.System
	}
	var err error
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		d.postgres = true
		var cfg *pgx.ConnConfig
		if cfg, err = pgx.ParseConfig(url); err != nil {
			return nil, fmt.Errorf("db: the address cannot be read") // the address may hold a password
		}
		d.schema = cfg.RuntimeParams["search_path"]
		d.pool = stdlib.OpenDB(*cfg)
	} else {
		// WAL: readers never wait for the writer; FULL: a commit is on the disk when it returns.
		d.pool, err = sql.Open("sqlite3", "file:"+uriPath(url)+"?_pragma=busy_timeout(60000)&_pragma=journal_mode(wal)"+
			"&_pragma=wal_autocheckpoint(4000)&_pragma=synchronous(full)&_pragma=foreign_keys(on)&_pragma=temp_store(memory)&_pragma=cache_size(-16000)")
		if err != nil {
			return nil, err
		}
	}
	d.pool.SetMaxOpenConns(readerCount + 1)
	d.pool.SetMaxIdleConns(readerCount + 1)
	if d.writer, err = d.connect(ctx); err != nil {
		d.pool.Close()
		return nil, fmt.Errorf("db: open: %w", err)
	}
	if opt.Bulk && !d.postgres {
		if _, err := d.writer.c.ExecContext(ctx, "PRAGMA cache_size=-262144"); err != nil {
			return nil, translate(err)
		}
	}
	for range readerCount {
		d.readers <- nil // opened when first needed
	}
	go d.run()
	return d, nil
}

// uriPath makes a path safe inside a file: URI.
func uriPath(p string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(p)
}

// Close waits for the writes under way and closes everything.
func (d *DB) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	close(d.stop)
	<-d.stopped
	d.writing.Lock()
	defer d.writing.Unlock()
	d.writer.close()
	for range readerCount {
		if c := <-d.readers; c != nil {
			c.close()
		}
	}
	return d.pool.Close()
}

// Postgres tells which engine it is, for commands that report it.
func (d *DB) Postgres() bool { return d.postgres }

// BeforeCommit registers what must be brought up to date in the same transaction as the change: fn gets the persons that the
// transaction touched (Tx.Touch), in ascending order without repeats.
func (d *DB) BeforeCommit(fn func(*Tx, []int64) error) { d.hooks = append(d.hooks, fn) }

// conn is one connection with its prepared statements.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt
}

func (d *DB) connect(ctx context.Context) (*conn, error) {
	// The limit is a ceiling for hostile growth, not a reservation.
	c, err := d.pool.Conn(sqlite3.WithMaxMemory(ctx, 1<<30))
	if err != nil {
		return nil, err
	}
	return &conn{c: c, stmts: map[string]*sql.Stmt{}}, nil
}

func (c *conn) close() {
	for _, s := range c.stmts {
		s.Close()
	}
	c.c.Close()
}

// maxStatements bounds the prepared statements of one connection; texts made for IN lists come in a few lengths only.
const maxStatements = 400

func (c *conn) prepare(text string) (*sql.Stmt, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		for k, s := range c.stmts {
			s.Close()
			delete(c.stmts, k)
		}
	}
	s, err := c.c.PrepareContext(context.Background(), text)
	if err == nil {
		c.stmts[text] = s
	}
	return s, err
}

// run executes a statement without arguments or rows.
func (c *conn) run(text string) (sql.Result, error) {
	s, err := c.prepare(text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background())
}

// Read runs fn on one consistent picture of the database. Readings do not nest: pass the Tx on.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) (err error) {
	var c *conn
	select {
	case c = <-d.readers:
	case <-ctx.Done():
		return ctx.Err()
	}
	if c == nil {
		if c, err = d.connect(context.WithoutCancel(ctx)); err != nil {
			d.readers <- nil
			return translate(err)
		}
	}
	broken := true
	defer func() {
		if broken {
			c.close()
			c = nil
		}
		d.readers <- c
	}()
	begin := "BEGIN"
	if d.postgres {
		begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	if _, err = c.c.ExecContext(context.Background(), begin); err != nil {
		return translate(err)
	}
	tx := &Tx{d: d, c: c, ctx: ctx}
	err = fn(tx)
	tx.closeRows()
	if _, rerr := c.c.ExecContext(context.Background(), "ROLLBACK"); rerr != nil {
		if err == nil {
			err = rerr
		}
		return translate(err)
	}
	broken = false
	return err
}
