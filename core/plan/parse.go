package plan

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

//go:embed shipped/*.yaml
var shipped embed.FS

//go:embed schema.json
var schema []byte

// Shipped gives a plan file that comes with the program.
func Shipped(name string) ([]byte, error) { return shipped.ReadFile("shipped/" + name) }

// ShippedNames lists the plan files that come with the program.
func ShippedNames() []string {
	names, _ := fs.Glob(shipped, "shipped/*.yaml")
	for i := range names {
		names[i] = strings.TrimPrefix(names[i], "shipped/")
	}
	return names
}

// Schema is the JSON Schema of a plan file, for editors.
func Schema() []byte { return schema }

// Problem is something wrong in a plan file: where, and in Vietnamese what and what to do. Line and Col count from 1; 0 when the
// whole file is meant.
type Problem struct {
	Line, Col int
	Path      string
	Code      string
	Text      string
}

// Problems is the error that Parse gives.
type Problems struct {
	Name string
	List []Problem
}

// Error gives one line a problem: file:line:col: sentence.
func (p *Problems) Error() string {
	var b strings.Builder
	for i, x := range p.List {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s", p.Name, x.Line, x.Col, x.Text)
	}
	return b.String()
}

// The bounds of a plan file.
const (
	maxBytes    = 1 << 20
	maxProblems = 50
)

// Parse reads and checks a plan file; its error is *Problems.
func Parse(name string, src []byte) (*Plan, error) {
	c := &checker{name: name, src: src}
	p := &Plan{}
	if err := c.read(p); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(src)
	p.SHA = hex.EncodeToString(sum[:])
	c.check(p)
	if len(c.list) > 0 {
		return nil, c.problems()
	}
	return p, nil
}

// Read reads a file of plan data of another shape, a pointer to a struct with yaml tags, as strictly as a plan; its error is *Problems.
func Read(name string, src []byte, into any) error {
	c := &checker{name: name, src: src}
	if err := c.read(into); err != nil {
		return err
	}
	if len(c.list) > 0 {
		return c.problems()
	}
	return nil
}

// read takes the file into a struct: nothing it does not know, no aliases, bounded in size and depth. What is wrong in single values is noted.
func (c *checker) read(into any) error {
	if len(c.src) > maxBytes {
		return c.whole("plan.size", "Tệp kế hoạch lớn hơn 1 MB. Hãy kiểm tra có chọn nhầm tệp không.")
	}
	tokens := lexer.Tokenize(string(c.src))
	if len(tokens) > maxTokens {
		return c.whole("plan.size", "Tệp kế hoạch có quá nhiều mục. Hãy kiểm tra có chọn nhầm tệp không.")
	}
	if t := tooDeep(tokens); t != nil {
		c.token(t, "", "plan.depth", "Tệp lồng quá nhiều tầng ở chỗ này. Kế hoạch không cần quá năm tầng; hãy kiểm tra ngoặc và thụt lề.")
		return &Problems{c.name, c.list}
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return c.syntax(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return c.whole("plan.empty", "Tệp kế hoạch phải có đúng một văn bản YAML.")
	}
	c.body = file.Docs[0].Body
	var aliases counter
	ast.Walk(&aliases, c.body)
	if aliases.aliases > 0 {
		return c.whole("plan.alias", "Tệp kế hoạch không được dùng neo, tham chiếu và nhãn kiểu của YAML (&, * và !). Hãy viết đầy đủ.")
	}
	if !c.shape("", c.body, reflect.TypeOf(into).Elem()) {
		return c.problems()
	}
	var strict []yaml.DecodeOption
	if len(c.list) == 0 {
		strict = append(strict, yaml.Strict())
	}
	if err := yaml.NodeToValue(c.body, into, strict...); err != nil {
		return c.syntax(err)
	}
	return nil
}

// problems gives what was noted, in the order of the file.
func (c *checker) problems() error {
	slices.SortStableFunc(c.list, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col)) })
	return &Problems{c.name, c.list}
}

// counter counts aliases and tags in a file: the one may blow it up, the other take the reader down.
type counter struct{ aliases int }

// Visit is called for each node.
func (v *counter) Visit(n ast.Node) ast.Visitor {
	if n != nil && (n.Type() == ast.AliasType || n.Type() == ast.AnchorType || n.Type() == ast.TagType) {
		v.aliases++
	}
	return v
}

// checker gathers problems.
type checker struct {
	name string
	src  []byte
	body ast.Node
	list []Problem
}

func (c *checker) whole(code, text string) error {
	return &Problems{c.name, []Problem{{Line: 1, Col: 1, Code: code, Text: text}}}
}

var (
	unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)
	wrongType    = regexp.MustCompile(`cannot unmarshal (\w+) into Go (?:value|struct field \S+) of type (\S+)`)
	duplicateKey = regexp.MustCompile(`(?:mapping key|duplicate key) "([^"]*)"`)
)

// syntax turns an error of the YAML library into a problem with its place.
func (c *checker) syntax(err error) error {
	p := Problem{Line: 1, Col: 1, Code: "plan.yaml", Text: "Tệp không đúng cú pháp YAML ở chỗ này. Hãy kiểm tra thụt lề, dấu hai chấm và dấu nháy."}
	var at yaml.Error
	message := err.Error()
	if errors.As(err, &at) {
		message = at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			p.Line, p.Col = t.Position.Line, t.Position.Column
		}
	}
	switch {
	case unknownField.MatchString(message):
		p.Code = "plan.unknown_key"
		p.Text = fmt.Sprintf("Không có mục nào tên là “%s” ở đây. Hãy xóa hoặc sửa tên; các mục được phép có trong tệp lược đồ (schema).", unknownField.FindStringSubmatch(message)[1])
	case duplicateKey.MatchString(message):
		p.Code = "plan.duplicate_key"
		p.Text = fmt.Sprintf("Mục “%s” được ghi hai lần. Hãy bỏ bớt một.", duplicateKey.FindStringSubmatch(message)[1])
	case wrongType.MatchString(message):
		p.Code = "plan.type"
		p.Text = "Giá trị ở đây không đúng loại. Số viết không có nháy, ngày viết dạng 2024-04-08, danh sách viết mỗi dòng một dấu gạch."
	}
	return &Problems{c.name, []Problem{p}}
}

// at notes a problem at a path such as "targets[2].percent"; it stands where the nearest existing part of the path does.
func (c *checker) at(path, code, text string, args ...any) {
	if len(c.list) >= maxProblems {
		return
	}
	p := Problem{Line: 1, Col: 1, Path: path, Code: code, Text: fmt.Sprintf(text, args...)}
	for try := path; try != ""; {
		if q, err := yaml.PathString("$." + try); err == nil {
			if n, err := q.FilterNode(c.body); err == nil && n != nil && n.GetToken() != nil {
				t := n.GetToken()
				if n.Type() == ast.MappingType || n.Type() == ast.SequenceType {
					t = first(n)
				}
				p.Line, p.Col = t.Position.Line, t.Position.Column
				break
			}
		}
		i := max(strings.LastIndexByte(try, '.'), 0)
		if j := strings.LastIndexByte(try, '['); j > i {
			i = j
		}
		try = try[:i]
	}
	c.list = append(c.list, p)
}
