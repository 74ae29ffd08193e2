# The system's interpreter, for which `make setup` installs psycopg; a python3 that comes first on the PATH may lack it.
export PYTHON ?= /usr/bin/python3

PREFIX ?= /usr/local

.PHONY: setup setup-tests build install demo dist test test-versions torture torture-differential torture-crash fuzz bench bench-long lint format clean

# Installs what is missing to build and run ptflow.
setup:
	@scripts/setup.sh

# The same, and what only tests call: half a gigabyte more.
setup-tests:
	@scripts/setup.sh tests

build: setup
	swift build --product ptflow

# Installs the program into PREFIX/bin. It is one file that needs libpq and libxml2, not Swift.
install: setup
	swift build -c release --product ptflow --static-swift-stdlib
	install -D .build/release/ptflow "$(DESTDIR)$(PREFIX)/bin/ptflow"

# Starts the embedded server, installs the example nets, and plays a game.
demo: build
	@scripts/demo.sh

# All tests. They start PostgreSQL servers of their own and remove them.
test: setup-tests
	swift build --build-tests
	swift test --skip-build

# The tests that use a server, with PostgreSQL 15, 16 and 18; the last two come from PyPI.
test-versions: setup-tests
	swift build --build-tests
	@scripts/test-versions.sh

# Long tests: the first runs for TORTURE_SECONDS (600), the second kills KILLS (60) servers, about ten minutes. The exit
# code is 1 if something was found.
torture: torture-differential torture-crash

# Random calls on random nets, compared with the reference semantics. TORTURE_SEED repeats a difference.
torture-differential: setup
	swift build -c release --product torture
	@.build/release/torture

# Kills servers, clients and installers.
KILLS ?= 60
torture-crash: setup
	swift build --build-tests
	PTFLOW_KILLS=$(KILLS) swift test --skip-build --filter 'ConcurrencyTests\.(CrashTests|KilledClientTests)'

# Benchmarks (bench/README.md). BENCH=dispatch,hot selects some, BENCH_FLAGS=--help lists the flags, RECORD=1 writes the
# results to bench/results and docs/performance.md.
bench bench-long: setup
	@"$(PYTHON)" bench/bench.py $(bench_arguments) --list >/dev/null
	swift build -c release --product ptflow
	swift build -c release --product bench-explorer
	@"$(PYTHON)" bench/bench.py $(bench_arguments)

bench_arguments = $(BENCH) $(BENCH_FLAGS) $(if $(RECORD),--record)
bench-long: BENCH_FLAGS += --long

# Fuzzes the readers, and the compilers of schemas and expressions, each for FUZZ_SECONDS (300); FUZZ_TARGET selects some.
# Findings are kept in .build/fuzz/finds.
fuzz: setup
	@scripts/fuzz.sh

# The SQL of the example nets, for those without Swift; a test holds it against the nets.
dist: build
	.build/debug/ptflow compile nets -o dist/examples.sql

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

clean:
	swift package clean
