# The commands of this project. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
STACK ?= local
VENV := .venv
INSTALLED := $(VENV)/.installed
TABLEWRIGHT := $(VENV)/bin/tablewright
on = $(filter-out 0 no false,$(1))
PULUMI_OPTIONS = $(if $(call on,$(YES)),--yes)
REPORT_OPTIONS = $(if $(REPORT),--report $(REPORT))
LOCAL_OPTIONS = $(if $(call on,$(KEEP)),--keep) $(if $(PORT),--port $(PORT)) \
	$(if $(ENGINE),--engine $(ENGINE)) $(if $(AWS_PLUGIN),--aws-plugin $(AWS_PLUGIN))

# One line that changes on a terminal, a line for every tenth package elsewhere.
progress = awk -v tty="$$(test -t 2 && echo 1)" '/^Collecting|^Installing/ { n += 1; \
	if (tty) { printf "\r  %3d %-70s", n, $$2; fflush() } else if (n % 10 == 0) { print "  " n " packages so far"; fflush() } } \
	END { if (tty) printf "\r%76s\r", "" }'

.PHONY: help up preview down plan guard verify patterns policies test check format bench docs actions lock clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'
	@echo '  Stacks: STACK=local (default), dev, staging, prod. With local: KEEP=1, PORT=…, ENGINE=pulumi; with others: YES=1, REPORT=….'

up: $(INSTALLED) ## Deploy a stack where guard and policies let it, and verify it; local: execute every access pattern
	@$(TABLEWRIGHT) up --stack $(STACK) $(LOCAL_OPTIONS) $(PULUMI_OPTIONS) $(REPORT_OPTIONS)

preview: $(INSTALLED) ## Show what `make up` would deploy, and what guard and policies say of it
	@$(TABLEWRIGHT) preview --stack $(STACK) $(if $(ENGINE),--engine $(ENGINE)) $(REPORT_OPTIONS)

down: $(INSTALLED) ## Take a stack down (refuses prod, and stacks that retain their tables)
	@$(TABLEWRIGHT) down --stack $(STACK) $(if $(ENGINE),--engine $(ENGINE)) $(PULUMI_OPTIONS)

plan: $(INSTALLED) ## Plan the deployments of an index change since REVISION=…, or since what is deployed
	@$(TABLEWRIGHT) plan-index --stack $(STACK) $(if $(REVISION),--revision $(REVISION))

guard: $(INSTALLED) ## Judge what a deployment would do to data (its preview and state, or PREVIEW=… STATE=…)
	@$(TABLEWRIGHT) guard --stack $(STACK) $(if $(PREVIEW),--preview $(PREVIEW)) $(if $(STATE),--state $(STATE))

verify: $(INSTALLED) ## Compare what is deployed with what is declared
	@$(TABLEWRIGHT) verify --stack $(STACK)

patterns: $(INSTALLED) ## Execute every access pattern of the local stack that `make up KEEP=1` serves
	@$(TABLEWRIGHT) patterns --stack $(STACK)

policies: $(INSTALLED) ## Judge every stack, or STACK=…, by the policy pack
	@$(TABLEWRIGHT) policies $(if $(filter-out file,$(origin STACK)),--stack $(STACK))

test: $(INSTALLED) ## Run every test
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile

check: $(INSTALLED) ## Check format, lint and types
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

format: $(INSTALLED) ## Format the code and mend what lint can mend
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

bench: $(INSTALLED) ## Run the benchmarks
	@for script in bench/*.py; do $(VENV)/bin/python $$script; done

actions: $(INSTALLED) ## Copy AWS's list of actions, resource types and condition keys for the policy pack
	@$(VENV)/bin/python -m tests.support.action_table

docs: $(INSTALLED) ## Write the generated pages of docs/ anew
	@$(TABLEWRIGHT) policies --describe docs/policies.md

lock: ## Pin every dependency with its hashes (needs uv)
	@uv pip compile pyproject.toml --extra local --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --custom-compile-command 'make lock' --upgrade -q -o requirements.txt

clean: ## Remove everything that the other commands made
	@rm -rf $(VENV) .tablewright .pytest_cache .ruff_cache .mypy_cache .hypothesis build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=…")'
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV): $$(grep -c '==' requirements.txt) pinned packages, a minute or two"
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(VENV)/bin/python -m pip install --require-hashes -r requirements.txt | $(progress)
	@$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
