# The same as `python3 -m reader.bootstrap …`, for those who have make.
# `make run PATHS="my news"` opens a folder, `make run PATHS="'my news' other.txt"` several paths.
PYTHON ?= python3
export READER_PATHS = $(PATHS)

.PHONY: run test test-slow check screenshots bench-analysis bench-library bench-translate bench-export
run:
	@$(PYTHON) -m reader.bootstrap run

test:
	@$(PYTHON) -m reader.bootstrap test $(ARGUMENTS)

# A quarter of an hour: every fault, kill and mutation of the reliability figures, with their counts.
test-slow:
	@nice $(PYTHON) -m reader.bootstrap test -m slow

check:
	@$(PYTHON) -m reader.bootstrap check

screenshots:
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.screenshots

# About a quarter of an hour: stock Argos is slow. Nothing else should run meanwhile.
bench-translate:
	@.venv/bin/python -m tests.benchmarks.translation $(ARGUMENTS)

# A minute: milliseconds an article, start-up, memory, growth with length.
bench-analysis:
	@.venv/bin/python -m tests.benchmarks.analysis $(ARGUMENTS)

# Ten thousand generated articles: a quarter of an hour with their analysis, a minute with `ARGUMENTS="--analysed 0"`.
bench-library:
	@.venv/bin/python -m tests.benchmarks.library --plot docs/library-growth.svg $(ARGUMENTS)

# Half an hour: 10,000 articles through the command line, then each format; seconds and memory.
bench-export:
	@.venv/bin/python -m tests.benchmarks.export $(ARGUMENTS)
