# bonphu. Two commands do everything on a fresh Debian machine with Go:
#
#   make demo     build a synthetic district and serve it
#   make test     install what is missing by its Debian name, then run everything
#
# For daily work: make check (under two minutes, no installation), make bench, make screenshots.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := check

export GOFLAGS ?= -buildvcs=false
export CGO_ENABLED := 0
DEMO_DIR ?= demo
DEMO_ADDR ?= 127.0.0.1:8080
BENCH_RESIDENTS ?= 100000
# Packages side by side, and how long one package's tests may take.
FSYNC ?= off
TEST_FLAGS ?= -p 2 -timeout 20m
# Everything but the browser journeys.
UNITS = $$(go list ./... | grep -v '/e2e$$')
# The packages whose tests open a database: they run on PostgreSQL too.
STORES = $$(go list -f '{{$$p := .ImportPath}}{{range .TestImports}}{{if eq . "bonphu/internal/db/dbtest"}}{{$$p}} {{end}}{{end}}{{range .XTestImports}}{{if eq . "bonphu/internal/db/dbtest"}}{{$$p}} {{end}}{{end}}' ./... | tr ' ' '\n' | sort -u | grep -v '/e2e$$' || true)

# A private PostgreSQL in a temporary folder, reached by its socket alone; it ends with the recipe. We may be root, which PostgreSQL refuses.
define POSTGRES
dir=$$(mktemp -d "$${TMPDIR:-/tmp}/bonphu-pg.XXXXXX")
bin=$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$$bin" ] || bin=$$(dirname "$$(command -v initdb)")
as() { if [ "$$(id -u)" = 0 ]; then runuser -u postgres -- "$$@"; else "$$@"; fi; }
stop() {
	as "$$bin/pg_ctl" -D "$$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	rm -rf "$$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM
if [ "$$(id -u)" = 0 ]; then chown postgres "$$dir"; fi
chmod 755 "$$dir"
(cd "$$dir"
as "$$bin/initdb" -D "$$dir/data" -U bonphu -A trust -E UTF8 --locale=C >"$$dir.log" 2>&1 \
	&& as "$$bin/pg_ctl" -D "$$dir/data" -l "$$dir/data/server.log" -w -t 120 \
		-o "-c listen_addresses='' -c unix_socket_directories='$$dir' -c fsync=$(FSYNC) -c max_connections=300" start >>"$$dir.log" 2>&1 </dev/null) \
	|| { cat "$$dir.log" "$$dir/data/server.log" 2>/dev/null || true; failed="$$failed postgresql-start"; }
rm -f "$$dir.log"
url="postgres://bonphu@/postgres?host=$$dir"
endef

.PHONY: build app demo test check fmt lint bench screenshots tools clean

## app: the phone's scripts, from TypeScript by esbuild as a Go tool; no Node is needed
app:
	@go generate ./field

## build: one static binary, bin/bonphu, with the phone's app in it
build: app
	@go build -trimpath -ldflags '-s -w' -o bin/bonphu ./cmd/bonphu

## demo: a synthetic district of about 105,000 residents, built once and then served
demo: build
	@exec ./bin/bonphu demo --dir $(DEMO_DIR) --addr $(DEMO_ADDR)

## check: formatting, vet, staticcheck, unit tests on SQLite
check: app lint
	@go test $(TEST_FLAGS) $(UNITS)

## lint: what is checked without running anything
lint:
	@unformatted=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go' | while read -r f; do [ -f "$$f" ] && echo "$$f"; done))
	if [ -n "$$unformatted" ]; then
		echo "Not formatted (run make fmt):"; echo "$$unformatted"; exit 1
	fi
	go vet ./...
	go tool staticcheck ./...
	if command -v tsc >/dev/null; then tsc -p field/app; else echo "TypeScript is not checked: no tsc (Debian: node-typescript)"; fi

## fmt: format every Go file
fmt:
	@gofmt -w $$(git ls-files -co --exclude-standard '*.go')

## test: everything. The stages all run, so that one failure does not hide another; Go's own lines stand last.
test: tools app
	@failed=""
	echo "== formatting, vet, staticcheck"
	$(MAKE) --no-print-directory lint || failed="$$failed lint"
	echo "== unit tests on SQLite"
	go test $(TEST_FLAGS) $(UNITS) || failed="$$failed sqlite"
	echo "== the storage tests again, on PostgreSQL"
	$(POSTGRES)
	stores="$(STORES)"
	if [ -n "$$stores" ]; then
		BONPHU_TEST_DB="$$url" go test -count=1 $(TEST_FLAGS) $$stores || failed="$$failed postgresql"
	fi
	echo "== journeys in a browser, on the real program"
	go test -count=1 -timeout 15m ./e2e/... || failed="$$failed e2e"
	if [ -n "$$failed" ]; then echo "FAILED:$$failed"; exit 1; fi

## tools: what the tests need, by Debian name, only where it is missing
tools:
	@missing=""
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc-nogui libreoffice-writer-nogui"
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"
	command -v sqlite3 >/dev/null || missing="$$missing sqlite3"
	command -v tsc >/dev/null || missing="$$missing node-typescript"
	[ -x /usr/sbin/exim4 ] || missing="$$missing exim4-daemon-light"
	if [ "$$(id -u)" = 0 ]; then command -v runuser >/dev/null || missing="$$missing util-linux"; fi
	if [ -n "$$missing" ]; then
		echo "== installing:$$missing"
		sudo=""
		if [ "$$(id -u)" != 0 ]; then sudo="sudo -n"; fi
		apt="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=5 -o DPkg::Lock::Timeout=600"
		$$apt update </dev/null >/dev/null || echo "apt-get update did not finish; trying with what is known"
		$$apt install --no-install-recommends $$missing </dev/null >/dev/null \
			|| { echo "These Debian packages could not be installed:$$missing"; exit 1; }
	fi

## bench: the figures of the first issue as ratios in one run: 100,000 and 1,000,000 residents, and PostgreSQL where BONPHU_TEST_DB names one
bench: tools app
	@go run ./bench -residents 100000
	go run ./bench -residents 1000000
	if [ -n "$${BONPHU_TEST_DB:-}" ]; then go run ./bench -residents 100000 -db "$$BONPHU_TEST_DB"; fi

## screenshots: the pictures of docs/handbook, from the real program in a real browser
screenshots: tools app
	@BONPHU_SCREENSHOTS=$(CURDIR)/docs/handbook/images go test -count=1 -timeout 15m -run TestScreenshots ./e2e

clean:
	@rm -rf bin coverage.out
