#!/bin/sh
#
# What a dispatch costs beside the statement that an expert would write by hand: the two alternate on one server, and
# the ratio of their medians is what counts, since machines are shared and noisy.
#
#   CLIENTS (8), SECONDS_EACH (5), ROUNDS (3) may be set.

set -eu
cd "$(dirname "$0")/.."

clients=${CLIENTS:-8}
seconds=${SECONDS_EACH:-5}
rounds=${ROUNDS:-3}
ptflow=$PWD/.build/release/ptflow
project=$(mktemp -d)
unset DATABASE_URL PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGSERVICE PGOPTIONS
trap 'cd "$project" && "$ptflow" db stop >/dev/null 2>&1; rm -rf "$project"' EXIT INT TERM
url=$(cd "$project" && "$ptflow" db start)

DATABASE_URL=$url "$ptflow" install bench/ring.pnml
psql -X -q -v ON_ERROR_STOP=1 "$url" -f bench/hand.sql
psql -X -q "$url" -c "SELECT count(ptflow_create('ring', 'instance-' || n)) FROM generate_series(1, 20000) AS n" >/dev/null
psql -X -q "$url" -c "VACUUM ANALYZE"

# tps DURABILITY SCRIPT: transactions a second.
tps() {
    PGOPTIONS="-c synchronous_commit=$1" pgbench -n -M prepared -c "$clients" -j 2 -T "$seconds" -f "$2" -d "$url" 2>/dev/null |
        awk '/^tps/ { print $3 }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

printf '%s clients, %s rounds of %s s each, 20,000 instances, 12 places\n\n' "$clients" "$rounds" "$seconds"
printf '%-28s %12s %12s %8s\n' "transactions a second" hand dispatch ratio
for durability in on off; do
    hands=
    dispatches=
    round=0
    while [ "$round" -lt "$rounds" ]; do
        hands="$hands $(tps "$durability" bench/hand.pgbench)"
        dispatches="$dispatches $(tps "$durability" bench/dispatch.pgbench)"
        round=$((round + 1))
    done
    hand=$(printf '%s\n' $hands | median)
    dispatch=$(printf '%s\n' $dispatches | median)
    printf '%-28s %12.0f %12.0f %8.2f\n' "synchronous_commit $durability" "$hand" "$dispatch" \
        "$(awk "BEGIN { print $dispatch / $hand }")"
done
