# Fonds. Needs Python 3.11 or newer and make, nothing else; `make help` lists what there is.
# Written for GNU make 3.81, which macOS ships, and for any POSIX shell.

PORT ?= 8000
DATA_DIR ?= var
# The interpreter for .venv; empty means the first suitable one of CANDIDATES.
PYTHON ?=
CANDIDATES = python3.13 python3.12 python3.11 python3 python
# A newer interpreter than that of .venv, for the second run of the tests: newer Pythons get a newer Django.
NEWER ?=
IMAGE ?= fonds
BASE ?=
# For make harvesters.
RECORDS ?= 10000
VALIDATOR ?=

VENV = .venv
PY = $(VENV)/bin/python
NEWER_VENV = .venv-newer
NEWER_PY = $(NEWER_VENV)/bin/python
UV = $(VENV)/bin/uv
# Stamps: touched last, so that an interrupted install is taken up again.
MADE = $(VENV)/.made
SITE = $(VENV)/.site
DEV = $(VENV)/.dev
PEERS = $(VENV)/.peers
WORDS = $(VENV)/.words
VIEWER = iiif/static/iiif/vendor/mirador/.made
AXE = tests/axe/node_modules/.made
PARSER = tests/iiif/parser/node_modules/.made
VIEWERS = tests/viewers/node_modules/.made

export PORT DATA_DIR
# Where it is set, every process of the tests, some hundreds, compiles all that it imports again.
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:
.PHONY: help demo test newer check lock words viewer bench harvesters soak image clean

help:
	@echo "make demo    the site with our own sources in it, on PORT (8000), with its data in DATA_DIR (var)"
	@echo "make test    the whole suite, on SQLite and on PostgreSQL"
	@echo "make check   lint, types, import contracts, settings, container files"
	@echo "make bench   measurements beside peers, one JSON line for each figure"
	@echo "make harvesters  a validator and others' harvesters against 10,000 records (VALIDATOR=checkout)"
	@echo "make soak    the long tests"
	@echo "make viewer  fetch Mirador for the document pages"
	@echo "make lock    write the lock files anew from pyproject.toml (UPGRADE=1: with the newest versions)"
	@echo "make words   write what the pages have come to say into the catalogues of translations, to be translated"
	@echo "make image   build the container image with buildah (BASE=... for another base image)"
	@echo "make clean   remove what was installed and built; DATA_DIR is kept"

demo: $(SITE) $(WORDS) $(VIEWER)
	@exec $(PY) -m config.demo

# Both engines run even if the first fails. Of the three at SQLite, two mostly wait for the processes that they test; see
# tests/sharing.py.
# The browser is indifferent to the engine, and runs once.
test: $(DEV) $(WORDS) $(VIEWER) $(AXE) $(PARSER) $(if $(NEWER),newer)
	@status=0; \
	echo "== The suite on SQLite"; \
	$(PY) -m pytest -n 3 -m "not soak" $(ARGS) || status=1; \
	echo "== The suite on PostgreSQL"; \
	TEST_ENGINE=postgresql $(if $(NEWER),$(NEWER_PY),$(PY)) -m pytest -n 2 -m "not soak and not browser and not once" $(ARGS) || status=1; \
	exit $$status

newer:
	@$(MAKE) --no-print-directory VENV=$(NEWER_VENV) PYTHON=$(NEWER) $(NEWER_VENV)/.dev
	@$(NEWER_PY) -c 'import platform, django; print("== Python", platform.python_version(), "with Django", django.__version__)'

# Every check runs even if one before it fails, so that one run tells everything.
check: $(DEV)
	@status=0; \
	try() { echo "== $$*"; "$$@" || status=1; }; \
	try $(PY) -m ruff check .; \
	try $(PY) -m ruff format --check .; \
	try $(PY) -m mypy; \
	try $(VENV)/bin/lint-imports; \
	try env DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run; \
	try env SECRET_KEY=`$(PY) -c 'import secrets; print(secrets.token_urlsafe(50))'` \
	    PUBLIC_BASE_URL=https://archive.example.org DATABASE_URL=sqlite://:memory: \
	    $(PY) manage.py check --deploy --fail-level WARNING; \
	try $(VENV)/bin/hadolint docker/Dockerfile; \
	try $(VENV)/bin/check-jsonschema --builtin-schema vendor.compose-spec docker/compose.yaml; \
	try $(PY) -m pytest -q tests/house; \
	exit $$status

bench: $(DEV) $(PEERS)
	@for each in benchmarks/bench_*.py; do $(PY) $$each || exit 1; done

