package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"

	"bonphu/internal/fault"
)

// Duplicate says that a row with the same key is there already.
type Duplicate struct{ Cause error }

func (e *Duplicate) Error() string { return "db: duplicate: " + e.Cause.Error() }
func (e *Duplicate) Unwrap() error { return e.Cause }

// IsDuplicate tells whether err is a Duplicate.
func IsDuplicate(err error) bool {
	var d *Duplicate
	return errors.As(err, &d)
}

// translate gives the engines' errors one meaning, by code and never by text.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg):
		switch pg.Code {
		case "23505":
			return &Duplicate{err}
		case "40001", "40P01", "55P03", "57P03":
			return busy(err)
		}
	case errors.Is(err, sqlite3.CONSTRAINT_UNIQUE), errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY):
		return &Duplicate{err}
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return busy(err)
	}
	return err
}

func busy(cause error) error {
	return errors.Join(fault.New(fault.Busy, "db.busy", "Máy chủ đang bận ghi một danh sách lớn. Hãy thử lại sau ít phút; chưa có gì bị mất."), cause)
}
