# Pažanga. `make` alone lists what there is.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHONPATH :=
PY := .venv/bin/python
ARGS ?=

.PHONY: help setup setup-dev run demo test test-sqlite test-postgres journeys browsers prove bench check fmt messages

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv with what the product runs on
	@bin/setup base

setup-dev:
	@bin/setup dev

run: setup ## Start everything (PORT=8000); Ctrl-C stops it, var/ keeps the data
	@exec $(PY) -m config.supervisor

demo: setup ## Throw the demonstration's data away and load it again
	@$(PY) manage.py demo --reset

test: setup-dev ## The whole suite, on PostgreSQL and on SQLite, journeys once
	@exec $(PY) -m tests.run $(ARGS)

test-sqlite: setup-dev ## Quick: SQLite only (ARGS="tests/workflows -x")
	@exec $(PY) -m tests.run sqlite $(ARGS)

test-postgres: setup-dev ## Quick: a throw-away PostgreSQL only (ARGS=…)
	@exec $(PY) -m tests.run postgres $(ARGS)

journeys: setup-dev ## Only the stories in a browser (ARGS=…)
	@exec $(PY) -m tests.run journeys $(ARGS)
