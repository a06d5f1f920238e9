# One command each. `make` alone lists them. Works with GNU make 4.3 and sh; nothing here needs root.

.DEFAULT_GOAL := help
.PHONY: help setup demo serve doctor test test-long test-tenants check format bench bench-national cards walk provision package new-dialog lock clean
MAKEFLAGS += --no-print-directory
# Every test starts processes of the bot; without kept bytecode each would compile some 1,100 modules anew (1.7 s).
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
READY := .venv/.ready
ARGS ?=
# Three files at a time on two cores, because a third of the time tests wait; in the order of tests/conftest.py.
# Before their first run all is compiled once, and not by each of the three.
THREE := -n 3 --dist loadfile --no-loadscope-reorder

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

setup: $(READY)  ## make the environment (.venv, .tools); does nothing when it already stands
	@:

$(READY): requirements.txt requirements-dev.txt tools/package.json tools/package-lock.json tools/setup.sh tools/setup.py
	@sh tools/setup.sh

demo: setup  ## pretend tenant, bot and a Teams-like client for four people, in the browser
	@$(PY) -m demo $(ARGS)

serve: setup  ## pretend tenant and bot only; prints one JSON line when ready
	@$(PY) -m demo serve $(ARGS)

doctor: setup  ## look at the tenant and the settings of this terminal, change nothing (ARGS="--json --language en")
	@$(PY) app.py doctor $(ARGS)

test: setup  ## the tests of every change, three files at a time: minutes (ARGS="-k name" runs some, one after the other)
	@$(if $(ARGS),:,[ -d tests/__pycache__ ] || { for one in tests/unit "tests --ignore=tests/unit"; do \
		$(PY) -m pytest --collect-only -qq $$one >/dev/null & done; wait; })
	@$(PY) -m pytest $(or $(ARGS),$(THREE))

test-long: setup  ## those that take longer: kills, races, many seeds, walks of everything (ARGS as above)
	@$(PY) -m pytest -m long $(or $(ARGS),$(THREE))

test-tenants: setup  ## the tests of the whole product against every pretend tenant: half an hour (ARGS=--or-refused for one)
	@$(PY) -m tests.simulation $(or $(ARGS),--each)

check: setup  ## format, lint, types, room contracts, locks, published security faults
	@echo "== format";      $(PY) -m ruff format --check .
	@echo "== lint";        $(PY) -m ruff check .
	@echo "== types";       $(PY) -m mypy
	@echo "== contracts";   .venv/bin/lint-imports
	@echo "== locks";       $(PY) -m tools.locks check
	@echo "== app package"; $(PY) -m tools.toolkit
	@echo "== advisories";  $(PY) -m tools.advisories

format: setup  ## write the format and the lint fixes that are safe
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: setup  ## cost per turn and per Graph call beside other frameworks (a few minutes)
	@$(PY) -m benchmarks $(ARGS)

bench-national: setup  ## the first school week of many schools, squeezed into minutes, two set-ups (ARGS="--schools 2300 …")
	@$(PY) -m benchmarks.national $(ARGS)

cards: setup  ## draw every card in both languages to out/cards/
	@$(PY) -m tests.gallery $(ARGS)

walk: setup  ## thirteen tasks of directors, a teacher, РУО in the browser: presses, heights, pictures in out/tasks/ (minutes)
	@$(PY) -m tests.tasks $(ARGS)

provision: setup  ## app registrations, consents, Azure bot (ARGS="--tenant … --host …"; changes nothing without --apply)
	@$(PY) -m deploy.provision $(ARGS)

new-dialog: setup  ## begin a service: NAME=journal (ARGS='--title "Журнал" --word журнал'; --count says what it would touch)
	@$(PY) -m tools.new_dialog $(NAME) $(ARGS)

package: setup  ## build the Teams app package in build/
	@$(PY) -m manifest $(ARGS)

lock: setup  ## pin requirements*.in anew (ARGS=--upgrade takes the newest versions)
	@$(PY) -m tools.locks make $(ARGS)
	@cd tools && $$(cd .. && $(PY) -m tools.node npm | tr '\n' ' ') install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --loglevel=error

clean:  ## remove what the commands above made (also the demo's data)
	@rm -rf .venv .tools var out build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
