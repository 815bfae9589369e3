package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"bonphu/internal/clock"
	"bonphu/internal/seal"
)

// Tx is one transaction, reading or writing. It belongs to one goroutine.
type Tx struct {
	d       *DB
	c       *conn
	ctx     context.Context
	write   bool
	touched map[int64]struct{}
	rows    []*sql.Rows
	last    *trailHead
	undo    []func()
}

// Now is the present instant as the database keeps it.
func (tx *Tx) Now() string { return clock.Stamp(tx.d.Clock()) }

// Today is the present day in Vietnam.
func (tx *Tx) Today() clock.Day { return clock.DayOf(tx.d.Clock()) }

// Keys seal and open personal numbers.
func (tx *Tx) Keys() *seal.Keys { return tx.d.Keys }

// Context is the asker's: long work looks at it between rows.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Touch says that this person's standing must be told anew before the commit.
func (tx *Tx) Touch(person int64) {
	if tx.touched == nil {
		tx.touched = map[int64]struct{}{}
	}
	tx.touched[person] = struct{}{}
}

// OnRollback registers what must be forgotten (a cache entry, say) should this act not be kept.
func (tx *Tx) OnRollback(fn func()) { tx.undo = append(tx.undo, fn) }

var texts sync.Map // SQL as written → SQL as the engine wants it

// text turns $n into ?n for SQLite, where $n is a name and not a number.
func (d *DB) text(q string) string {
	if d.postgres {
		return q
	}
	if t, ok := texts.Load(q); ok {
		return t.(string)
	}
	b := []byte(q)
	quoted := false
	for i := range b {
		switch {
		case b[i] == '\'':
			quoted = !quoted
		case b[i] == '$' && !quoted && i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9':
			b[i] = '?'
		}
	}
	t := string(b)
	texts.Store(q, t)
	return t
}

// Exec changes rows and tells how many.
func (tx *Tx) Exec(q string, args ...any) (int64, error) {
	if !tx.write {
		return 0, fmt.Errorf("db: a reading transaction cannot write")
	}
	s, err := tx.c.prepare(tx.d.text(q))
	if err != nil {
		return 0, translate(err)
	}
	res, err := s.ExecContext(context.Background(), args...)
	if err != nil {
		return 0, translate(err)
	}
	return res.RowsAffected()
}

// Query reads rows; they are closed at the end of the transaction if the caller forgets.
func (tx *Tx) Query(q string, args ...any) (*sql.Rows, error) {
	s, err := tx.c.prepare(tx.d.text(q))
	if err != nil {
		return nil, translate(err)
	}
	rows, err := s.QueryContext(context.Background(), args...)
	if err != nil {
		return nil, translate(err)
	}
	if len(tx.rows) > 64 {
		tx.rows = tx.rows[:0]
	}
	tx.rows = append(tx.rows, rows)
	return rows, nil
}

// QueryRow reads one row; Scan gives sql.ErrNoRows when there is none.
func (tx *Tx) QueryRow(q string, args ...any) *sql.Row {
	s, err := tx.c.prepare(tx.d.text(q))
	if err != nil {
		return tx.c.c.QueryRowContext(context.Background(), tx.d.text(q), args...) // gives the same error from Scan
	}
	return s.QueryRowContext(context.Background(), args...)
}

// Each runs a query and calls fn for each row, with scan to read it.
func (tx *Tx) Each(q string, args []any, fn func(scan func(...any) error) error) error {
	rows, err := tx.Query(q, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}

func (tx *Tx) closeRows() {
	for _, r := range tx.rows {
		r.Close()
	}
	tx.rows = nil
}

// In spells n placeholders from $from on: "$3,$4,$5".
func (tx *Tx) In(n, from int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(from + i))
	}
	return b.String()
}

// inSize is how many keys one IN list carries.
const inSize = 500

