# Every target is one line that calls the command line; `python3 src/helpers` does the same without make.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3

# A variable becomes an option only where it is set; quoting keeps spaces in a path together.
quoted = '$(subst ','\'',$(1))'
option = $(if $($(1)),--$(2) $(call quoted,$($(1))))
switch = $(if $(filter-out 0 no false,$($(1))),--$(2))
language = $(call option,LOCALE,locale) $(call switch,DEBUG,debug)
source = $(call option,OFFICE,office) $(call option,YEAR,year) $(call option,RAW,raw)
edition = $(source) $(call option,PROCESSED,processed) $(call option,OUT,out) $(language)
helpers = @PYTHONPATH=src $(PYTHON) -m helpers

# A misspelt variable would be ignored without a word.
variables = OFFICE YEAR OFFICES YEARS SCHEDULER COUNTRY REGENCY LOCALE RAW PROCESSED OUT JOBS FORCE EXPLAIN ENGINE FILE ARGS UPGRADE DEBUG PYTHON
given = $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
unknown := $(filter-out $(variables) MAKEOVERRIDES -%,$(given))
$(if $(unknown),$(error unknown variable / variabel tidak dikenal: $(unknown). Known / yang ada: $(variables)))

.PHONY: help report profiles batch check verify edition template sample lab test bench lint docs lock clean

help: ## show this help
	@awk -F ':.*## ' '/^[a-zA-Z0-9_-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

report: ## make the report: OFFICE YEAR LOCALE RAW PROCESSED OUT JOBS FORCE EXPLAIN ENGINE
	$(helpers) report $(edition) $(call option,JOBS,jobs) $(call switch,FORCE,force) $(call switch,EXPLAIN,explain) $(call option,ENGINE,engine)

profiles: ## make one page for each village, district and department: as report
	$(helpers) profiles $(edition) $(call option,JOBS,jobs) $(call switch,FORCE,force) $(call option,ENGINE,engine)

batch: ## make the reports of OFFICES=all YEARS=all; on a cluster with SCHEDULER=tcp://…
	$(helpers) batch $(call option,OFFICES,offices) $(call option,YEARS,years) $(call option,RAW,raw) $(call option,PROCESSED,processed) $(call option,OUT,out) $(language) $(call option,JOBS,jobs) $(call switch,FORCE,force) $(call option,ENGINE,engine) $(call option,SCHEDULER,scheduler)

check: ## compare the figures in FILE=… with the edition's facts
	$(helpers) check $(edition) -- $(call quoted,$(FILE))

verify: ## make the report again elsewhere and compare every file
	$(helpers) verify $(edition) $(call option,JOBS,jobs) $(call option,ENGINE,engine)

edition: ## show what an edition holds, and whether its report is up to date
	$(helpers) edition $(edition)

template: ## write workbooks to fill for a new edition: OFFICE YEAR REGENCY RAW
	$(helpers) template $(source) $(call option,REGENCY,regency) $(language)

sample: ## write the illustrative raw data again
	$(helpers) sample $(source) $(call option,COUNTRY,country) $(language)

lab: ## open the notebooks in JupyterLab
	$(helpers) lab $(language) $(ARGS)

test: ## run the tests; ARGS="-k budget" chooses some
	$(helpers) test $(language) $(call option,JOBS,jobs) $(ARGS)

bench: ## measure speed against the usual way; ARGS="engine", ARGS="--against COMMIT"
	$(helpers) bench $(language) $(ARGS)

lint: ## check style, layout and types
	$(helpers) lint $(language)

docs: ## write the reference pages that are made from the code
	$(helpers) docs $(language)

lock: ## set the package versions anew after a change of pyproject.toml
	$(helpers) lock $(language) $(call switch,UPGRADE,upgrade)

clean: ## remove processed data, reports and caches
	$(helpers) clean $(language)
