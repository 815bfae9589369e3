package web

import (
	"bytes"
	"strings"

	"bonphu/internal/docx"
	"bonphu/internal/fault"
	"bonphu/internal/pdf"
)

// posterFile gives the schedule to hang up as a file: .docx to edit, or .pdf where the machine has LibreOffice. It is made at the desk and not
// on the public page, where anybody could have it made over and over.
func posterFile(a *Ask) error {
	kind := a.R.PathValue("kind")
	if kind != "docx" && kind != "pdf" {
		return notHere
	}
	s, _, err := a.schedule(a.Query("xa"), posterKm)
	if err != nil {
		return err
	}
	x := docx.Poster{Large: a.Query("kho") == "a3", Title: "LỊCH LÀM CĂN CƯỚC, ĐỊNH DANH ĐIỆN TỬ", Head: [3]string{"Ngày", "Giờ", "Địa điểm"},
		Note: "Mang theo: CCCD hoặc CMND cũ (nếu có), giấy khai sinh của trẻ, điện thoại và SIM đang dùng. Không thu lệ phí."}
	if s.Near != "" {
		x.Under = s.Near + " và các điểm gần"
	}
	if p := a.plan(); p != nil {
		x.Superior, x.Body = p.Issuer.Body, "CÔNG AN "+strings.ToUpper(p.Place.Name)
	}
	for _, d := range s.Days {
		for _, one := range d.Sessions {
			if one.Gone {
				continue
			}
			place := one.Place + "\n" + one.Unit
			if one.Address != "" {
				place = one.Place + "\n" + one.Address + ", " + one.Unit
			}
			x.Rows = append(x.Rows, [3]string{d.Name, one.Hours, place})
		}
	}
	if len(x.Rows) == 0 {
		return fault.New(fault.Missing, "web.poster_none", "Những ngày tới chưa có buổi nào để in áp phích. Hãy lập lịch trước.")
	}
	var b bytes.Buffer
	if err := docx.WritePoster(&b, x); err != nil {
		return err
	}
	if kind == "docx" {
		a.attach("ap-phich.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
		_, err = a.W.Write(b.Bytes())
		return err
	}
	out, err := pdf.Convert(a.Ctx(), b.Bytes())
	if err != nil {
		return err
	}
	a.attach("ap-phich.pdf", "application/pdf")
	_, err = a.W.Write(out)
	return err
}
