# Pažanga. `make` alone lists what there is.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHONPATH :=
PY := .venv/bin/python
ARGS ?=

.PHONY: help setup setup-dev run demo test test-sqlite test-postgres journeys browsers coverage prove bench check fmt messages pictures

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv with what the product runs on
	@bin/setup base

setup-dev:
	@bin/setup dev

run: setup ## Start everything (PORT=8000); Ctrl-C stops it, var/ keeps the data
	@exec $(PY) -m config.supervisor

demo: setup ## Throw the demonstration's data away and load it again
	@exec $(PY) -m config.supervisor demo

test: setup-dev ## The whole suite, on PostgreSQL and on SQLite, journeys once
	@exec $(PY) -m tests.run $(ARGS)

test-sqlite: setup-dev ## Quick: SQLite only (ARGS="tests/workflows -x")
	@exec $(PY) -m tests.run sqlite $(ARGS)

test-postgres: setup-dev ## Quick: a throw-away PostgreSQL only (ARGS=…)
	@exec $(PY) -m tests.run postgres $(ARGS)

journeys: setup-dev ## Only the stories in a browser (ARGS=…)
	@exec $(PY) -m tests.run journeys $(ARGS)

check: setup-dev ## Format, lint, types, imports, templates, migrations, diagrams, translations (ARGS="lint types")
	@bin/check $(ARGS)

fmt: setup-dev ## Put code and templates into their one shape
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet . ; find templates -name '*.html' | xargs .venv/bin/djade

messages: setup-dev ## Bring the catalogues in step with code and templates
	@$(PY) manage.py extract_messages && $(PY) manage.py compile_messages

coverage: setup-dev ## The suite on both databases, measured: lines and branches of each package, and what no test reached
	@exec $(PY) -m tests.covered $(ARGS)

prove: setup-dev ## The long proofs, as long as they take; their figures go to docs/proof.md
	@exec $(PY) -m tests.run prove $(ARGS)

bench: setup-dev ## Speeds as ratios within one run, and memory
	@exec $(PY) -m tests.run bench $(ARGS)

pictures: setup-dev ## Take the pictures of README and guides anew (ARGS="ranking call")
	@exec $(PY) -m tests.pictures $(ARGS)

browsers: setup-dev ## Install Chromium for the journeys, where this machine allows it
	@bin/browsers
