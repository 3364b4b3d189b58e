# Every target does all the set-up it needs: a virtual environment in .venv, made with uv where that is
# installed and with venv and pip elsewhere, from the versions in constraints.txt. The second time it is there.
#
#   make digest   the digest of evals/articles, to the terminal, out/digest.html and out/digest.json
#   make test     all tests            make check   ruff, mypy, import contracts
#   make eval     score the engine against the hand labels          make gate   has a labelled item flipped?
#   make briefing a briefing from a local feed through a local mail server; out/briefing.eml, out/briefing.html
#   make bench    speed and memory, as rates and ratios, in under ten minutes; also as bench.json
#   make compiled the rules engine as machine code, in .venv-compiled; needs a C compiler
#   make bench-peers    model calls beside langextract, which is installed into .venv-peers
#   make fuzz     look for inputs that break a promise, FUZZ_SECONDS=60 for each of three parts
#
# PYTHON=python3.12 make digest   picks an interpreter.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
CORE := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
PEERS := .venv-peers
COMPILED := .venv-compiled
FUZZ := $(VENV)/.installed-fuzz
DEMO := $(VENV)/.installed-demo

.PHONY: help digest briefing test check eval gate bench bench-peers compiled fuzz clean

help:
	@sed -n 's/^#  *\(make .*\)/\1/p' $(MAKEFILE_LIST)

digest: $(CORE)
	@mkdir -p out
	@$(BIN)/summarizer digest evals/articles -o - -o out/digest.html -o out/digest.json
	@echo "The same with every quote in its place: out/digest.html. As data: out/digest.json." >&2

briefing: $(DEMO)
	@$(BIN)/python scripts/briefing_demo.py out

test: $(DEV)
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(DEV)
	@$(BIN)/summarizer eval run

gate: $(DEV)
	@$(BIN)/summarizer eval gate

bench: $(DEV)
	@$(BIN)/python benchmarks/bench.py

bench-peers: $(PEERS)/.installed
	@$(BIN)/python benchmarks/bench.py peers

compiled: $(COMPILED)/.installed
	@$(COMPILED)/bin/summarizer doctor | grep "rules engine"

FUZZ_SECONDS ?= 60
fuzz: $(FUZZ)
	@$(BIN)/python tests/fuzz_run.py --seconds $(FUZZ_SECONDS)

clean:
	rm -rf $(VENV) $(PEERS) $(COMPILED) out bench.json .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(CORE): pyproject.toml constraints.txt scripts/set_up.sh
	@bash scripts/set_up.sh $(VENV) .
	@touch $@

$(DEV): pyproject.toml constraints.txt scripts/set_up.sh
	@bash scripts/set_up.sh $(VENV) ".[dev]"
	@touch $@ $(CORE) $(DEMO)

$(DEMO): pyproject.toml constraints.txt scripts/set_up.sh
	@bash scripts/set_up.sh $(VENV) ".[demo]"
	@touch $@ $(CORE)

$(FUZZ): $(DEV)
	@bash scripts/set_up.sh $(VENV) ".[dev,fuzz]"
	@touch $@

$(PEERS)/.installed: $(DEV)
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip install -qq --disable-pip-version-check ".[bench-peers]"
	@touch $@

$(COMPILED)/.installed: pyproject.toml constraints.txt scripts/set_up.sh scripts/compiled_wheel.py \
		$(shell find summarizer prompts schemas -type f -not -name '*.pyc')
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 bash scripts/set_up.sh $(COMPILED) . wheel
	@touch $@
