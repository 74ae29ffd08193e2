#!/bin/sh
#
# Runs the tests that use a server with each version of PostgreSQL, one after the other, and says what came of it.
# Arguments are given to `swift test`, such as --filter DatabaseTests.

set -eu
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- --filter '^(PostgresTests|DatabaseTests|InstallTests|CommandTests|OperationsTests)\.'

versions=$(scripts/postgres-versions.sh)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

failed=0
while read -r version bin; do
    echo "PostgreSQL $version ($bin)"
    log=$folder/$version
    if NO_COLOR=1 PG_BIN=$bin swift test --skip-build "$@" >"$log" 2>&1; then outcome=passed; else outcome=FAILED failed=1; fi
    grep -aE '^(✘|↳|➜)|error:' "$log" | grep -avE '^↳ (Testing Library Version|Target Platform):' | sed 's/^/  /' || true
    run=$(grep -aoE 'Test run with [0-9]+ tests? in [0-9]+ suites?' "$log" | tail -n 1)
    skipped=$(grep -acE '^➜ +Test .* skipped' "$log" || true)
    printf '%s: PostgreSQL %s, %s, %s skipped\n' "$outcome" "$version" "${run:-no tests}" "$skipped" |
        tee -a "$folder/summary"
done <<END
$versions
END

echo
cat "$folder/summary"
exit $failed
