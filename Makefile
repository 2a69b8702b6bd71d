# `make demo` serves the site here; `make test` runs every test. Both set up what they need, once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SILENT:

PORT ?= 8000
ARGS ?=
# As in elysium/settings.py: the environment first, then .env, then var/ beside this file.
DATA_DIR := $(or $(DATA_DIR),$(shell sed -n 's/^DATA_DIR=["'\'']\{0,1\}\([^"'\'']*\).*/\1/p' .env 2>/dev/null),var)
export DATA_DIR
# Tests start hundreds of processes, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON_IS_NEW = 'import sys; sys.exit(sys.version_info < (3, 11))'
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3 python; do \
	$$name -c $(PYTHON_IS_NEW) 2>/dev/null && echo $$name && break; done)
endif
VENV_PYTHON := .venv/bin/python
# The demo runs as a real site does: error pages, static files and speed are those that visitors get.
DEMO = DEBUG=false SECOND_FACTOR="$${SECOND_FACTOR:-false}" SECRET_KEY="$${SECRET_KEY:-$$(cat "$(DATA_DIR)/secret_key")}" $(VENV_PYTHON) manage.py
# A site like those that strangers reach, for the checks that only make sense there.
PRODUCTION = DEBUG=false SECRET_KEY=$$($(VENV_PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=example.org CSRF_TRUSTED_ORIGINS=https://example.org \
	SECURE_SSL_REDIRECT=true SECURE_HSTS_SECONDS=31536000
COMPILE = $(VENV_PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' pyproject.toml
# What the image of deploy/Dockerfile installs, in the versions that were tested.
MACHINES = --extra server --extra postgres --extra redis --extra s3 --constraints requirements-dev.txt

.PHONY: help
help: ## Say what can be made
	sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: demo
demo: install port key ## Set everything up, import the seeds, serve the site (PORT=8000)
	$(DEMO) migrate --verbosity 0
	$(DEMO) import_seeds
	$(DEMO) create_editor
	$(DEMO) collectstatic --noinput --verbosity 0
	echo "Serving http://127.0.0.1:$(PORT)/ (English: /en/, editors: /admin/). Ctrl-C stops."
	LOG_LEVEL="$${LOG_LEVEL:-warning}" $(DEMO) serve "127.0.0.1:$(PORT)"

.PHONY: password
password: install key ## Give the demo's editor a new password
	$(DEMO) create_editor --new-password

.PHONY: test
test: install-dev ## Set up, then run every test (ARGS="tests/reading -n0" for some)
	$(VENV_PYTHON) -m pytest -n auto $(ARGS)

# Two sites beside each other; each of them waits for its disk most of the time.
.PHONY: test-faults
test-faults: install-dev ## Kill, cut off, fill up and overload sites of their own; ten minutes, needs strace
	$(VENV_PYTHON) -m pytest -n 2 --dist load -m faults tests/faults $(ARGS)

# Of this process and of every one that it starts; a browser adds nothing that the other tests do not reach.
.PHONY: coverage
coverage: install-dev ## Which branches of films/ no test takes; fails under 95 %
	$(VENV_PYTHON) -m coverage run -m pytest -n auto -m "not browser and not faults" $(ARGS)
	$(VENV_PYTHON) -m coverage combine --quiet
	$(VENV_PYTHON) -m coverage report

# mutmut lies beside: nothing else needs it, nor what it brings.
.PHONY: mutants
mutants: install-dev ## Change the code and count what the tests see of it (MUTANTS="films/reading 150 7 tests/reading")
	test -d .venv/mutmut || $(VENV_PYTHON) -m uv pip install --quiet --target .venv/mutmut mutmut==3.8.1
	PYTHONPATH=$(CURDIR)/.venv/mutmut $(VENV_PYTHON) -m tests.mutants $(MUTANTS)

# HOSTILE: how many requests; HOSTILE_SEED: which ones.
.PHONY: hostile
hostile: install-dev ## Send a hundred thousand hostile requests through the site, in process
	HOSTILE=$${HOSTILE:-100000} $(VENV_PYTHON) -m pytest -n auto tests/hostile $(ARGS)

.PHONY: check
check: install-dev ## Style, types, templates, migrations, deployment, messages, requirements
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m mypy
	git ls-files -z '*.html' | xargs -0r .venv/bin/djade --target-version 5.2 --check
	DEBUG=true $(VENV_PYTHON) manage.py makemigrations --check --dry-run --verbosity 1
	$(PRODUCTION) $(VENV_PYTHON) manage.py check --deploy --fail-level INFO
	$(VENV_PYTHON) -m pytest -n0 tests/test_messages.py
	$(MAKE) --no-print-directory locked

.PHONY: format
format: install-dev ## Bring Python and templates into the house style
	$(VENV_PYTHON) -m ruff check --fix .
	$(VENV_PYTHON) -m ruff format .
	git ls-files -z '*.html' | xargs -0r .venv/bin/djade --target-version 5.2

.PHONY: bench
bench: install-dev ## Measure importing against plain SQLite, serving against bare WSGI and ordinary Django, pages at two sizes
	$(VENV_PYTHON) -m tests.bench import
	$(VENV_PYTHON) -m tests.bench serving $(ARGS)
	$(VENV_PYTHON) -m tests.bench scale

.PHONY: lighthouse
lighthouse: venv ## Lighthouse on ten pages of the demo that is running (PORT=8000); needs chromium and npm
	$(VENV_PYTHON) -m tests.lighthouse "http://127.0.0.1:$(PORT)"

.PHONY: lock
lock: install-dev ## Write both requirements files anew from pyproject.toml
	$(COMPILE) --upgrade --extra server --output-file requirements.txt
	$(COMPILE) --upgrade --group dev --output-file requirements-dev.txt
	$(COMPILE) $(MACHINES) --output-file deploy/requirements-machines.txt

.PHONY: sbom
sbom: install-dev ## Write the bill of materials (CycloneDX) of what a site installs
	mkdir -p "$(DATA_DIR)" && $(VENV_PYTHON) -m tests.sbom "$(DATA_DIR)/sbom.cdx.json"

.PHONY: messages
messages: install-dev ## Compile the catalogues of the interface (.po to .mo, without gettext's programs)
	for po in films/locale/*/LC_MESSAGES/*.po; do \
		$(VENV_PYTHON) -c 'import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' "$$po" "$${po%.po}.mo"; \
	done

# What is pinned stays pinned, so that a release made upstream does not turn this red.
.PHONY: locked
locked: install-dev
	set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; cp requirements.txt requirements-dev.txt "$$folder"; \
	$(COMPILE) --extra server --output-file "$$folder/requirements.txt"; \
	$(COMPILE) --group dev --output-file "$$folder/requirements-dev.txt"; \
	cp deploy/requirements-machines.txt "$$folder"; \
	$(COMPILE) $(MACHINES) --output-file "$$folder/requirements-machines.txt"; \
	for name in requirements.txt requirements-dev.txt deploy/requirements-machines.txt; do \
		made="$$folder/$$(basename $$name)"; \
		cmp -s $$name "$$made" || { diff $$name "$$made" | head -20; \
		echo "$$name is out of step with pyproject.toml. Run make lock." >&2; exit 1; }; \
	done

# Each keeps a copy of what it installed, so that a second run installs nothing.
.PHONY: install
install: venv
	$(call install_once,requirements.txt)

.PHONY: install-dev
install-dev: venv
	$(call install_once,requirements-dev.txt,requirements.txt)

# $(2): what the same packages cover as well.
define install_once
	cmp -s $(1) .venv/installed-$(1) || { \
		echo "Installing $(1) …"; \
		if $(VENV_PYTHON) -c 'import pip' 2>/dev/null; then pip="$(VENV_PYTHON) -m pip"; \
		else pip="$(PYTHON) -m pip --python $(VENV_PYTHON)"; fi; \
		$$pip --disable-pip-version-check --no-input --quiet install --require-hashes --requirement $(1) \
		&& for name in $(1) $(2); do cp $$name .venv/installed-$$name; done; }
endef

# Debian's Python comes without ensurepip; a pip outside the environment can fill it as well.
.PHONY: venv
venv:
	if $(VENV_PYTHON) -c $(PYTHON_IS_NEW) 2>/dev/null; then exit 0; fi; \
	if ! $(or $(PYTHON),false) -c $(PYTHON_IS_NEW); then \
		echo "Elysium needs Python 3.11 or newer; on Debian: apt install python3 python3-venv" >&2; exit 1; fi; \
	rm -rf .venv; \
	if $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then $(PYTHON) -m venv .venv; \
	elif $(PYTHON) -c 'import venv, pip' 2>/dev/null; then $(PYTHON) -m venv --without-pip .venv; \
	else echo "$(PYTHON) has neither venv with ensurepip nor pip; on Debian: apt install python3-venv" >&2; exit 1; fi

.PHONY: key
key: install
	if [ -s "$(DATA_DIR)/secret_key" ]; then exit 0; fi; umask 077; set -e; mkdir -p "$(DATA_DIR)"; \
	$(VENV_PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' >"$(DATA_DIR)/secret_key.new"; \
	mv "$(DATA_DIR)/secret_key.new" "$(DATA_DIR)/secret_key"

.PHONY: port
port: install
	$(VENV_PYTHON) -c 'import sys; from elysium.port import complaint; sys.exit(complaint("$(PORT)"))'
