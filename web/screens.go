package web

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"bonphu/internal/vn"
)

//go:embed screens
var screenFiles embed.FS

// screens holds one template set a screen: the layout, the parts and the screen's own "content".
type screens struct{ byName map[string]*template.Template }

func newScreens(assetURL func(string) string) (*screens, error) {
	base := template.New("base").Funcs(template.FuncMap{
		"asset": assetURL,
		"icon":  icon, "iconAt": iconAt, "mark": mark,
		"int": vn.Int, "percent": vn.Percent, "day": dayVi,
	})
	if _, err := base.ParseFS(screenFiles, "screens/layout.html", "screens/parts/*.html"); err != nil {
		return nil, fmt.Errorf("web: layout: %w", err)
	}
	s := &screens{byName: map[string]*template.Template{}}
	names, err := fs.Glob(screenFiles, "screens/*/*.html")
	if err != nil {
		return nil, fmt.Errorf("web: screens: %w", err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "screens/"), ".html")
		if strings.HasPrefix(name, "parts/") {
			continue
		}
		t, err := base.Clone()
		if err == nil {
			_, err = t.ParseFS(screenFiles, file)
		}
		if err != nil {
			return nil, fmt.Errorf("web: screen %s: %w", name, err)
		}
		s.byName[name] = t
	}
	return s, nil
}

// layoutOf tells which frame a screen stands in.
func layoutOf(s Screen) string {
	if f, ok := s.(interface{ Frame() string }); ok {
		return f.Frame()
	}
	if _, ok := s.(gated); ok || s.page().User == nil {
		return "gate"
	}
	return "layout"
}

func (s *screens) execute(w io.Writer, screen Screen) error {
	t, ok := s.byName[screen.Template()]
	if !ok {
		return fmt.Errorf("web: no screen %q", screen.Template())
	}
	return t.ExecuteTemplate(w, layoutOf(screen), screen)
}
