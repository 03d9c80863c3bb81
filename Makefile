# The same as `python3 -m reader.bootstrap …`, for those who have make. PATHS are files and folders to open.
PYTHON ?= python3

.PHONY: run test check screenshots
run:
	@$(PYTHON) -m reader.bootstrap run $(PATHS)

test:
	@$(PYTHON) -m reader.bootstrap test $(ARGUMENTS)

check:
	@$(PYTHON) -m reader.bootstrap check

screenshots:
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m reader.bootstrap cli doctor >/dev/null; QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.screenshots
