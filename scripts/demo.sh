#!/bin/sh
#
# From nothing to a running database: installs the example nets in the project's own server, plays a game of
# tic-tac-toe through psql and through Python, and checks the chain of its events.

set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-/usr/bin/python3}
ptflow=.build/debug/ptflow
game=game-$(date +%s)
unset DATABASE_URL PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGSERVICE PGOPTIONS

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

# Runs one statement the way a person would at psql's prompt; a refusal shows its SQLSTATE.
sql() {
    printf '=> %s\n' "$1"
    psql -X -q -A -t -v VERBOSITY=verbose -v SHOW_CONTEXT=never "$url" -c "$1" 2>&1 | grep -v '^LOCATION:' || true
}

say "A PostgreSQL server of this project's own (ptflow db start)"
url=$($ptflow db start)
printf '%s\n' "$url"

say "The example nets, installed in one transaction (ptflow install nets)"
$ptflow install nets

say "X begins, with psql: any SQL client will do"
sql "SELECT a ->> 'seq', a ->> 'action', a ->> 'hash' FROM ptflow_dispatch('tictactoe', '$game', 'X11', '{\"by\": \"ann\"}') AS a"

say "X again, out of turn and on a taken square: the database refuses, whoever asks"
sql "SELECT ptflow_dispatch('tictactoe', '$game', 'X11')"

say "The rest of the game, with Python and psycopg"
"$PYTHON" scripts/demo.py "$url" "$game"

say "What happened (ptflow events tictactoe $game)"
DATABASE_URL=$url $ptflow events tictactoe "$game"

say "Every event is chained to the one before it (ptflow verify tictactoe $game)"
DATABASE_URL=$url $ptflow verify tictactoe "$game"

say "What to type next"
next() { printf '  %-58s %s\n' "$1" "$2"; }
next "$ptflow list" "the installed nets"
next "$ptflow enabled tictactoe $game" "what can be done now"
next "$ptflow dispatch tictactoe $game AGAIN" "another game"
next "$ptflow dispatch order my-order add_item" "the first event of an order"
next "$ptflow why order my-order ship" "why something cannot be done"
next "$ptflow db psql" "SQL: SELECT * FROM ptflow_enabled('order', 'my-order');"
next "$ptflow init my-net" "a net of your own, to be written"
next "$ptflow install my-net.ptflow.yaml" "the same, in force"
next "$ptflow db stop" "stop the server; nothing is lost"
