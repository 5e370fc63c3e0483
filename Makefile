# Two commands: `make run` opens the dashboard, `make test` checks everything.
# Both set up what they need, and are quick the second time.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
CONSTRAINTS := constraints.txt

.PHONY: run test test-fast test-engines bench-engines engines check fuzz bench screenshots coverage format clean chromium postgres

run: $(STAMP)
	@$(BIN)/bandstand run

test: $(STAMP) chromium postgres check
	@$(BIN)/python -m pytest -n 4 -m "not repeats"

# For daily work: no browser, no killing of processes, a fifth of the examples.
test-fast: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m "not browser and not kills and not slow and not repeats" --hypothesis-profile=fast

# A real Spark cluster of a master and two workers, over 10 million records: some minutes.
test-engines: $(STAMP) engines
	@ROWS=$(ROWS) $(BIN)/python -m pytest -p no:xdist --durations=0 tests/engines/on_sail.py tests/engines/on_chdb.py tests/engines/on_a_cluster.py

bench-engines: $(STAMP) engines
	@$(BIN)/python -m benchmarks.engines $(ROWS)

# Spark, and chdb for its dialect, in an environment of their own, 1.4 GB; Java is the system's.
engines:
	@test -d .venv-engines/lib/python3*/site-packages/pyspark -a -d .venv-engines/lib/python3*/site-packages/chdb || { \
		echo "Installing Spark and chdb into .venv-engines (once)"; \
		$(PYTHON) -m venv .venv-engines && .venv-engines/bin/pip install --quiet 'pyspark==4.0.*' 'chdb==4.4.*'; }
	@command -v java >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; \
		else \
			echo "SPARK IS NOT TESTED: there is no Java; apt-get install openjdk-17-jre-headless"; \
		fi; }

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(STAMP) chromium
	@$(BIN)/python -m benchmarks.dashboard
	@$(BIN)/python -m benchmarks.matching
	@$(BIN)/python -m benchmarks.pricing
	@$(BIN)/python -m benchmarks.places
	@$(BIN)/python -m benchmarks.people
	@$(BIN)/python -m benchmarks.intervals
	@$(BIN)/python -m benchmarks.error_fit
	@$(BIN)/python -m benchmarks.intake
	@$(BIN)/python -m benchmarks.sessions
	@$(BIN)/python -m benchmarks.records $(ROWS)
	@test -z "$(OEWS)" || $(BIN)/python -m benchmarks.calibration "$(OEWS)"

# Larger sizes and more seeds of the suite's; new examples of every property; then 2,000 hostile files, 500 kills amid loads, 200 damaged
# stores, logs and indexes, 50 full disks. PART=0.1 does a tenth.
fuzz: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m repeats
	@$(BIN)/python -m pytest -n 2 -m hypothesis --hypothesis-profile=fuzz
	@$(BIN)/python -m tests.fuzz "$(SEED)" "$(PART)"

screenshots: $(STAMP) chromium
	@$(BIN)/python -m docs.screenshots

# What became of each fact of the documents: docs/coverage.md from its table.
coverage: $(STAMP)
	@$(BIN)/python -m docs.coverage

format: $(STAMP)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(STAMP): pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Bandstand needs Python 3.11 or newer; set PYTHON=python3.11')"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Bandstand into .venv (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS) -e '.[dev]'
	@touch $@

# The system's browser, else Debian's where we are root, else Playwright's own.
chromium: $(STAMP)
	@$(BIN)/python -m tests.browser.chromium || { \
		echo "Installing Chromium for the browser tests (once)"; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-headless-shell >/dev/null; \
		else \
			$(BIN)/python -m playwright install chromium; \
		fi; }

# Debian's Postgres where we are root; else the tests of it are skipped, and say so.
postgres: $(STAMP)
	@$(BIN)/python -m tests.data.records.engines.postgres_server || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Postgres for the tests of pay records on other engines (once)"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
		else \
			echo "POSTGRES IS NOT TESTED: there is none; apt-get install postgresql"; \
		fi; }

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
