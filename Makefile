# Everything a person types here. `make` alone lists it.
SHELL := /bin/sh
PYTHON_IN := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUNBUFFERED := 1

# What takes longest comes last: stories in a browser three at a time, and beside them, one by one, what
# kills servers and what needs Firefox. They mostly wait.
STORIES := tests/e2e/
ALONE := tests/kill/ tests/firefox/
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run dev setup test check check-server check-client test-client test-stories test-alone unit e2e bench contract pins

help: ## list these commands
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: ## set up what is missing, then serve on http://localhost:8000 (PORT=, HOST=)
	@tools/venv.sh requirements.txt
	@$(PYTHON_IN) tools/pwa.py
	@exec $(PYTHON_IN) tools/serve.py

dev: ## the same with servers that reload what you edit
	@tools/venv.sh requirements-dev.txt
	@$(PYTHON_IN) tools/pwa.py
	@exec $(PYTHON_IN) tools/serve.py --dev

setup: ## everything that the checks and tests need, and nothing else
	@tools/venv.sh requirements-dev.txt
	@$(PYTHON_IN) tools/machine.py
	@$(PYTHON_IN) tools/pwa.py

test: setup check ## set up, then every check and every test there is
	@$(PYTHON_IN) -m pytest -ra $(SIDE_BY_SIDE) $(filter-out $(STORIES) $(ALONE),$(wildcard tests/*/))
	@$(MAKE) --no-print-directory --jobs=2 --output-sync test-stories test-alone

# In the order of their names: the longest file, of axe, comes first.
test-stories:
	@$(PYTHON_IN) -m pytest -ra -n 3 --dist loadfile --no-loadscope-reorder $(STORIES)

test-alone:
	@$(PYTHON_IN) -m pytest -ra $(ALONE)

check: ## formats, types, import order, the client's checks and tests
	@tools/venv.sh requirements-dev.txt
	@$(PYTHON_IN) tools/pwa.py --install
	ruff check .
	ruff format --check .
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check-client check-server test-client

check-server:
	mypy
	lint-imports --no-logo

check-client:
	npm --prefix static/pwa run --silent check

test-client:
	npm --prefix static/pwa run --silent test

unit: ## the Python tests without browsers and killed servers; ARGS= goes to pytest
	@$(PYTHON_IN) -m pytest $(SIDE_BY_SIDE) -m "not e2e and not kill and not firefox" $(ARGS)

e2e: ## the whole story in a real browser
	@tools/venv.sh requirements-dev.txt
	@$(PYTHON_IN) tools/pwa.py
	@$(PYTHON_IN) -m pytest -m e2e tests/e2e $(ARGS)

bench: ## measure; NAME=http, sync, pwa, push, push_people, push_rows, export, import, recompute, suggest, planner or district for one
	@tools/venv.sh requirements-dev.txt
	@$(PYTHON_IN) tools/pwa.py
	@$(PYTHON_IN) -m bench $(NAME)

contract: ## write what the app takes from the server: names, moves, types of the API
	@$(PYTHON_IN) -m flask honglin export-client
	@$(PYTHON_IN) -m flask honglin openapi var/openapi.json
	npm --prefix static/pwa run --silent types

pins: ## requirements*.in -> requirements*.txt with today's versions (UPGRADE=: only what is new)
	@tools/venv.sh requirements-dev.txt
	@tools/pins.sh
