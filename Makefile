# `make help` lists what there is. Everything runs in .venv, which is made from the locks on first use.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
PEERS := .venv-bench
BENCH := $(PEERS)/run.stamp
TYPESCRIPT := examples/typescript
NODE := $(TYPESCRIPT)/node_modules/run.stamp
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-config

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test dev fuzz contract bench-extract bench-requests bench-growth bench-start bench-peers bench-parallel chaos soak lint audit types format openapi description clients pictures node image lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Compiled first for a quick start, also where Python is told to write no bytecode.
serve: $(RUN) ## answer over HTTP on port 8000, from the texts in seeds/ or ONRECORD_TEXTS
	@$(BIN)/python -m compileall -q service
	$(BIN)/onrecord serve

test: $(DEV) ## run all tests, in as many processes as there are cores
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

dev: $(DEV) ## install what developing needs, and run nothing

fuzz: $(DEV) ## read 100,000 random texts and check each record (takes most of an hour; fewer with make fuzz INPUTS=1000)
	$(BIN)/python -m tests.fuzz $(if $(INPUTS),--inputs $(INPUTS))

contract: $(DEV) ## ask the running service all that the description allows, and more (make contract EXAMPLES=100 URL=http://127.0.0.1:8000)
	$(BIN)/schemathesis run $(or $(URL),http://127.0.0.1:8000)/openapi.json --checks all \
		--max-examples $(or $(EXAMPLES),100) --continue-on-failure

bench-extract: $(DEV) ## compare the extraction's words per second with bare spaCy's, and textacy's after make bench-peers (make bench-extract ARTICLES=FILE.jsonl ROUNDS=9)
	$(BIN)/python -m bench.extract $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEEP),--keep)

bench-requests: $(DEV) ## compare what a request costs in process with a bare Flask route (make bench-requests ROUNDS=31)
	$(BIN)/python -m bench.requests $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEEP),--keep)

bench-growth: $(DEV) ## measure how cost grows from a thousand to a million statements (takes most of an hour; make bench-growth SIZES="1000 10000" RECORDS=FOLDER)
	$(BIN)/python -m bench.growth $(if $(SIZES),--sizes $(SIZES)) $(if $(RECORDS),--records $(RECORDS)) $(if $(KEEP),--keep)

bench-start: $(DEV) ## count the processor time until /readyz answers, with no text parsed before and with all kept (make bench-start TEXTS=FOLDER ROUNDS=9)
	$(BIN)/python -m bench.start $(if $(TEXTS),--texts $(TEXTS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEEP),--keep)

# What is compared with the service is installed where neither can change what the other gets.
bench-peers: $(BENCH) ## compare what a request costs over a socket with FastAPI, Flask and SQLite, datasette (needs wrk; make bench-peers ROUNDS=9 STATEMENTS=100000, or TEXTS=FOLDER)
	$(PEERS)/bin/python -m bench.peers $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(STATEMENTS),--statements $(STATEMENTS)) $(if $(TEXTS),--texts $(TEXTS)) $(if $(KEEP),--keep)

bench-parallel: $(DEV) ## compare parsing many texts by one process and two, here and on a dask cluster (make bench-parallel TEXTS=500 ROUNDS=9)
	$(BIN)/python -m bench.parallel $(if $(TEXTS),--texts $(TEXTS)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(KEEP),--keep)

chaos: $(DEV) ## try on the running service what can go wrong, each fault beside a control (needs nginx and faketime; make chaos ONLY=slow-clients)
	$(BIN)/python -m chaos $(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep)

soak: $(DEV) ## ask two workers for all they can give, and watch their memory and files (make soak MINUTES=10)
	$(BIN)/python -m chaos.soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(KEEP),--keep)

lint: $(DEV) ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

audit: $(DEV) ## look for weaknesses in the code, and for known ones in what it is locked to (asks PyPI)
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml service
	@$(BIN)/python -m tests.audit

types: $(DEV) ## check types
	$(BIN)/mypy service tests bench chaos examples/python deploy/bake.py

format: $(DEV) ## format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

openapi: $(DEV) ## write openapi.yaml anew
	$(BIN)/onrecord openapi > $(VENV)/openapi.yaml
	cp $(VENV)/openapi.yaml openapi.yaml

# Redocly is told to ask nobody for news and to tell nobody of its use.
description: export REDOCLY_TELEMETRY := off
description: export REDOCLY_SUPPRESS_UPDATE_NOTICE := true
description: $(DEV) $(NODE) ## check that openapi.yaml is what the code describes, and that Redocly finds nothing wrong with it (needs node)
	@$(BIN)/onrecord openapi | diff -u openapi.yaml - || { echo "openapi.yaml is not what the code describes: make openapi" >&2; exit 1; }
	npm run --silent --prefix $(TYPESCRIPT) description

clients: $(DEV) $(NODE) ## compile the TypeScript example and test both clients (needs node)
	$(BIN)/python -m pytest tests/test_examples.py

pictures: $(DEV) ## take the pictures of the pages in docs/ anew (needs chromium)
	$(BIN)/python -m tests.page.pictures

node: $(NODE) ## install what the TypeScript example and the check of the description need (needs node)

# The health check is Docker's, and lost in another format.
image: export BUILDAH_FORMAT := docker
image: ENGINE ?= docker
image: ## build the container image onrecord:latest (make image ENGINE=podman; docs/operations.md)
	$(ENGINE) build --tag onrecord:latest --build-arg VERSION=$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml) .

# What this machine's pip is set to has no say in the locks.
lock: export PIP_CONFIG_FILE := /dev/null
lock: export PIP_FIND_LINKS :=
lock: $(DEV) ## pin the dependencies anew, with hashes (takes minutes; --upgrade with make lock UPGRADE=1)
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file=requirements/run.txt pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
		| $(COMPILE) $(if $(UPGRADE),--upgrade) --extra=dask --constraint=requirements/run.txt --output-file=requirements/dev.txt pyproject.toml -
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["bench"], sep="\n")' \
		| $(COMPILE) $(if $(UPGRADE),--upgrade) --constraint=requirements/run.txt --output-file=requirements/bench.txt pyproject.toml -

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(BENCH): requirements/bench.txt | $(BIN)/python
	$(BIN)/python -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

# The lock says what is installed, whatever else the packages would like to run or ask.
$(NODE): $(TYPESCRIPT)/package.json $(TYPESCRIPT)/package-lock.json
	@command -v npm > /dev/null || { echo "node 18 or later and npm are needed here" >&2; exit 1; }
	npm ci --prefix $(TYPESCRIPT) --ignore-scripts --no-audit --no-fund
	@touch $@
