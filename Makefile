# Thin calls of build/dev.py, which also runs without make: python build/dev.py run
PYTHON ?= python3
INPUT ?= examples
ARGS ?=

.PHONY: run test check evaluate lock
run: ; $(PYTHON) build/dev.py run "$(INPUT)"
test: ; $(PYTHON) build/dev.py test
check: ; $(PYTHON) build/dev.py check
evaluate: ; $(PYTHON) build/dev.py evaluate $(ARGS)
lock: ; $(PYTHON) build/dev.py lock
