# The system's interpreter, for which `make setup` installs psycopg; a python3 that comes first on the PATH may lack it.
export PYTHON ?= /usr/bin/python3

PREFIX ?= /usr/local

.PHONY: setup build install demo test torture-crash bench lint format clean

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

# The server, its clients and the installer killed many times over; KILLS says how often the server.
KILLS ?= 60
torture-crash: setup
	swift build --build-tests
	PTFLOW_KILLS=$(KILLS) swift test --skip-build --filter 'ConcurrencyTests\.(CrashTests|KilledClientTests)'

# What a dispatch costs beside the statement that an expert would write by hand.
bench: setup
	swift build -c release --product ptflow
	@bench/run.sh

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

clean:
	swift package clean
