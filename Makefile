# Two commands are all a fresh machine needs: `make site` and `make test`. Everything else is for people who work on the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE_READY := $(VENV)/site.ready
TEST_READY := $(VENV)/test.ready
export NO_MKDOCS_2_WARNING := 1
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

.DEFAULT_GOAL := help
.PHONY: help site serve test check lint types schema zensical lock clean

help:  ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 12

site: $(SITE_READY)  ## check the records and build the website into site/
	$(BIN)/living-review build
	$(BIN)/python -m mkdocs build --strict --quiet
	@echo "Open site/index.html"

serve: $(SITE_READY)  ## preview at http://127.0.0.1:8000, rebuilt whenever a record, template or page is saved
	$(BIN)/living-review build
	$(BIN)/python -m mkdocs serve

check: $(SITE_READY)  ## check the records only
	$(BIN)/living-review check

test: $(TEST_READY) lint types  ## run every check that the project has
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(TEST_READY)
	$(BIN)/ruff check generator tests
	$(BIN)/ruff format --check generator tests

types: $(TEST_READY)
	$(BIN)/mypy

schema: $(SITE_READY)  ## rewrite the JSON Schema files and the field reference from the model
	$(BIN)/living-review schema

zensical: $(TEST_READY)  ## build the same pages with Zensical into build/zensical
	$(BIN)/living-review build
	$(BIN)/python -m tests.zensical_build build/zensical

lock: $(TEST_READY)  ## renew the two lock files (the only command that needs the package uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade pyproject.toml --group build -o requirements/site.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade pyproject.toml --group test -o requirements/test.lock

clean:  ## remove everything that is built
	rm -rf build site $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which one: make PYTHON=python3.12 site"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(SITE_READY): requirements/site.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): requirements/test.lock $(SITE_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@
