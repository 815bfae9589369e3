package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bonphu/internal/clock"
	"bonphu/internal/db"
	"bonphu/internal/fault"
)

// The files of a campaign's folder.
const (
	databaseName = "bonphu.db"
	keyName      = "bonphu.key"
	demoName     = "demo.json"
)

// demoFile is what a demo folder says about itself: the day it plays, and when it was whole.
type demoFile struct {
	Now       string        `json:"now"` // clock.Stamp of the campaign's present
	Residents int           `json:"residents"`
	Units     int           `json:"units"`
	Accounts  []DemoAccount `json:"accounts"`
	Version   int           `json:"version"` // of the way the demo is built; another version is built anew
}

// AtFolder is the Config of a campaign's folder, which is made, for its owner only, when create is set. A demo folder keeps its
// own time: it goes on from where it was left.
func AtFolder(ctx context.Context, dir string, create bool) (Config, error) {
	c := Config{URL: filepath.Join(dir, databaseName), KeyFile: filepath.Join(dir, keyName), Create: create}
	if create {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return c, noFolder(dir)
		}
		return c, nil
	}
	if _, err := os.Stat(c.URL); err != nil {
		return c, noFolder(dir)
	}
	demo, err := readDemo(dir)
	if err != nil || demo == nil {
		return c, err
	}
	now := clock.ParseStamp(demo.Now)
	if last, err := lastAct(ctx, c.URL); err == nil && last.After(now) {
		now = last
	}
	c.Clock, c.Open = clock.From(now), true
	c.Banner = "Dữ liệu mẫu: không có người thật. Hôm nay trong đợt cao điểm là ngày " + clock.DayOf(now).Vi() + "."
	return c, nil
}

// AtDatabase is the Config of a database given by itself: the key lies beside an SQLite file, and where BONPHU_KEY says, or in the
// present folder, for PostgreSQL.
func AtDatabase(url string, create bool) Config {
	key := strings.TrimSuffix(url, filepath.Ext(url)) + ".key"
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		key = keyName
		if k := os.Getenv("BONPHU_KEY"); k != "" {
			key = k
		}
	} else if filepath.Ext(url) == "" {
		key = url + ".key"
	}
	return Config{URL: url, KeyFile: key, Create: create}
}

// ownFile makes an SQLite file before the engine does, so that only its owner may read it.
func ownFile(url string) error {
	if strings.Contains(url, "://") {
		return nil
	}
	f, err := os.OpenFile(url, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return noFolder(filepath.Dir(url))
	}
	return f.Close()
}

func noFolder(dir string) error {
	return fault.New(fault.Missing, "app.folder", "Thư mục %s không có đợt cao điểm nào, hoặc không được phép đọc, ghi. Hãy kiểm tra --dir, hoặc chạy bonphu init.", dir)
}

func noKey(c Config, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.Missing, "app.key", "Không tìm thấy tệp khóa %s. Thiếu khóa thì không đọc được số định danh đã niêm; hãy chép lại từ bản sao lưu.", filepath.Base(c.KeyFile))
	}
	return fault.New(fault.Missing, "app.key_bad", "Không đọc được tệp khóa %s. Hãy kiểm tra quyền đọc, hoặc chép lại từ bản sao lưu.", filepath.Base(c.KeyFile))
}

func readDemo(dir string) (*demoFile, error) {
	b, err := os.ReadFile(filepath.Join(dir, demoName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var f demoFile
	if err == nil {
		err = json.Unmarshal(b, &f)
	}
	if err != nil || clock.ParseStamp(f.Now).IsZero() {
		return nil, fault.New(fault.Invalid, "app.demo", "Tệp %s hỏng. Hãy xóa thư mục dữ liệu mẫu rồi chạy lại bonphu demo.", demoName)
	}
	return &f, nil
}

// writeDemo is the last thing that building a demo does, so that a folder with this file is whole.
func writeDemo(dir string, f demoFile) error {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(dir, demoName)
	if err := os.WriteFile(path+".new", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// lastAct is when the last act of the trail was done: time in a demo never runs back.
func lastAct(ctx context.Context, url string) (time.Time, error) {
	d, err := db.Open(ctx, url, db.Options{})
	if err != nil {
		return time.Time{}, err
	}
	defer d.Close()
	var at string
	err = d.Read(ctx, func(tx *db.Tx) error { return lastTrail(tx, &at) })
	return clock.ParseStamp(at), err
}
