// Package pdf makes PDF of official documents by LibreOffice, where the machine has it.
package pdf

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"bonphu/internal/fault"
)

// patience is how long one document may take.
const patience = 60 * time.Second

// one lets one conversion run at a time: LibreOffice wants a whole core and some hundred megabytes.
var one = make(chan struct{}, 1)

// program finds LibreOffice; "" when there is none.
func program() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// Present tells whether PDF can be made here.
func Present() bool { return program() != "" }

// Convert makes a PDF of a .docx. Without LibreOffice it is a fault of the kind Missing.
func Convert(ctx context.Context, docx []byte) ([]byte, error) {
	path := program()
	if path == "" {
		return nil, fault.New(fault.Missing, "pdf.no_office", "Máy chủ chưa có LibreOffice nên không xuất được PDF. Hãy tải tệp .docx rồi lưu thành PDF, hoặc cài gói libreoffice-writer-nogui.")
	}
	select {
	case one <- struct{}{}:
		defer func() { <-one }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	dir, err := os.MkdirTemp("", "bonphu-pdf-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "a.docx"), docx, 0o600); err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	cmd := exec.CommandContext(ctx, path, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to", "pdf:writer_pdf_Export", "--outdir", dir, filepath.Join(dir, "a.docx"))
	cmd.Env = append(os.Environ(), "HOME="+dir)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	_ = cmd.Run()
	out, err := os.ReadFile(filepath.Join(dir, "a.pdf"))
	if err != nil || !bytes.HasPrefix(out, []byte("%PDF")) {
		return nil, fault.New(fault.Busy, "pdf.failed", "LibreOffice không xuất được PDF lúc này. Hãy thử lại, hoặc tải tệp .docx.")
	}
	return out, nil
}
