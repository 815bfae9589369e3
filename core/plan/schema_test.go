package plan

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

var update = flag.Bool("update", false, "write schema.json anew")

// enums are the fields that take only some texts; needed are the fields without which a thing of the plan is refused.
var (
	enums = map[string][]string{
		"Target.basis": {BasisRegister, BasisOfficials}, "Extract.source": sources,
		"ReportDue.every": {"", "day", "week", "month"}, "Duty.every": {"", "day", "week", "month"}, "Duty.shown_by": Records, "Office.kind": OfficeKinds, "Channel.reach": {ReachCounted, ReachEstimated},
	}
	needed = map[string][]string{
		"Plan":  {"code", "title", "place", "issuer", "from", "until", "coverages", "targets", "roadmap", "clauses"},
		"Place": {"unit", "name"}, "Issuer": {"body"}, "Phase": {"id", "title", "from", "until", "clause"}, "ReportDue": {"id", "title", "clause"},
		"Term": {"from"}, "Coverage": {"id", "title", "short", "goal", "clause", "states"}, "State": {"id", "title"}, "FactKind": {"id", "title", "clause"},
		"Extract": {"kind", "title", "source", "clause"}, "StatusValue": {"texts"}, "Target": {"id", "title", "short", "clause", "percent", "basis", "eligible", "counts", "in", "out"},
		"Rule": {"from"}, "Segment": {"id", "title", "when", "work", "clause"}, "Knot": {"day", "percent"}, "Duty": {"id", "who", "text", "clause"}, "Office": {"id", "title", "kind"}, "Clause": {"id", "text"},
	}
)

// schemaOf makes the JSON Schema of a Go type from its yaml tags.
func schemaOf(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Struct:
		props := map[string]any{}
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			if !f.IsExported() || name == "-" || name == "" {
				continue
			}
			props[name] = schemaOf(f.Type)
			if values := enums[t.Name()+"."+name]; values != nil {
				props[name] = map[string]any{"type": "string", "enum": values}
			}
		}
		s := map[string]any{"type": "object", "properties": props, "additionalProperties": false}
		if must := needed[t.Name()]; must != nil {
			s["required"] = must
		}
		return s
	}
	if t.Name() == "Day" {
		return map[string]any{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`}
	}
	return map[string]any{"type": "string"}
}

func TestSchemaHoldsEveryField(t *testing.T) {
	s := schemaOf(reflect.TypeFor[Plan]())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Kế hoạch đợt cao điểm (Bốn Phủ)"
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.json", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(b.Bytes(), Schema()) {
		t.Error("schema.json is not the schema of Plan: run go test ./core/plan -run Schema -update")
	}
}

// fits tells what in a value does not fit the part of JSON Schema that schema.json uses.
func fits(path string, schema map[string]any, v any) []string {
	wrong := func(format string, args ...any) []string { return []string{path + ": " + fmt.Sprintf(format, args...)} }
	var out []string
	switch schema["type"] {
	case "object":
		m, ok := v.(map[string]any)
		if !ok {
			return wrong("%T is no object", v)
		}
		must, _ := schema["required"].([]any)
		for _, k := range must {
			if _, ok := m[k.(string)]; !ok {
				out = append(out, path+" lacks "+k.(string))
			}
		}
		props, _ := schema["properties"].(map[string]any)
		for k, x := range m {
			next, ok := props[k].(map[string]any)
			if !ok {
				if next, ok = schema["additionalProperties"].(map[string]any); !ok {
					out = append(out, path+" has an unknown "+k)
					continue
				}
			}
			out = append(out, fits(path+"."+k, next, x)...)
		}
	case "array":
		list, ok := v.([]any)
		if !ok {
			return wrong("%T is no array", v)
		}
		for i, x := range list {
			out = append(out, fits(fmt.Sprintf("%s[%d]", path, i), schema["items"].(map[string]any), x)...)
		}
	case "string":
		s, ok := v.(string)
		if !ok {
			return wrong("%T is no string", v)
		}
		if p, ok := schema["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(s) {
			return wrong("%q does not match %s", s, p)
		}
		if list, ok := schema["enum"].([]any); ok && !slices.Contains(list, any(s)) {
			return wrong("%q is not one of %v", s, list)
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			return wrong("%T is no boolean", v)
		}
	case "integer", "number":
		if x, ok := v.(float64); !ok || schema["type"] == "integer" && x != float64(int(x)) {
			return wrong("%v is no %s", v, schema["type"])
		}
	default:
		return wrong("the schema has type %v", schema["type"])
	}
	return out
}

func TestShippedPlansFitTheSchema(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, name := range ShippedNames() {
		src, err := Shipped(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := yaml.YAMLToJSON(src)
		if err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		for _, w := range fits(name, schema, v) {
			t.Error(w)
		}
		delete(v, "targets")
		v["nonsense"] = 1.0
		v["from"] = "8/4/2024"
		if len(fits(name, schema, v)) != 3 {
			t.Errorf("the schema lets faults through: %v", fits(name, schema, v))
		}
	}
}
