# The house from the command line. Needs Python 3.11 or newer and make; everything else comes by itself.
PYTHON := $(shell for p in .venv/bin/python python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BOOTSTRAP = $(or $(PYTHON),$(error Serve Python 3.11 o più recente: sudo apt-get install python3)) tools/bootstrap.py
BIN := .venv/bin
CHECKED := CASA_SECRET_KEY=only-for-the-checks-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \
	CASA_DATABASE_URL=postgresql:///casa CASA_DATA_DIR=.venv/checks CASA_TLS=true PYTHONWARNINGS=ignore::RuntimeWarning

unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test serve worker lint types rules format bench permissions upgrade clean setup setup-test
.DEFAULT_GOAL := help

help: ## questo elenco
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' Makefile

run: setup ## avvia la piattaforma (Ctrl-C la ferma)
	@exec $(BIN)/casa up

test: setup-test lint ## tutti i controlli e tutte le prove
	@$(BIN)/python tools/system_packages.py
	@$(BIN)/python -m compileall -q -j 2 casa bench tools # the tests start hundreds of processes
	$(BIN)/python -m pytest -n 2 --dist loadgroup --durations=20 --durations-min=4

serve: setup ## solo il server web, che si riavvia quando il codice cambia
	@export DJANGO_SETTINGS_MODULE=casa.settings.dev; $(BIN)/casa prepare && exec $(BIN)/casa web --reload

worker: setup ## solo chi esegue i lavori in coda
	@exec $(BIN)/casa worker

lint: setup-test ## stile, tipi, contratti fra le stanze, pagine, impostazioni, migrazioni mancanti
	@$(MAKE) --no-print-directory -j 2 types rules

types:
	$(BIN)/mypy

rules:
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet
	$(BIN)/lint-imports --no-cache >.venv/lint-imports.txt || { cat .venv/lint-imports.txt; exit 1; }
	$(BIN)/djlint casa --lint --quiet
	$(BIN)/python tools/permissions.py --check
	$(CHECKED) DJANGO_SETTINGS_MODULE=casa.settings.prod $(BIN)/casa manage check --deploy --fail-level WARNING
	$(CHECKED) DJANGO_SETTINGS_MODULE=casa.settings.prod $(BIN)/casa manage makemigrations --check --dry-run

format: setup-test ## mette in ordine il codice
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djlint casa --reformat --quiet

permissions: setup-test ## scrive docs/permissions.md da quello che le prove dimostrano
	$(BIN)/python tools/permissions.py

bench: setup-test ## le misure (vedi bench/README.md)
	$(BIN)/python -m bench

upgrade: ## blocca di nuovo le versioni dei pacchetti, le più recenti permesse
	@$(PYTHON) tools/upgrade.py

clean: ## toglie gli ambienti, mai i dati di var/
	rm -rf .uv .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

setup:
	@$(BOOTSTRAP) run

setup-test:
	@$(BOOTSTRAP) test
