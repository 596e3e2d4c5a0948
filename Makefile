# Thin calls of build/dev.py, which also runs without make: python build/dev.py run
PYTHON ?= python3
INPUT ?= examples

.PHONY: run test check lock
run: ; $(PYTHON) build/dev.py run "$(INPUT)"
test: ; $(PYTHON) build/dev.py test
check: ; $(PYTHON) build/dev.py check
lock: ; $(PYTHON) build/dev.py lock
