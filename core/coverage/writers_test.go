package coverage

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"bonphu/internal/db"
	"bonphu/internal/db/dbtest"
	"bonphu/internal/fault"
)

// confirming are the only files that may make a confirmed event: what a list names, and what a full list says of others; one that only
// reads them back, and the portals' own extract, whose statements stand in no ledger of coverages.
var confirming = map[string]bool{"core/coverage/lists_store.go": true, "core/coverage/unnamed_store.go": true, "core/coverage/silence_store.go": true,
	"core/coverage/confirmed_store.go": true, "ops/officials/portal_store.go": true}

func TestLaw_C2_OnlyABatchWritesConfirmed(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := x.Key.(*ast.Ident); ok && key.Name == "Level" && confirmed(x.Value) {
					if seen++; !confirming[name] {
						t.Errorf("%s makes a confirmed event", name)
					}
				}
			case *ast.AssignStmt:
				for i := range min(len(x.Lhs), len(x.Rhs)) {
					if sel, ok := x.Lhs[i].(*ast.SelectorExpr); ok && sel.Sel.Name == "Level" && confirmed(x.Rhs[i]) && !strings.HasPrefix(name, "web/") { // a screen's words are no event: web has no Append
						t.Errorf("%s makes an event confirmed", name)
					}
				}
			case *ast.BasicLit:
				folded := strings.ToUpper(x.Value)
				if strings.Contains(folded, "INSERT INTO EVENT(") || strings.Contains(folded, "INSERT INTO EVENT ") || strings.Contains(folded, "UPDATE EVENT SET LEVEL") {
					t.Errorf("%s writes the ledger by its own SQL", name)
				}
			case *ast.CallExpr:
				if sel, ok := x.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Append" && strings.HasPrefix(name, "web/") {
					if on, ok := sel.X.(*ast.Ident); ok && on.Name == "coverage" {
						t.Errorf("%s writes the ledger", name)
					}
				}
				if sel, ok := x.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Bulk" && len(x.Args) > 0 && name != "core/coverage/store.go" {
					if lit, ok := x.Args[0].(*ast.BasicLit); ok && lit.Value == `"event"` {
						t.Errorf("%s writes the ledger in bulk", name)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 3 {
		t.Errorf("only %d places found that confirm: the test looks for the wrong thing", seen)
	}
	store := dbtest.Open(t)
	err = store.Write(context.Background(), db.Act{Verb: "intake.apply"}, func(tx *db.Tx) error {
		return Append(tx, []Event{ev(0, Confirmed, "issued", "2024-05-01", false)})
	})
	if !fault.Is(err, fault.Invalid) {
		t.Error("confirmed without a batch:", err)
	}
}

// confirmed tells whether an expression is the level Confirmed.
func confirmed(x ast.Expr) bool {
	switch v := x.(type) {
	case *ast.Ident:
		return v.Name == "Confirmed"
	case *ast.SelectorExpr:
		return v.Sel.Name == "Confirmed"
	case *ast.BasicLit:
		return v.Value == `"confirmed"`
	}
	return false
}
