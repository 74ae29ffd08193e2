# The system's interpreter, for which `make setup` installs psycopg; a python3 that comes first on the PATH may lack it.
export PYTHON ?= /usr/bin/python3

.PHONY: setup

# Installs what is missing to build and run ptflow.
setup:
	@scripts/setup.sh
