# Dongbo: the two commands a newcomer needs are `make demo` and `make test`.
export CARGO_TERM_COLOR ?= never
.PHONY: help demo test quick bench fuzz coverage build zip clean

help: ## Lists what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: ## A simulated KiotViet shop into a WordPress shop, audited row by row (DEMO_GOODS=500 DEMO_ONCE=1)
	@tests/run/setup demo
	@$(MAKE) --no-print-directory build
	@tests/demo/demo

test: ## Everything this machine allows, and what was skipped and why
	@tests/run/setup
	@tests/run/suite all

quick: ## The rules, their bindings and the translator, in under two minutes
	@tests/run/setup build
	@tests/run/suite quick

bench: ## Figures: planning speed, size and load time of the engine, first sync against plain saves
	@tests/run/setup demo
	@$(MAKE) --no-print-directory build
	@tests/bench/run

fuzz: ## Random modules and inputs, generated PHP against Node, for a long time
	@tests/run/setup demo
	@FUZZ_RUNS=$${FUZZ_RUNS:-100000} node tests/corpus/fuzz.mjs
	@FUZZ_SEED=$${FUZZ_SEED:-1} FUZZ_RUNS=$${FUZZ_RUNS:-100000} cargo test --locked -p wasm2php --release --test fuzz -- --nocapture

coverage: ## Which tests bear which number of the requirement
	@node tests/run/coverage.mjs

build: ## The engine for PHP, the module for the browser, the texts, the screens and their translations
	@tests/run/setup build
	@cargo run -q --locked -p dongbo-build -- all
	@npm run --silent --prefix js build

zip: build ## The plugin as a shop installs it: build/dongbo.zip
	@cargo run -q --locked -p dongbo-build -- zip

clean: ## Removes what was built
	rm -rf target build js/pkg php-bridge/plugin/engine php-bridge/plugin/assets
