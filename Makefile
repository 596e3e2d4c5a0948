# Thin calls of build/dev.py, which also runs without make: python build/dev.py run
PYTHON ?= python3
INPUT ?= examples
ARGS ?=

.PHONY: run test check package evaluate neo4j lock
run: ; $(PYTHON) build/dev.py run "$(INPUT)"
test: ; $(PYTHON) build/dev.py test
check: ; $(PYTHON) build/dev.py check
package: ; $(PYTHON) build/dev.py package
evaluate: ; $(PYTHON) build/dev.py evaluate $(ARGS)
neo4j: ; @$(PYTHON) build/dev.py neo4j
lock: ; $(PYTHON) build/dev.py lock