# Needs Debian's libhttp-oai-perl and libcatmandu-oai-perl, and a checkout of github.com/zimeon/oaipmh-validator
# as VALIDATOR; says what it skips, and why.
harvesters: $(DEV)
	@$(PY) -W ignore -m tests.harvesters $(RECORDS) $(VALIDATOR)

# On PostgreSQL only what asks the database; see tests/conftest.py.
soak: $(DEV) $(VIEWER) $(VIEWERS)
	@status=0; \
	$(PY) -m pytest -m soak $(ARGS) || status=1; \
	TEST_ENGINE=postgresql $(PY) -m pytest -m "soak and not once and not browser" $(ARGS) || status=1; \
	exit $$status

viewer: $(VIEWER)

# COMPILE writes one lock file: for every Python and platform, with checksums, without the name of any index.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-annotate --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

lock: $(MADE)
	$(COMPILE) --extra site --extra postgres --extra redis --extra cjk pyproject.toml -o requirements.lock
	$(COMPILE) --extra site --extra postgres --extra redis --extra cjk --group dev -c requirements.lock pyproject.toml \
	    -o requirements-dev.lock
	$(COMPILE) --group pyproject.toml:bench -c requirements-dev.lock -o requirements-bench.lock
	$(COMPILE) --group pyproject.toml:uv -o requirements-uv.lock
	$(COMPILE) --group pyproject.toml:node -o requirements-node.lock

words: $(DEV)
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) -m tests.words

image:
	@command -v buildah >/dev/null || { echo "make image needs buildah; elsewhere: docker build -f docker/Dockerfile ."; exit 1; }
	buildah build --isolation chroot --format docker $(if $(BASE),--build-arg BASE=$(BASE)) -t $(IMAGE) -f docker/Dockerfile .

clean:
	rm -rf $(VENV) $(NEWER_VENV) node_modules tests/axe/node_modules tests/iiif/parser/node_modules tests/viewers/node_modules \
	    iiif/static/iiif/vendor build dist \
	    .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- what is installed -------------------------------------------------------------------------------------

# Over a .venv that works, venv repairs what is missing; one whose Python has gone is made anew.
$(MADE): requirements-uv.lock
	@python=; \
	for each in $(or $(PYTHON),$(CANDIDATES)); do \
	    if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "No Python 3.11 or newer among: $(or $(PYTHON),$(CANDIDATES)). Install one, or name it: make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	    echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	    exit 1; \
	fi; \
	clear=; $(PY) -c '' >/dev/null 2>&1 || clear=--clear; \
	$$python -m venv $$clear $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(SITE): $(MADE) requirements.lock
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	@touch $@

$(DEV): $(MADE) requirements-dev.lock
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.lock
	@touch $@

$(PEERS): $(DEV) requirements-bench.lock
	$(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-bench.lock
	@touch $@

# The translations as Django reads them. After $(SITE), which brings what compiles them; the tests' packages do too.
$(WORDS): $(wildcard archive/locale/*/LC_MESSAGES/django.po) config/words.py | $(MADE)
	$(PY) -m config.words
	@touch $@

# npm from the machine if it has one, else from a wheel that carries Node.js.
NPM_CI = if ! command -v npm >/dev/null 2>&1; then \
	    $(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-node.lock || exit 1; \
	    PATH="$(CURDIR)/$(VENV)/bin:$$PATH"; export PATH; \
	fi; \
	npm ci --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error

$(VIEWER): package.json package-lock.json .npmrc | $(MADE)
	@$(NPM_CI)
	@mkdir -p $(dir $@)
	cp node_modules/mirador/LICENSE $(dir $@)
	@# Without its last line, which names a source map of 12 MB that is not served.
	sed '/^\/\/# sourceMappingURL=/d' node_modules/mirador/dist/mirador.min.js > $(dir $@)mirador.min.js
	@touch $@

# Of the tests alone, so no part of the packages of the viewer.
$(AXE): tests/axe/package.json tests/axe/package-lock.json | $(MADE)
	@cd $(dir $<) && $(NPM_CI)
	@touch $@

$(PARSER): tests/iiif/parser/package.json tests/iiif/parser/package-lock.json | $(MADE)
	@cd $(dir $<) && $(NPM_CI)
	@touch $@

# Half a gigabyte with what they are built from, for the long tests alone.
$(VIEWERS): tests/viewers/package.json tests/viewers/package-lock.json | $(MADE)
	@cd $(dir $<) && $(NPM_CI)
	@touch $@
