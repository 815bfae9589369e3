package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"bonphu/internal/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Dialect turns a schema text into the engine's own: the texts are written for both, but for three words that they spell apart.
func (d *DB) dialect(text string) string {
	if d.postgres {
		text = strings.ReplaceAll(text, "/*WITHOUT ROWID*/", "")
		text = regexp.MustCompile(`\bBYTES\b`).ReplaceAllString(text, "BYTEA")
		return regexp.MustCompile(`\bTEXT\b`).ReplaceAllString(text, `TEXT COLLATE "C"`)
	}
	text = strings.ReplaceAll(text, "/*WITHOUT ROWID*/", "WITHOUT ROWID")
	text = regexp.MustCompile(`\bBYTES\b`).ReplaceAllString(text, "BLOB")
	return regexp.MustCompile(`(?m)^(\s*\w+) BIGINT PRIMARY KEY`).ReplaceAllString(text, "$1 INTEGER PRIMARY KEY")
}

// Migrate brings the schema up to this program's: forward only, one transaction each, and refuses a database whose past
// migrations differ from ours or that a newer program has changed.
func (d *DB) Migrate(ctx context.Context) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	c := d.writer.c
	if d.postgres && d.schema != "" {
		if _, err := c.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS "`+strings.ReplaceAll(d.schema, `"`, ``)+`"`); err != nil {
			return translate(err)
		}
	}
	if _, err := c.ExecContext(ctx, d.dialect("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, sum TEXT NOT NULL)")); err != nil {
		return translate(err)
	}
	done := map[string]string{}
	rows, err := c.QueryContext(ctx, "SELECT name, sum FROM migration")
	if err != nil {
		return translate(err)
	}
	for rows.Next() {
		var n, s string
		if err := rows.Scan(&n, &s); err != nil {
			rows.Close()
			return err
		}
		done[n] = s
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return err
	}
	names, err := fs.Glob(schemaFiles, "schema/*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := schemaFiles.ReadFile(name)
		if err != nil {
			return err
		}
		h := sha256.Sum256(b)
		sum := hex.EncodeToString(h[:])
		short := strings.TrimPrefix(name, "schema/")
		if was, ok := done[short]; ok {
			delete(done, short)
			if was != sum {
				return fault.New(fault.Conflict, "db.migration_changed", "Cơ sở dữ liệu này do một bản chương trình khác tạo (bước %s không khớp). Hãy dùng đúng bản đã tạo ra nó.", short)
			}
			continue
		}
		if err := d.migrateOne(ctx, short, sum, d.dialect(string(b))); err != nil {
			return fmt.Errorf("db: migration %s: %w", short, err)
		}
	}
	if len(done) > 0 {
		return fault.New(fault.Conflict, "db.newer", "Cơ sở dữ liệu này đã được một bản chương trình mới hơn nâng cấp. Hãy cập nhật chương trình rồi mở lại.")
	}
	return nil
}

func (d *DB) migrateOne(ctx context.Context, name, sum, text string) error {
	c := d.writer.c
	begin := "BEGIN IMMEDIATE"
	if d.postgres {
		begin = "BEGIN"
	}
	if _, err := c.ExecContext(ctx, begin); err != nil {
		return translate(err)
	}
	err := func() error {
		for _, stmt := range statements(text) {
			if _, err := c.ExecContext(ctx, stmt); err != nil {
				return fmt.Errorf("%w in: %.120s", err, stmt)
			}
		}
		_, err := c.ExecContext(ctx, d.text("INSERT INTO migration(name, sum) VALUES ($1,$2)"), name, sum)
		return err
	}()
	if err != nil {
		_, _ = c.ExecContext(ctx, "ROLLBACK")
		return translate(err)
	}
	_, err = c.ExecContext(ctx, "COMMIT")
	return translate(err)
}

// statements cuts a schema text at the semicolons that end its lines, and drops whole-line comments.
func statements(text string) []string {
	var keep []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			keep = append(keep, line)
		}
	}
	var out []string
	for _, s := range strings.Split(strings.Join(keep, ""), ";\n") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, strings.TrimSuffix(s, ";"))
		}
	}
	return out
}

// DropSchema removes a PostgreSQL schema with all it holds; tests clean up with it.
func (d *DB) DropSchema(ctx context.Context, schema string) error {
	if !d.postgres {
		return nil
	}
	_, err := d.writer.c.ExecContext(ctx, `DROP SCHEMA IF EXISTS "`+strings.ReplaceAll(schema, `"`, ``)+`" CASCADE`)
	return translate(err)
}

// Compact gives back the space of deleted rows and overwrites what stood there, so that nothing erased can be read from the file.
func (d *DB) Compact(ctx context.Context) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	texts := []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"}
	if d.postgres {
		texts = []string{"VACUUM FULL"}
	}
	for _, text := range texts {
		if _, err := d.writer.c.ExecContext(ctx, text); err != nil {
			return translate(err)
		}
	}
	return nil
}
