package report

import (
	"bytes"
	"context"

	"bonphu/core/access"
	"bonphu/internal/db"
	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/internal/id"
)

// formKinds are the kinds of documents that an office may have its own layout for; a certificate has one look.
var formKinds = map[docx.Kind]bool{docx.Report: true, docx.Plan: true, docx.Notice: true, docx.Proposal: true, docx.Decision: true, docx.Invitation: true, docx.Letter: true}

// FormKind checks the kind of a layout, as symbols write it: BC, KH, TB, TTr, QĐ, GM, CV.
func FormKind(kind string) (docx.Kind, error) {
	if k := docx.Kind(kind); formKinds[k] {
		return k, nil
	}
	return "", fault.New(fault.Invalid, "report.form_kind", "Loại văn bản phải là BC, KH, TB, TTr, QĐ, GM hoặc CV.").On("kind")
}

// KeepForm takes an office's own layout into use for a kind of document, for the unit and what lies under it; the one before is kept
// but no longer used. A layout that cannot be filled in is refused with the place. (law D3)
func (k *Desk) KeepForm(ctx context.Context, who access.Viewer, unit int64, kind, name string, body []byte) error {
	if err := who.May(VerbWrite, unit); err != nil {
		return err
	}
	if _, err := FormKind(kind); err != nil {
		return err
	}
	if _, err := docx.OpenForm(bytes.NewReader(body), int64(len(body))); err != nil {
		return err
	}
	return k.DB.Write(ctx, who.Act(VerbWrite, unit, "form:"+kind, "keep"), func(tx *db.Tx) error {
		if _, err := withdrawForms(tx, unit, kind); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO document_form(id, unit_id, kind, name, body, who_name, at, withdrawn_at) VALUES ($1,$2,$3,$4,$5,$6,$7,'')", id.New(), unit, kind, name, body, who.Name, tx.Now())
		return err
	})
}

// DropForm takes a unit's own layout out of use: the nearest above is used again, or the shipped one.
func (k *Desk) DropForm(ctx context.Context, who access.Viewer, unit int64, kind string) error {
	if err := who.May(VerbWrite, unit); err != nil {
		return err
	}
	if _, err := FormKind(kind); err != nil {
		return err
	}
	return k.DB.Write(ctx, who.Act(VerbWrite, unit, "form:"+kind, "drop"), func(tx *db.Tx) error {
		n, err := withdrawForms(tx, unit, kind)
		if err == nil && n == 0 {
			return fault.New(fault.Missing, "report.form_none", "Đơn vị này không có mẫu riêng cho loại văn bản đó.")
		}
		return err
	})
}

func withdrawForms(tx *db.Tx, unit int64, kind string) (int64, error) {
	return tx.Exec("UPDATE document_form SET withdrawn_at=$1 WHERE unit_id=$2 AND kind=$3 AND withdrawn_at=''", tx.Now(), unit, kind)
}
