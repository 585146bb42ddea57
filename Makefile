# Everything a developer or an evaluator runs, each without a flag. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEMO := var/demo
ASK = $(BIN)/briefing ask --library $(DEMO)
SERVE = $(BIN)/briefing serve --library $(DEMO)
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo serve test check format starter clean

help: ## list these targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Installs once, and again only when what is installed would change; no network is asked otherwise.
$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a few minutes the first time) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(INSTALLED) ## ask the bundled notes two questions, then open the page
	@echo '$$ briefing ingest --starter'
	@$(BIN)/briefing ingest --starter --library $(DEMO)
	@echo
	@echo '$$ briefing ask "What did the Commissioner ask Dahua to confirm?"'
	@$(ASK) "What did the Commissioner ask Dahua to confirm?"
	@echo
	@echo '$$ briefing ask "What did Michael Gove reply to the Commissioner?"'
	@$(ASK) "What did Michael Gove reply to the Commissioner?" || test $$? -eq 3
	@echo
	@if [ -t 1 ]; then \
		echo 'The page opens at http://127.0.0.1:7860 ; Ctrl-C stops it.'; \
		exec $(SERVE) --open; \
	else \
		echo 'To open the page: $(SERVE) --open'; \
	fi

serve: $(INSTALLED) ## serve the page over your own library
	@exec $(BIN)/briefing serve --open

test: $(INSTALLED) ## run the tests, with branch coverage
	@$(BIN)/python -m pytest --cov --cov-report=term $(PYTEST_ARGS)

check: $(INSTALLED) ## lint, format, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(INSTALLED) ## put the code into the one format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

starter: $(INSTALLED) ## make the bundled PDF, Word and mail notes anew
	@$(BIN)/python docs/starter/make.py

clean: ## remove the virtual environment and the demo's library
	@rm -rf $(VENV) $(DEMO)
