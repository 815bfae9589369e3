package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	exprast "github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	exprparser "github.com/expr-lang/expr/parser"

	"bonphu/internal/clock"
)

// operators are all that an expression of the plan may use: logic and comparison. Arithmetic, ranges, regular expressions and
// text building are refused, so that an expression costs the same for every person and its names can all be checked here.
var operators = []string{"and", "or", "not", "&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", "in"}

// genders are the values of gender.
var genders = []string{"male", "female", ""}

const allowed = "Chỉ dùng được: day, gender, known, age, ageAt(), bornBefore(), has(), reached() và and, or, not, in, so sánh."

// expression compiles an expression and checks every name and day it mentions.
func (c *checker) expression(p *Plan, path, text string) *program {
	if strings.TrimSpace(text) == "" {
		c.at(path, "plan.expression_none", "Thiếu biểu thức. %s", allowed)
		return nil
	}
	if len(text) > 2000 {
		c.at(path, "plan.expression_long", "Biểu thức quá dài (tối đa 2.000 ký tự). Hãy tách thành nhiều chỉ tiêu hoặc nhóm.")
		return nil
	}
	code, err := compile(text)
	if err != nil {
		message, offset := err.Error(), 0
		var at *file.Error
		if errors.As(err, &at) {
			message, offset = at.Message, at.From
		}
		c.within(path, text, offset, "plan.expression", "Biểu thức không đúng (%s). %s", message, allowed)
		return nil
	}
	tree, err := exprparser.Parse(text)
	if err != nil {
		c.at(path, "plan.expression", "Biểu thức không đúng. %s", allowed)
		return nil
	}
	v := &vocabulary{c: c, p: p, path: path, text: text}
	v.see(tree.Node)
	if v.wrong {
		return nil
	}
	return &program{code, p}
}

// vocabulary walks a compiled expression.
type vocabulary struct {
	c          *checker
	p          *Plan
	path, text string
	wrong      bool
}

func (v *vocabulary) no(n exprast.Node, code, text string, args ...any) {
	v.wrong = true
	v.c.within(v.path, v.text, n.Location().From, code, text, args...)
}

func (v *vocabulary) see(n exprast.Node) {
	switch x := n.(type) {
	case *exprast.BoolNode, *exprast.IntegerNode, *exprast.StringNode, *exprast.IdentifierNode:
	case *exprast.UnaryNode:
		v.operator(n, x.Operator)
		v.see(x.Node)
	case *exprast.BinaryNode:
		v.operator(n, x.Operator)
		v.compared(x.Left, x.Right)
		v.compared(x.Right, x.Left)
		v.see(x.Left)
		v.see(x.Right)
	case *exprast.ArrayNode:
		for _, e := range x.Nodes {
			v.see(e)
		}
	case *exprast.CallNode:
		v.call(x)
	default:
		v.no(n, "plan.expression", "Biểu thức dùng cách viết không được phép. %s", allowed)
	}
}

func (v *vocabulary) operator(n exprast.Node, op string) {
	if !slices.Contains(operators, op) {
		v.no(n, "plan.operator", "Biểu thức không được dùng phép “%s”. %s", op, allowed)
	}
}

// compared checks the texts that day and gender are compared with; a day found is one on which an answer may change.
func (v *vocabulary) compared(left, right exprast.Node) {
	name, ok := left.(*exprast.IdentifierNode)
	if !ok {
		return
	}
	values := []exprast.Node{right}
	if a, ok := right.(*exprast.ArrayNode); ok {
		values = a.Nodes
	}
	for _, n := range values {
		s, ok := n.(*exprast.StringNode)
		switch {
		case !ok:
		case name.Value == "gender" && !slices.Contains(genders, s.Value):
			v.no(n, "plan.gender", "Giới tính trong biểu thức là \"male\" (nam), \"female\" (nữ) hoặc \"\" (chưa rõ), không phải “%s”.", s.Value)
		case name.Value == "day" && v.isDay(n, s.Value):
			v.p.changes = append(v.p.changes, clock.Day(s.Value), clock.Day(s.Value).Add(1))
		}
	}
}

func (v *vocabulary) isDay(n exprast.Node, s string) bool {
	d, err := clock.ParseDay(s)
	if err != nil || string(d) != s {
		v.no(n, "plan.date", "Ngày “%s” trong biểu thức không đúng. Hãy viết năm-tháng-ngày, ví dụ 2024-04-08.", s)
		return false
	}
	return true
}

// call checks a call of one of our functions; what it is given must be written out, so that it can be checked.
func (v *vocabulary) call(x *exprast.CallNode) {
	name, ok := x.Callee.(*exprast.IdentifierNode)
	if !ok {
		v.no(x, "plan.expression", "Biểu thức dùng cách viết không được phép. %s", allowed)
		return
	}
	var args []string
	for _, a := range x.Arguments {
		s, ok := a.(*exprast.StringNode)
		if !ok {
			v.no(a, "plan.argument", "Trong ngoặc của %s() phải là mã hoặc ngày viết thẳng trong nháy, ví dụ has(\"abroad\").", name.Value)
			return
		}
		args = append(args, s.Value)
	}
	switch name.Value {
	case "reached":
		switch cov := v.p.Coverage(args[0]); {
		case cov == nil:
			v.no(x.Arguments[0], "plan.coverage_unknown", "Biểu thức hỏi mục tiêu phủ “%s” nhưng kế hoạch không có.", args[0])
		case cov.Rank(args[1]) < 0:
			v.no(x.Arguments[1], "plan.state_unknown", "Biểu thức hỏi trạng thái “%s” của “%s” nhưng kế hoạch không có.", args[1], args[0])
		}
	case "has":
		if v.p.Fact(args[0]) == nil {
			v.no(x.Arguments[0], "plan.fact_unknown", "Biểu thức hỏi tình trạng “%s” nhưng kế hoạch không có. Hãy thêm vào mục facts hoặc sửa mã.", args[0])
		}
	default:
		v.isDay(x.Arguments[0], args[0])
	}
}

// within notes a problem inside an expression: offset counts its characters from 0. An expression on one line, quoted or not, is
// told to the column; one that goes over several lines is told where it begins.
func (c *checker) within(path, text string, offset int, code, format string, args ...any) {
	n := len(c.list)
	c.at(path, code, format, args...)
	if len(c.list) == n || strings.Contains(strings.TrimSpace(text), "\n") {
		return
	}
	p := &c.list[n]
	line := c.line(p.Line)
	if p.Col > len(line) || p.Col < 1 {
		return
	}
	rest := line[p.Col-1:]
	written := string(rest)
	switch before := prefix(text, offset); {
	case strings.HasPrefix(written, "'"):
		p.Col += 1 + utf8.RuneCountInString(strings.ReplaceAll(before, "'", "''"))
	case strings.HasPrefix(written, `"`):
		q := fmt.Sprintf("%q", before)
		p.Col += utf8.RuneCountInString(q) - 1
	case strings.HasPrefix(written, before) && before != "":
		p.Col += utf8.RuneCountInString(before)
	}
}

// line gives a line of the file as characters, counted from 1.
func (c *checker) line(n int) []rune {
	i := 1
	for l := range strings.Lines(string(c.src)) {
		if i == n {
			return []rune(l)
		}
		i++
	}
	return nil
}

// prefix gives the first n characters.
func prefix(s string, n int) string {
	r := []rune(s)
	return string(r[:min(max(n, 0), len(r))])
}
