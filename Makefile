# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# A stamp is written only after its install succeeded, and lies inside the environment it speaks of.
INSTALLED := $(VENV)/.installed
TOOLS := $(VENV)/.installed-test-tools

.DEFAULT_GOAL := help
.PHONY: help install run test coverage lint format clean

help:
	@echo "make run       install into $(VENV) and start the app on http://localhost:8501"
	@echo "make test      install, with the test tools, and run every test"
	@echo "make install   install into $(VENV); starts nothing"
	@echo "make lint      check style; make format puts it right"
	@echo "make coverage  which lines no test reaches"
	@echo "make clean     remove $(VENV) and what the tests left behind"

run: $(INSTALLED)
	$(BIN)/python -m streamlit run app.py

install: $(INSTALLED)

test: $(TOOLS)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

coverage: $(TOOLS)
	$(BIN)/python -m coverage run -m pytest
	$(BIN)/python -m coverage report

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(TOOLS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .coverage

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "dlviz needs Python 3.11 or newer, and '$(PYTHON)' was not found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "dlviz needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): requirements.txt | $(BIN)/python
	@echo "Installing dlviz's requirements into $(VENV) (torch is large: this takes minutes the first time)"
	$(PIP) install -r requirements.txt
	@touch $@

$(TOOLS): tests/requirements.txt $(INSTALLED)
	$(PIP) install -r tests/requirements.txt
	@touch $@
