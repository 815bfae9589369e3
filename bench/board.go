package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"bonphu/core/access"
	"bonphu/core/territory"
	"bonphu/internal/db"
)

// openBoard serves the district, signs its leader in, and gives a function that reads the board page whole.
func openBoard(b *bench) (func() error, error) {
	const password = "một mật khẩu để đo"
	err := b.app.DB.Write(b.ctx, root.Act("account.manage", 0, "account", "đo"), func(tx *db.Tx) error {
		tree, err := territory.Load(tx)
		if err != nil {
			return err
		}
		_, err = access.CreateWith(tx, access.Account{Login: "lanhdao", Name: "Lãnh đạo", Grants: []access.Grant{{Role: "district_leader", Unit: tree.ByCode("694").ID}}}, access.Hash(password), false)
		return err
	})
	if err != nil {
		return nil, err
	}
	ready, failed := make(chan string, 1), make(chan error, 1)
	go func() { failed <- b.app.Serve(b.ctx, "127.0.0.1:0", func(at string) { ready <- at }) }()
	var base string
	select {
	case base = <-ready:
	case err := <-failed:
		return nil, err
	}
	if !strings.HasPrefix(base, "http") {
		base = "http://" + base
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar}
	r, err := client.PostForm(base+"/dang-nhap", url.Values{"login": {"lanhdao"}, "password": {password}})
	if err != nil {
		return nil, err
	}
	r.Body.Close()
	return func() error {
		r, err := client.Get(base + "/")
		if err != nil {
			return err
		}
		defer r.Body.Close()
		page, err := io.ReadAll(r.Body)
		if err == nil && r.StatusCode != http.StatusOK {
			err = fmt.Errorf("the board answers %d", r.StatusCode)
		}
		if err == nil && !strings.Contains(string(page), "Bảng điều hành") {
			err = errors.New("that is not the board")
		}
		return err
	}, nil
}
