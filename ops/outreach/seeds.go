package outreach

import (
	"cmp"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	"bonphu/core/plan"
	"bonphu/internal/vn"
)

//go:embed seeds/*.txt
var seedFiles embed.FS

// SeedName is who is said to have written the texts of the program.
const SeedName = "Bản của chương trình"

// Seeds are the texts that come with the program (KH:III.1.d), with the terms in force: guides for VNeID, texts for loudspeakers, questions
// and answers. They are drafts of the program's makers: somebody reads and approves each before it is used.
func Seeds(t plan.Term) ([]Text, error) {
	list, err := seedFiles.ReadDir("seeds")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int {
		return cmp.Or(cmp.Compare(strings.Index(a.Name(), "-"), strings.Index(b.Name(), "-")), cmp.Compare(a.Name(), b.Name()))
	})
	card, eid := cmp.Or(t.Card, "thẻ căn cước"), cmp.Or(t.EID, "tài khoản định danh điện tử")
	var out []Text
	for _, f := range list {
		b, err := seedFiles.ReadFile(path.Join("seeds", f.Name()))
		if err != nil {
			return nil, err
		}
		var lines []string
		for _, line := range strings.Split(string(b), "\n") {
			for _, hole := range [][2]string{{"{thẻ}", card}, {"{tài khoản}", eid}} {
				for _, start := range []string{"", "- "} { // a line begins with a capital
					if strings.HasPrefix(line, start+hole[0]) {
						line = start + vn.UpperFirst(hole[1]) + strings.TrimPrefix(line, start+hole[0])
					}
				}
				line = strings.ReplaceAll(line, hole[0], hole[1])
			}
			lines = append(lines, line)
		}
		out = append(out, Text{Seed: strings.TrimSuffix(f.Name(), ".txt"), Title: lines[0], Kind: lines[1], Text: strings.Join(lines[3:], "\n")})
	}
	return out, nil
}
