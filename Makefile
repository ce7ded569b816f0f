# `make run` and `make test` need Python 3.11 or newer with venv, make and git, and nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

.DEFAULT_GOAL := help
.PHONY: help run test lint bench soak lock clean

help:           ## what there is
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

# A stamp is named by the hash of its lock file, so an unchanged lock installs nothing.
RUN_STAMP   := $(VENV)/.run-$(shell cksum < deploy/lock/run.txt | tr ' ' '-')
DEV_STAMP   := $(VENV)/.dev-$(shell cksum < deploy/lock/dev.txt | tr ' ' '-')
BENCH_STAMP := $(VENV)/.bench-$(shell cksum < deploy/lock/bench.txt | tr ' ' '-')

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer; say which with: make PYTHON=python3.11"; exit 1; }
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): | $(BIN)/python
	@echo "Installing what Dateline needs (about a minute, once) ..."
	@$(PIP) --no-deps --only-binary :all: --require-hashes -r deploy/lock/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo "Installing what the tests need (once) ..."
	@$(PIP) --no-deps --only-binary :all: --require-hashes -r deploy/lock/dev.txt
	@touch $@

$(BENCH_STAMP): | $(DEV_STAMP)
	@echo "Installing the peers to measure against (once) ..."
	@$(PIP) --no-deps --only-binary :all: --require-hashes -r deploy/lock/bench.txt
	@touch $@

run: $(RUN_STAMP)    ## the main job: the sample dispatches into an embedded PostgreSQL
	@$(BIN)/dateline run --samples

test: $(DEV_STAMP)   ## lint and all tests; what this machine cannot run is skipped and named at the end
	@$(MAKE) --no-print-directory lint
	@# Three for two cores: tests of processes and servers wait more than they work.
	@$(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

lint: $(DEV_STAMP)   ## ruff, mypy, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(BENCH_STAMP) ## speed, side by side with peers
	@$(BIN)/python -m tests.bench

soak: $(DEV_STAMP)   ## what takes minutes: every crash, random kills, full disks, cut connections, a year, poison, Prefect
	@$(BIN)/python -m tests.soak $(SOAK)

lock:                ## resolve the dependencies anew: hashes, no index addresses (needs uv)
	@for extras in "run:install" "dev:dev" "bench:dev,bench"; do \
	  set -- $$(echo $$extras | tr ':,' '  '); name=$$1; shift; \
	  uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --python-version 3.11 pyproject.toml $$(printf -- '--extra %s ' "$$@") -o deploy/lock/$$name.txt; done

clean:               ## remove the environment and caches, keep the data
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
