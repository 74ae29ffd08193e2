#!/bin/sh
#
# Installs what ptflow is built with and runs on, as far as it is missing (Debian 12 or later, Ubuntu 24.04 or later).
#
# scripts/setup.sh [tests]: with the word `tests` also what is large and only tests call.
#
# Asks no questions, needs root or sudo only when something is missing, and may be run at any time. PYTHON is the
# interpreter that gets psycopg: the system's own, since that is the one for which there are packages.

set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-/usr/bin/python3}
missing=

# need PACKAGE COMMAND...: the package is missing when the command fails.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

# A server can be made anew only with initdb, which the client packages lack.
has_server() {
    for directory in "${PG_BIN:-}" /usr/lib/postgresql/*/bin; do
        [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ] && return 0
    done
    return 1
}

# Debian puts it where only administrators look.
has_pgbouncer() {
    command -v pgbouncer || [ -x /usr/sbin/pgbouncer ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "setup: run this as root (there is no sudo):" >&2
        echo "    $*" >&2
        exit 1
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"
}

# Debian's package makes a database cluster of its own when it is installed, and starts it. Nobody asked for that.
# The drop-in is there for as long as the package is being installed.
drop_in=/etc/postgresql-common/createcluster.d/ptflow-setup.conf

without_main_cluster() {
    as_root mkdir -p "${drop_in%/*}"
    echo "create_main_cluster = false" | as_root tee "$drop_in" >/dev/null
    trap 'as_root rm -f "$drop_in"' EXIT
    trap 'exit 130' HUP INT TERM
}

need ca-certificates test -s /etc/ssl/certs/ca-certificates.crt
need git             git --version
need curl            curl --version
need make            make --version
need pkg-config      pkg-config --version
need libpq-dev       pkg-config --exists libpq
need libxml2-dev     pkg-config --exists libxml-2.0
need postgresql      has_server
need pgbouncer       has_pgbouncer
need graphviz        dot -V
need python3         "$PYTHON" --version
need python3-psycopg "$PYTHON" -c "import psycopg"
need python3-jsonschema "$PYTHON" -c "import jsonschema"
need python3-yaml    "$PYTHON" -c "import yaml"
need python3-venv    "$PYTHON" -c "import ensurepip, venv"

# Without pkg-config nothing is known of the libraries; apt leaves what is there as it is.
if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null; then
        echo "setup: this system has no apt; install the equivalent of these Debian packages:$missing" >&2
        exit 1
    fi
    echo "setup: installing$missing"
    case $missing in
        *" postgresql"*) without_main_cluster ;;
    esac
    apt update
    # shellcheck disable=SC2086 # one word a package
    apt install -y --no-install-recommends $missing
    # Debian's package starts one that nobody asked for, too. The tests start their own.
    case $missing in
        *" pgbouncer"*) [ ! -d /run/systemd/system ] || as_root systemctl disable --now pgbouncer ;;
    esac
    if ! "$PYTHON" -c "import psycopg" >/dev/null 2>&1; then
        echo "setup: $PYTHON still has no psycopg; unset PYTHON, or install it there: $PYTHON -m pip install psycopg" >&2
        exit 1
    fi
fi

# The two checkers of SQL that the tests call. Without them those tests are left out, except in CI, where they fail.
for directory in /usr/lib/postgresql/*/bin; do
    [ -x "$directory/initdb" ] || continue
    version=$(basename "$(dirname "$directory")")
    [ -e "/usr/share/postgresql/$version/extension/plpgsql_check.control" ] && continue
    apt install -y --no-install-recommends "postgresql-$version-plpgsql-check" ||
        { apt update && apt install -y --no-install-recommends "postgresql-$version-plpgsql-check"; } ||
        echo "setup: there is no plpgsql_check for PostgreSQL $version here; its tests are left out" >&2
done

# A folder of its own, which git and `make clean` leave alone.
pgspot=0.9.4
if ! .tools/pgspot/bin/pgspot --version 2>/dev/null | grep -q "$pgspot"; then
    echo "setup: installing pgspot $pgspot into .tools"
    { "$PYTHON" -m venv --clear .tools/pgspot &&
        .tools/pgspot/bin/pip install --quiet --disable-pip-version-check "pgspot==$pgspot" "pglast==7.21"; } ||
        echo "setup: pgspot cannot be installed here; its tests are left out" >&2
fi

# Reads the PNML and the logs that we write, for the tests alone: 550 MB with what it needs, and a minute or two to install.
pm4py=2.7.23.11
if [ "${1:-}" = tests ] && ! ls -d .tools/pm4py/lib/*/site-packages/pm4py-"$pm4py".dist-info >/dev/null 2>&1; then
    echo "setup: installing pm4py $pm4py into .tools"
    { "$PYTHON" -m venv --clear .tools/pm4py &&
        .tools/pm4py/bin/pip install --quiet --disable-pip-version-check "pm4py==$pm4py"; } ||
        echo "setup: pm4py cannot be installed here; its tests are left out" >&2
fi

# Says what is wrong with Swift and how to get it.
need_swift() {
    archive=swiftly-$(uname -m).tar.gz
    cat >&2 <<EOF
setup: $1. ptflow needs Swift 6.1 or later. To install the latest for your user:

    curl -O https://download.swift.org/swiftly/linux/$archive
    tar -xzf $archive
    ./swiftly init
    . "\${SWIFTLY_HOME_DIR:-\$HOME/.local/share/swiftly}/env.sh"

swiftly says at the end which packages of the system Swift needs; install them as it says. Then call make setup again.
Other ways: https://www.swift.org/install/linux
EOF
    exit 1
}

# swift --version prints "Swift version 6.3.1 (…)"; with 6.1 comes what Package.swift asks for.
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
major=${version%%.*}
minor=${version#*.}
if [ -z "$version" ]; then
    need_swift "Swift is not installed, or not on the PATH"
elif [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 1 ]; }; then
    need_swift "Swift is $version"
fi

echo "setup: everything is there (swift $version, $("$PYTHON" -c 'import psycopg; print("psycopg", psycopg.__version__)'))"
