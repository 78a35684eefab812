# Argosy. Everything a person types; the work is in scripts/. `make help` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := artifacts/bin
PREFIX ?= /usr/local
DESTDIR ?=
RID ?= $(shell uname -m | sed -e s/x86_64/linux-x64/ -e s/aarch64/linux-arm64/)

.PHONY: help deps build check test test-long fuzz shop shop-down bench install uninstall clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install the system packages and prepare the host (root; run it again at will)
	@scripts/deps.sh

build: $(BIN)/argosyd $(BIN)/argosy ## compile argosy and argosyd ahead of time, to artifacts/bin

SOURCES := $(shell find src \( -name '*.cs' -o -name '*.csproj' \) -not -path '*/obj/*') Directory.Build.props Directory.Packages.props

$(BIN)/argosyd: $(SOURCES)
	@scripts/publish.sh Daemon argosyd $(RID)

$(BIN)/argosy: $(SOURCES)
	@scripts/publish.sh Cli argosy $(RID)

check: ## format, analysers and the tests that need no root (under two minutes)
	@scripts/check.sh

test: ## everything: installs what it needs, builds, runs all tests
	@scripts/test.sh

test-long: ## the random crash tests and the log tests, for longer than CI does
	@scripts/test-long.sh

fuzz: ## feed the parsers of archives, manifests, references and Dockerfiles with random inputs, for a quarter of an hour
	@scripts/fuzz.sh

shop: deps build ## build and run the shop, print its address
	@examples/shop/up.sh

shop-down: ## stop the shop; its data stays (examples/shop/down.sh -v removes it)
	@examples/shop/down.sh

bench: build ## measure against dockerd, podman and bare crun (half an hour); writes bench/RESULTS.md
	@scripts/deps.sh bench
	@bench/run.sh && bench/images.sh && bench/networks.sh

install: build ## install binaries, systemd unit and completions below PREFIX
	@scripts/install.sh "$(DESTDIR)" "$(PREFIX)"

uninstall: ## remove what install put there; data stays
	@scripts/uninstall.sh "$(DESTDIR)" "$(PREFIX)"

clean: ## remove build output, and every kernel object of daemons started from this tree
	@scripts/clean.sh
