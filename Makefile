# Two commands do everything: `make run` and `make test`. Each installs what it needs, once.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check bench push codegen backup restore reload clean browser ruff mypy biome

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Node warns that node:sqlite and type stripping are experimental; we pin the Node that has both.
export NODE_NO_WARNINGS := 1

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.synced node_modules/.synced ## serve the board on the embedded deployment (Ctrl-C stops it)
	@exec $(BIN)/python -m launch.run

test: export NODE_COMPILE_CACHE := $(CURDIR)/.compiled
# The tests start hundreds of Pythons: compiling everything for each takes longer than the rest.
test: export PYTHONDONTWRITEBYTECODE :=
test: check browser .clerk/.synced ## set up, then lint, types and every test, in a real browser too
	@$(BIN)/node --test --test-concurrency=3 --test-force-exit --test-timeout=60000 --test-reporter=dot 'tests/js/*/*.test.ts' tests/convex-test/*.test.ts 'tests/embedded/*/*.test.ts'
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.synced node_modules/.synced ## lint and types only
	@$(MAKE) --jobs=2 --output-sync --no-print-directory ruff mypy tsc-convex tsc-embedded tsc-browser tsc-tests biome

ruff:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

mypy:
	@$(BIN)/mypy --no-error-summary

tsc-tests:
	@node_modules/.bin/tsc -p tests/convex-test

tsc-%:
	@node_modules/.bin/tsc -p $*

biome:
	@node_modules/.bin/biome check --error-on-warnings --log-level=warn .

bench: $(VENV)/.synced node_modules/.synced ## measure latency, saturation and opening, as a table
	@$(BIN)/python -m bench

push: $(VENV)/.synced node_modules/.synced tsc-convex ## deploy the functions to a real Convex: see docs/convex.md
	@$(BIN)/python -m launch.push

codegen: $(VENV)/.synced node_modules/.synced ## write convex/_generated anew, after a file of convex/ was added or renamed
	@$(BIN)/python -m launch.codegen

backup: $(VENV)/.synced ## save boards, pictures and keys while people draw: make backup TO=FILE
	@$(BIN)/python -m launch.backup "$(TO)"

restore: $(VENV)/.synced ## restore a backup into an empty DATA_DIR: make restore FROM=FILE
	@$(BIN)/python -m launch.restore "$(FROM)"

reload: $(VENV)/.synced ## replace the web processes of the running Easel in turn
	@$(BIN)/python -m launch.reload

clean: ## remove what was installed and built; the boards in .data stay
	rm -rf $(VENV) node_modules .clerk .bundle .compiled .mypy_cache .ruff_cache .pytest_cache .hypothesis

browser:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the browser tests ..."; \
	    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core; } >/dev/null 2>&1 || \
	      { echo "Chromium could not be installed with apt-get: install the package chromium-headless-shell and try again."; exit 1; }; \
	  else \
	    echo "The browser tests need Chromium: sudo apt-get install chromium-headless-shell"; exit 1; \
	  fi; }

# pip installs only uv, pinned by the same lock; uv then installs everything else.
$(VENV)/.synced: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Easel needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Choose another one with make PYTHON=..."; exit 1; }
	@echo "Setting up Python packages ..."
	@$(PYTHON) -m venv $(VENV)
	@awk '/^uv==/ {on = 1} on {print; if (!/\\$$/) exit}' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.lock
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@touch $@

node_modules/.synced: package-lock.json $(VENV)/.synced
	@echo "Setting up Node packages ..."
	@$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

# ClerkJS, for the browser tests alone. Its bundles need none of its dependencies: 38 MB instead of 480.
.clerk/.synced: tests/identity/package-lock.json $(VENV)/.synced
	@echo "Setting up ClerkJS for the tests ..."
	@mkdir -p .clerk
	@cp tests/identity/package.json tests/identity/package-lock.json tests/identity/.npmrc .clerk
	@cd .clerk && npm ci --loglevel=error >/dev/null
	@touch $@
