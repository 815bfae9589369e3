package plan

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// The bounds of a plan file's form. The YAML library takes quadratic time on deep nesting and on very many keys; a plan has a few
// thousand tokens, at most five deep.
const (
	maxTokens = 60_000
	maxDepth  = 32
)

// tooDeep gives the first token that lies deeper than a plan can be; nil when there is none.
func tooDeep(tokens token.Tokens) *token.Token {
	flow, dashes, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position != nil && t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow--
		case token.SequenceEntryType, token.MappingKeyType:
			dashes++
		}
		if flow+dashes > maxDepth || t.Position != nil && t.Position.IndentNum > 8*maxDepth {
			return t
		}
	}
	return nil
}

// shape compares the file's form with the plan's: every unknown or repeated key and every value of another kind is told, with its
// place. It gives true when the values can be read.
func (c *checker) shape(path string, n ast.Node, t reflect.Type) bool {
	if tag, ok := n.(*ast.TagNode); ok {
		n = tag.Value
	}
	if n == nil || n.Type() == ast.NullType {
		return true
	}
	switch t.Kind() {
	case reflect.Struct:
		return c.shapeStruct(path, n, t)
	case reflect.Map:
		pairs, ok := pairsOf(n)
		if !ok {
			return c.kind(path, n, "các cặp “mục: giá trị”")
		}
		for _, x := range pairs {
			ok = c.shape(path+"."+keyOf(x), x.Value, t.Elem()) && ok
		}
		return ok
	case reflect.Slice:
		list, ok := n.(*ast.SequenceNode)
		if !ok {
			return c.kind(path, n, "một danh sách, mỗi dòng một dấu gạch")
		}
		for i, x := range list.Values {
			ok = c.shape(fmt.Sprintf("%s[%d]", path, i), x, t.Elem()) && ok
		}
		return ok
	case reflect.Int:
		if n.Type() != ast.IntegerType {
			return c.kind(path, n, "một số nguyên viết không có nháy")
		}
	case reflect.Float64:
		if k := n.Type(); k != ast.IntegerType && k != ast.FloatType && k != ast.NanType && k != ast.InfinityType {
			return c.kind(path, n, "một số viết không có nháy, phần thập phân sau dấu chấm")
		}
	case reflect.Bool:
		if n.Type() != ast.BoolType {
			return c.kind(path, n, "true hoặc false, viết không có nháy")
		}
	case reflect.String:
		if k := n.Type(); k == ast.MappingType || k == ast.MappingValueType || k == ast.SequenceType {
			return c.kind(path, n, "một dòng chữ")
		}
	}
	return true
}

func (c *checker) shapeStruct(path string, n ast.Node, t reflect.Type) bool {
	pairs, ok := pairsOf(n)
	if !ok {
		return c.kind(path, n, "các cặp “mục: giá trị”")
	}
	fields := map[string]reflect.Type{}
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); f.IsExported() && name != "-" && name != "" {
			fields[name] = f.Type
			names = append(names, name)
		}
	}
	for _, x := range pairs {
		key := keyOf(x)
		at := strings.TrimPrefix(path+"."+key, ".")
		if fields[key] == nil {
			c.token(x.Key.GetToken(), at, "plan.unknown_key", "Không có mục nào tên là “%s” ở đây. Hãy xóa hoặc sửa tên; các mục được phép là: %s.", key, strings.Join(names, ", "))
			continue
		}
		ok = c.shape(at, x.Value, fields[key]) && ok
	}
	return ok
}

// kind notes a value of another kind than the plan wants.
func (c *checker) kind(path string, n ast.Node, want string) bool {
	c.token(first(n), path, "plan.type", "Giá trị ở đây không đúng loại: cần %s.", want)
	return false
}

// token notes a problem at a token.
func (c *checker) token(t *token.Token, path, code, text string, args ...any) {
	if len(c.list) >= maxProblems {
		return
	}
	p := Problem{Line: 1, Col: 1, Path: path, Code: code, Text: fmt.Sprintf(text, args...)}
	if t != nil && t.Position != nil {
		p.Line, p.Col = t.Position.Line, t.Position.Column
	}
	c.list = append(c.list, p)
}

// pairsOf gives the pairs of a mapping.
func pairsOf(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch x := n.(type) {
	case *ast.MappingNode:
		return x.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{x}, true
	}
	return nil, false
}

func keyOf(x *ast.MappingValueNode) string { return x.Key.GetToken().Value }
