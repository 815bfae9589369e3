package plan

import (
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// first gives the token with which a mapping or list begins for a reader.
func first(n ast.Node) *token.Token {
	switch x := n.(type) {
	case *ast.MappingNode:
		if len(x.Values) > 0 {
			return x.Values[0].Key.GetToken()
		}
	case *ast.SequenceNode:
		if len(x.Values) > 0 {
			return first(x.Values[0])
		}
	}
	return n.GetToken()
}