// EachIn runs a query for many keys: text holds IN (%s) where the keys go, args are what its $1, $2 … stand for before them. Long
// lists are asked in parts, and each part is filled up to one of a few lengths, so that few statements are prepared.
func (tx *Tx) EachIn(text string, args []any, keys []int64, fn func(scan func(...any) error) error) error {
	for len(keys) > 0 {
		n := min(len(keys), inSize)
		size := 1
		for size < n {
			size *= 4
		}
		size = min(size, inSize)
		all := append(make([]any, 0, len(args)+size), args...)
		for i := range size {
			all = append(all, keys[min(i, n-1)])
		}
		keys = keys[n:]
		if err := tx.Each(strings.Replace(text, "%s", tx.In(size, len(args)+1), 1), all, fn); err != nil {
			return err
		}
	}
	return nil
}

// Upsert inserts rows, many a statement, so that a server a wire away is asked a few times and not hundreds. values holds the rows one
// after another; conflict is the clause for those that are there: "ON CONFLICT (…) DO …".
func (tx *Tx) Upsert(table string, cols []string, conflict string, values []any) error {
	k := len(cols)
	for _, rows := range []int{64, 16, 8, 4, 2, 1} {
		for len(values) >= rows*k {
			var b strings.Builder
			for r := range rows {
				if r > 0 {
					b.WriteByte(',')
				}
				b.WriteString("(" + tx.In(k, r*k+1) + ")")
			}
			if _, err := tx.Exec("INSERT INTO "+table+"("+strings.Join(cols, ",")+") VALUES "+b.String()+" "+conflict, values[:rows*k]...); err != nil {
				return err
			}
			values = values[rows*k:]
		}
	}
	return nil
}

// Bulk inserts many rows the quickest way the engine has: a prepared statement on SQLite, COPY on PostgreSQL. next gives the
// rows, whose slice it may use again, until it says false.
func (tx *Tx) Bulk(table string, cols []string, next func() ([]any, bool)) (int64, error) {
	if !tx.write {
		return 0, fmt.Errorf("db: a reading transaction cannot write")
	}
	if tx.d.postgres {
		// COPY asks several times before the first row, which a handful of rows does not pay.
		var few [][]any
		for row, ok := next(); ok; row, ok = next() {
			if few = append(few, slices.Clone(row)); len(few) == copyFrom {
				return tx.copy(table, cols, few, next)
			}
		}
		return tx.insert(table, cols, func() ([]any, bool) {
			if len(few) == 0 {
				return nil, false
			}
			row := few[0]
			few = few[1:]
			return row, true
		})
	}
	return tx.insert(table, cols, next)
}

// copyFrom is how many rows make COPY worth while.
const copyFrom = 8

// copy brings rows by PostgreSQL's COPY: those already taken, then the rest.
func (tx *Tx) copy(table string, cols []string, taken [][]any, next func() ([]any, bool)) (int64, error) {
	rest := func() ([]any, bool) {
		if len(taken) > 0 {
			row := taken[0]
			taken = taken[1:]
			return row, true
		}
		return next()
	}
	var n int64
	err := tx.c.c.Raw(func(dc any) error {
		var err error
		n, err = dc.(*stdlib.Conn).Conn().CopyFrom(context.Background(), pgx.Identifier{table}, cols, &source{next: rest})
		return err
	})
	return n, translate(err)
}

// insert brings rows by one prepared statement.
func (tx *Tx) insert(table string, cols []string, next func() ([]any, bool)) (int64, error) {
	s, err := tx.c.prepare(tx.d.text("INSERT INTO " + table + "(" + strings.Join(cols, ",") + ") VALUES (" + tx.In(len(cols), 1) + ")"))
	if err != nil {
		return 0, translate(err)
	}
	var n int64
	for row, ok := next(); ok; row, ok = next() {
		if _, err := s.ExecContext(context.Background(), row...); err != nil {
			return n, translate(err)
		}
		n++
	}
	return n, nil
}

// source hands Bulk's rows to pgx.
type source struct {
	next func() ([]any, bool)
	row  []any
}

func (s *source) Next() bool {
	row, ok := s.next()
	s.row = row
	return ok
}
func (s *source) Values() ([]any, error) { return s.row, nil }
func (s *source) Err() error             { return nil }
