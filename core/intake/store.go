package intake

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// Tx is the transaction a run works in.
type Tx = db.Tx

// DB is the database the Desk works on.
type DB = db.DB

// chunkBytes is how much of a file one sealed chunk holds.
const chunkBytes = 1 << 20

// sum gives the SHA-256 of a file, in hex.
func sum(r io.ReaderAt, size int64) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// saveFile seals the file unless the same content is kept already (law F3).
func (k *Desk) saveFile(ctx context.Context, who access.Viewer, b *Batch, content io.ReaderAt) error {
	act := who.Act(VerbBring, b.UnitID, "file:"+b.SHA[:16], "")
	return k.DB.WriteLong(ctx, &act, func(tx *Tx) error {
		err := tx.QueryRow("SELECT id FROM file WHERE sha=$1 ORDER BY id LIMIT 1", b.SHA).Scan(&b.FileID)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		b.FileID = id.New()
		if _, err := tx.Exec("INSERT INTO file(id, sha, name, size, at, who) VALUES ($1,$2,$3,$4,$5,$6)", b.FileID, b.SHA, b.FileName, b.Size, tx.Now(), who.Account); err != nil {
			return err
		}
		buf := make([]byte, chunkBytes)
		for n := int64(0); n*chunkBytes < b.Size; n++ {
			part := buf[:min(chunkBytes, b.Size-n*chunkBytes)]
			if _, err := content.ReadAt(part, n*chunkBytes); err != nil && err != io.EOF {
				return err
			}
			if _, err := tx.Exec("INSERT INTO file_chunk(file_id, n, sealed) VALUES ($1,$2,$3)", b.FileID, n, tx.Keys().SealBytes(part)); err != nil {
				return err
			}
		}
		return nil
	})
}

// content opens a kept file for reading at any place.
func (k *Desk) content(ctx context.Context, b *Batch) (io.ReaderAt, error) {
	return &kept{ctx: ctx, d: k.DB, file: b.FileID, size: b.Size, have: map[int64][]byte{}}, nil
}

// kept reads a sealed file, keeping a few opened chunks.
type kept struct {
	ctx   context.Context
	d     *DB
	file  int64
	size  int64
	mu    sync.Mutex
	have  map[int64][]byte
	order []int64
}

const keptChunks = 16

// ReadAt implements io.ReaderAt.
func (f *kept) ReadAt(p []byte, off int64) (int, error) {
	done := 0
	for done < len(p) && off < f.size {
		part, err := f.chunk(off / chunkBytes)
		if err != nil {
			return done, err
		}
		from := off % chunkBytes
		if from >= int64(len(part)) {
			return done, io.ErrUnexpectedEOF
		}
		n := copy(p[done:], part[from:])
		done, off = done+n, off+int64(n)
	}
	if done < len(p) {
		return done, io.EOF
	}
	return done, nil
}

func (f *kept) chunk(n int64) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if b, ok := f.have[n]; ok {
		return b, nil
	}
	var plain []byte
	err := f.d.Read(f.ctx, func(tx *Tx) error {
		var sealed []byte
		if err := tx.QueryRow("SELECT sealed FROM file_chunk WHERE file_id=$1 AND n=$2", f.file, n).Scan(&sealed); err != nil {
			return err
		}
		var err error
		plain, err = tx.Keys().OpenBytes(sealed)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(f.order) >= keptChunks {
		delete(f.have, f.order[0])
		f.order = f.order[1:]
	}
	f.have[n], f.order = plain, append(f.order, n)
	return plain, nil
}

// Download writes a batch's file as it was brought.
func (k *Desk) Download(ctx context.Context, who access.Viewer, batch int64, w io.Writer) error {
	b, err := k.Get(ctx, who, batch)
	if err != nil {
		return err
	}
	act := who.Act("people.export", b.UnitID, "batch:"+id.String(b.ID), "tệp gốc")
	if err := who.May("people.export", b.UnitID); err != nil {
		return err
	}
	if err := k.DB.WriteAct(ctx, &act, func(*Tx) error { return nil }); err != nil {
		return err
	}
	content, err := k.content(ctx, b)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, io.NewSectionReader(content, 0, b.Size))
	return err
}

// remembered gives the mapping kept for lists with the same headings; nil when there is none.
func (k *Desk) remembered(ctx context.Context, key string) (map[string]Field, error) {
	var text string
	err := k.DB.Read(ctx, func(tx *Tx) error {
		err := tx.QueryRow("SELECT mapping FROM mapping WHERE source_key=$1", key).Scan(&text)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || text == "" {
		return nil, err
	}
	var m map[string]Field
	return m, json.Unmarshal([]byte(text), &m)
}

func (k *Desk) remember(ctx context.Context, who access.Viewer, b *Batch) error {
	text, err := json.Marshal(b.Mapping)
	if err != nil {
		return err
	}
	act := who.Act(VerbBring, b.UnitID, "mapping:"+b.SourceKey, b.Kind)
	return k.DB.WriteAct(ctx, &act, func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO mapping(source_key, kind, mapping, who, at) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (source_key) DO UPDATE SET kind=excluded.kind, mapping=excluded.mapping, who=excluded.who, at=excluded.at`, b.SourceKey, b.Kind, string(text), who.Account, tx.Now())
		return err
	})
}

// lastAnswer gives what was answered for lists with the same headings and kind: full or partial. A confirmed drop is asked for again.
func (k *Desk) lastAnswer(ctx context.Context, key, kind string) (Complete, error) {
	c := NotAsked
	err := k.DB.Read(ctx, func(tx *Tx) error {
		err := tx.QueryRow("SELECT complete FROM mapping WHERE source_key=$1 AND kind=$2", key, kind).Scan(&c)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return c, err
}

// rememberAnswer keeps the answer for the source.
func (k *Desk) rememberAnswer(ctx context.Context, who access.Viewer, b *Batch) error {
	answer := b.Complete
	if answer == Sure {
		answer = Full
	}
	if answer == NotAsked || b.SourceKey == "" {
		return nil
	}
	act := who.Act(VerbBring, b.UnitID, "mapping:"+b.SourceKey, b.Kind)
	return k.DB.WriteAct(ctx, &act, func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO mapping(source_key, kind, mapping, who, at, complete) VALUES ($1,$2,'',$3,$4,$5)
			ON CONFLICT (source_key) DO UPDATE SET kind=excluded.kind, complete=excluded.complete, who=excluded.who, at=excluded.at`, b.SourceKey, b.Kind, who.Account, tx.Now(), string(answer))
		return err
	})
}

// missingBatch is the fault for a batch that is not there.
func missingBatch() error {
	return fault.New(fault.Missing, "intake.missing", "Không có lượt nhập này; có thể đường dẫn đã cũ.")
}
