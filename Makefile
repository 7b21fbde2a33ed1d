# Rollcall's commands; `make help` lists them. Needed beforehand: rustup, a C compiler, Node 20 or
# later with npm. Everything else is set up on the first run.

SHELL := bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Where `make run` and `make demo` listen, and what they keep.
ADDR ?= 127.0.0.1:3000
DATABASE ?= data/rollcall.db
DEMO_DATABASE ?= data/demo.db
DEMO_USERS ?= 5000
# What `make bench` fills its database with.
USERS ?= 1000000
# Further arguments for the browser tests: make e2e ARGS="specs/users.spec.js"
ARGS ?=

# 0.3.11 wants a later Rust. The command wasm-bindgen must be of the version of the crate.
CARGO_LEPTOS := 0.3.10
WASM_BINDGEN := $(shell sed -n 's/^wasm-bindgen = "=\(.*\)"$$/\1/p' Cargo.toml)

# Tools of these versions that are not on the PATH are kept apart from the person's own.
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/rollcall/tools
export PATH := $(CURDIR)/end2end/node_modules/.bin:$(TOOLS)/bin:$(HOME)/.cargo/bin:$(PATH)
unexport CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR CARGO_BUILD_TARGET

# In continuous integration the lock file is the truth.
LOCKED := $(if $(CI),--locked)
STAMPS := target/.stamps
# Written last by finish-site.mjs, and swept away whenever cargo-leptos builds anything else.
SITE := target/site/.finished
NODE_MODULES := end2end/node_modules/.package-lock.json
BINARY := target/release/rollcall
# Named one by one: --workspace would turn on `ssr` and `hydrate` together.
NATIVE := -p model -p backend -p app -p server -p load --features app/ssr
BROWSER := -p app -p frontend --features app/hydrate --target wasm32-unknown-unknown

.PHONY: help
help: ## List the commands
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS=$$'\t' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

.PHONY: run
run: build ## Build the release and serve it at http://127.0.0.1:3000 with data/rollcall.db
	@mkdir -p "$(dir $(DATABASE))"
	@exec $(BINARY) serve --addr $(ADDR) --database $(DATABASE)

.PHONY: demo
demo: build $(DEMO_DATABASE) ## Serve 5,000 invented people from a database of their own
	@printf '\n  Open      http://%s\n  Username  demo\n  Password  rollcall-demo\n\n' '$(ADDR)'
	@exec $(BINARY) serve --addr $(ADDR) --database $(DEMO_DATABASE)

$(DEMO_DATABASE): | build
	@mkdir -p "$(dir $@)"
	@{ $(BINARY) demo --users $(DEMO_USERS) --seed 1 --database $@ \
	  && printf 'rollcall-demo' | $(BINARY) admin create --username demo --email demo@example.com --password-stdin --database $@; \
	} || { rm -f $@ $@-wal $@-shm; exit 1; }

.PHONY: watch
watch: setup ## Serve a debug build that is rebuilt on every change
	@mkdir -p "$(dir $(DATABASE))"
	@exec cargo leptos watch --split -- serve --addr $(ADDR) --database $(DATABASE)

.PHONY: build
build: $(SITE) ## Build the release: target/release/rollcall, one file
	@cargo build --release $(LOCKED) -p server --features embed

.PHONY: test
test: ## Run all checks and tests, those in a real Chromium included
	@set -e; for step in format lint docs unit build size e2e; do \
	  printf '\n==> make %s\n' "$$step"; \
	  begin=$$SECONDS; \
	  $(MAKE) "$$step"; \
	  printf '==> make %s: passed in %s s\n' "$$step" "$$((SECONDS - begin))"; \
	done

.PHONY: bench
bench: build ## Measure the release under load, with USERS=1000000 invented people
	@cargo build --release $(LOCKED) -p load
	@USERS=$(USERS) node end2end/bench/main.mjs $(ARGS)

# The steps of `make test`, which can also be run alone.

.PHONY: format
format: rust
	@cargo fmt --check -p model -p backend -p app -p frontend -p server -p load

.PHONY: lint
lint: rust $(NODE_MODULES)
	@cargo clippy $(LOCKED) $(NATIVE) --all-targets -- -D warnings
	@cargo clippy $(LOCKED) $(BROWSER) -- -D warnings
	@node end2end/vendor-echarts.mjs --check

.PHONY: docs
docs: rust
	@RUSTDOCFLAGS="-D warnings" cargo doc $(LOCKED) --no-deps $(NATIVE)

.PHONY: unit
unit: rust
	@cargo test $(LOCKED) $(NATIVE)

.PHONY: size
size: $(SITE)
	@node end2end/size.mjs

.PHONY: e2e
e2e: build chromium
	@cd end2end && playwright test $(ARGS)

# The page files. cargo-leptos empties its site folder whenever it builds, so the client is built
# alone, and its finished files are embedded by the build of the server.
SITE_SOURCES := $(shell find app frontend style public -type f 2>/dev/null) Cargo.toml Cargo.lock \
  rust-toolchain.toml end2end/package-lock.json end2end/finish-site.mjs

$(SITE): $(SITE_SOURCES) | setup
	cargo leptos build --release --split --frontend-only $(if $(LOCKED),--cargo-locked)
	@node end2end/finish-site.mjs

# What has to be there before.

.PHONY: setup
setup: rust tools $(NODE_MODULES)

.PHONY: rust
rust: $(STAMPS)/rust

$(STAMPS)/rust: rust-toolchain.toml
	@command -v rustup >/dev/null || { echo 'Rust is missing: install rustup from https://rustup.rs, then repeat.' >&2; exit 1; }
	@command -v cc >/dev/null || { echo 'A C compiler is missing: install gcc or clang (Debian: apt-get install build-essential), then repeat.' >&2; exit 1; }
	rustup target add wasm32-unknown-unknown
	rustup component add clippy rustfmt
	@mkdir -p $(STAMPS)
	@touch $@

# Built quickly rather than to be quick: they run for seconds.
INSTALL := CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo install --locked --root "$(TOOLS)"

.PHONY: tools
tools: rust
	@[ "$$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $(WASM_BINDGEN)" ] \
	  || $(INSTALL) wasm-bindgen-cli@$(WASM_BINDGEN)
	@[ "$$(cargo leptos --version 2>/dev/null)" = "cargo-leptos $(CARGO_LEPTOS)" ] \
	  || $(INSTALL) cargo-leptos@$(CARGO_LEPTOS) --features no_downloads

$(NODE_MODULES): end2end/package.json end2end/package-lock.json
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' \
	  || { echo 'Node 20 or later is missing: install it from https://nodejs.org, then repeat.' >&2; exit 1; }
	cd end2end && npm ci
	@touch $@

.PHONY: chromium
chromium: $(NODE_MODULES)
	@end2end/chromium.sh
