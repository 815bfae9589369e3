package outreach

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bonphu/internal/attach"
	"bonphu/internal/vn"
)

// States of a text of the library.
const (
	Draft     = "draft"
	Submitted = "submitted"
	Approved  = "approved"
	Withdrawn = "withdrawn"
)

// ContentKind is a kind of text.
type ContentKind struct{ ID, Title string }

// ContentKinds are the kinds of texts that the library holds.
var ContentKinds = []ContentKind{{"loa", "Bài loa"}, {"bai_dang", "Bài đăng"}, {"to_roi", "Tờ rơi"}, {"hoi_dap", "Hỏi đáp"}, {"huong_dan", "Hướng dẫn VNeID"}, {"bao_cao_vien", "Tài liệu báo cáo viên"}}

// KindTitle names a kind of text; its id where it is not known.
func KindTitle(id string) string {
	for _, k := range ContentKinds {
		if k.ID == id {
			return k.Title
		}
	}
	return id
}

// Content is a text of the library as it stands (KH:III.1.d). State is that of its newest version; Approved is the version that may be used,
// 0 for none. Uses counts activities that used or plan it, Copies how often it was printed or taken as a file.
type Content struct {
	ID       int64
	Title    string
	Kind     string
	Language string // "" is Vietnamese
	Office   int64
	State    string
	Newest   int
	Approved int
	Uses     int64
	Copies   int64
	Seed     string // the name of a text that came with the program; "" for one's own
	At       string
}

// Version is one version of a text. Writer is 0 for one that came with the program.
type Version struct {
	N           int
	Text        string
	State       string
	File        string // name of the file with it; "" for none
	Writer      int64
	WriterName  string
	At          string
	DeciderName string
	DecidedAt   string
	Why         string // why it was returned or withdrawn
}

// Text is what is written of a text of the library.
type Text struct {
	ID          int64 // made where it was written: sending twice is sending once (law O2)
	Title, Kind string
	Language    string
	Text        string
	File        *attach.File // nil for none
	Seed        string       // the name of a text of the program; "" for one's own
	folded      string
}

const (
	maxTitle = 200
	maxBody  = 20_000
)

// check refuses what cannot be kept, and tidies it.
func (t *Text) check(languages []string) (err error) {
	t.Title = strings.Join(strings.Fields(vn.NFC(t.Title)), " ")
	switch {
	case t.Title == "" || utf8.RuneCountInString(t.Title) > maxTitle:
		return bad("title", "title", "Hãy ghi tiêu đề, tối đa 200 chữ cái.")
	case vn.HoldsNumber(t.Title):
		return bad("title", "number", "Tiêu đề không được chứa số định danh hay số điện thoại của ai. Hãy bỏ số đó đi.")
	case !slices.ContainsFunc(ContentKinds, func(k ContentKind) bool { return k.ID == t.Kind }):
		return bad("kind", "kind", "Hãy chọn loại nội dung.")
	case t.Language != "" && !slices.Contains(languages, t.Language):
		return bad("language", "language", "Hãy chọn ngôn ngữ có trong kế hoạch.")
	}
	if t.Text, err = words(t.Text, "text", maxBody); err != nil {
		return err
	}
	if t.Text == "" {
		return bad("text", "text", "Hãy viết nội dung.")
	}
	t.folded = vn.Fold(t.Title + " " + t.Text)
	return nil
}
