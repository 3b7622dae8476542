# make run and make test are all a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh

BINARY := .build/release/moru
LISTEN ?= 127.0.0.1:8080
DATA_DIR ?= ./data
PREFIX ?= /usr/local
BACKUP ?= ./backup/

.PHONY: help run demo build install backup fsck test documents check-all lint screenshots benchmark clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: build ## install what is missing, build release, serve http://127.0.0.1:8080 with the data in ./data
	@[ -e $(DATA_DIR)/moru.sqlite ] || echo "An empty server. 'make demo' in another terminal publishes real models to look at."
	exec $(BINARY) serve --data-dir $(DATA_DIR) --listen $(LISTEN)

demo: build ## publish real models with READMEs to the server at LISTEN, or into DATA_DIR when none runs
	@scripts/install-dependencies demo
	@scripts/demo/publish --listen $(LISTEN) --data-dir $(DATA_DIR)

build: ## build the release binary, .build/release/moru
	@scripts/install-dependencies build
	swift build -c release --product moru

install: ## install what was built to PREFIX, /usr/local
	@[ -x $(BINARY) ] || { echo "there is no $(BINARY); run 'make build' first" >&2; exit 1; }
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/moru
	rm -rf $(DESTDIR)$(PREFIX)/share/moru
	mkdir -p $(DESTDIR)$(PREFIX)/share/moru
	cp -R Public Migrations Vocabulary $(DESTDIR)$(PREFIX)/share/moru/

backup: build ## copy DATA_DIR to BACKUP, ./backup/, beside a running server; later ones copy only what is new
	$(BINARY) backup $(BACKUP) --data-dir $(DATA_DIR)

fsck: build ## check DATA_DIR, every byte, beside a running server
	$(BINARY) fsck --data-dir $(DATA_DIR)

test: ## install what the tests need and run them all, long suites in a short form
	@scripts/install-dependencies test
	swift test -c release --disable-testable-imports --parallel
	scripts/check short

documents: build ## type every command of the documents, and compare what is printed
	@scripts/install-dependencies test
	scripts/check-documents

check-all: ## everything: the tests, the long fault, malformed-request and matrix suites, the browser
	@scripts/install-dependencies test
	swift test -c release --disable-testable-imports --parallel
	scripts/check long

lint: ## format, imports, docstrings, contract, portal, documents
	swift format lint --strict -r Sources Tests Package.swift
	scripts/check-imports
	scripts/check-docstrings
	scripts/check-openapi
	scripts/check-portal --static
	scripts/check-documents --static

screenshots: build ## make Documentation/pictures anew, from the demo
	@scripts/install-dependencies test
	scripts/screenshots

benchmark: build ## Moru and nginx side by side; writes Documentation/performance.md
	@scripts/install-dependencies benchmark
	Benchmarks/run

clean: ## remove what was built (the data directory stays)
	swift package clean
