# Every target sets up what it needs. Python 3.11+, make and git are all that must be there.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# one more than a small machine has cores: tests of nodes and browsers wait part of their time
JOBS   ?= 3
export PYTHONPATH := $(CURDIR)/src:$(CURDIR)
# nodes are processes of their own: where bytecode may not be kept, each would compile every library anew
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup layers ui browser demo test test-quick check check-quick format lock bench trust requirements score tagger events roles places fuzz mutants clean

help: ## show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.stamp: requirements-dev.lock requirements-bootstrap.lock pyproject.toml
	@echo "setting up the Python environment"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements-dev.lock requirements-bootstrap.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/.stamp ui ## prepare everything, run nothing

layers: setup ## the optional layers of intake too: spaCy with its French pipeline, embeddings (docs/layers.md)
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-layers.lock

ui: $(VENV)/.stamp ## build the front end's assets
	@$(BIN)/python tools/build_ui.py

browser: $(VENV)/.stamp
	@$(BIN)/python tools/chromium.py > /dev/null

demo: setup ## the demonstration: one address, every party (DOCS=folder adds your own articles)
	@$(BIN)/tansiq demo $(if $(DOCS),--docs "$(DOCS)")

test: setup browser ## every test: real NATS, PostgreSQL and Chromium included
	@place=$$($(BIN)/python tools/scratch.py); [ -z "$$place" ] || export TMPDIR="$$place"; $(BIN)/pytest -n $(JOBS) --dist loadgroup

test-quick: setup ## a first look, without servers and browsers
	@$(BIN)/pytest -m "not edge and not browser and not slow" -n $(JOBS)

check: $(VENV)/.stamp ## format, lint, types, floors, page and style checks
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/lint-imports --no-logo > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python tools/check_tree.py

check-quick: check

format: $(VENV)/.stamp ## format and mend what can be mended
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

lock: $(VENV)/.stamp ## compile the lock files again (hashes, no download addresses)
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal pyproject.toml --group dev -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal pyproject.toml --extra french --extra embeddings -c requirements-dev.lock -o requirements-layers.lock

bench: setup ## speed and memory, each beside its floor
	@$(BIN)/python -m tests.bench

trust: setup ## the acceptance checks in full, each with its counts (ONLY="1 6_canaries", QUICK=1)
	@$(BIN)/python -m tests.trust $(if $(QUICK),--quick) $(ONLY)

requirements: setup ## the rows R01 to R71: pass, fail, not yet (ONLY="R36 R47")
	@$(BIN)/python -m tests.requirements $(ONLY)

score: setup ## drafts beside annotations: articles in sample and left out, the opened sets, and the blind set with and without the tagger (LANGS="ar fr blind"); or with and without optional layers (LAYERS="spacy embeddings model")
	@$(BIN)/python -m tests.intake.$(if $(LAYERS),layers $(LAYERS),measure $(LANGS))

tagger: setup ## train the tagger of names again from training/tagger (MEASURE=1 prints held-out figures too)
	@$(BIN)/python tools/train_tagger.py $(if $(MEASURE),--measure)

events: setup ## fit again by what a trigger is taken for an event, and print what is found when left out
	@$(BIN)/python -m tools.train_events

roles: setup ## fit again who is taken to take part in an event, and print what is found when left out
	@$(BIN)/python -m tools.train_roles

places: setup ## fit again where an event is taken to take place, and print what is found when left out
	@$(BIN)/python -m tools.train_places

fuzz: setup ## every parser of foreign bytes, guided by coverage (MINUTES=10 each, JOBS=2)
	@$(BIN)/python -m tests.fuzz $(ONLY)

mutants: setup ## every mutant of policy and seal, and which of them live (ONLY="tansiq.policy.permits*", AGAIN=1)
	@$(BIN)/python -m tests.mutants $(if $(AGAIN),--again) $(ONLY)

clean: ## remove what the targets made
	rm -rf $(VENV) mutants ui/node_modules src/tansiq/web/dist .pytest_cache .mypy_cache .ruff_cache .lint-imports.log
